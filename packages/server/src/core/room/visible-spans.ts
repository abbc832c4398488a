/** What of a room a member may read (`[PRIV4]`, `[PRIV5]`). Pure; whoever reads hands in the truth about memberships. */
import type { Seq } from '@maru/protocol';

/** One membership of a user, `[joined, left)`: what it lets them read. */
interface Membership {
  readonly visibleFrom: Seq;
  readonly left: Seq | undefined;
}

/** Both ends included; `null`: open, as long as the membership lasts. */
export type VisibleSpan = readonly [from: Seq, to: Seq | null];

/**
 * The spans that a user with these memberships (oldest first) may read, rising, merged where they touch. Nothing at all
 * unless the last membership is open: only members read.
 */
export function visibleSpans(memberships: readonly Membership[]): VisibleSpan[] {
  const current = memberships.at(-1);
  if (current === undefined || current.left !== undefined) return [];
  const spans: [Seq, Seq | null][] = [];
  // A later membership may see from further back than an earlier one: sort by where the span begins.
  const rising = [...memberships].sort((a, b) => a.visibleFrom - b.visibleFrom);
  for (const { visibleFrom, left } of rising) {
    const to = left === undefined ? null : ((left - 1) as Seq);
    const last = spans.at(-1);
    if (last === undefined || (last[1] !== null && last[1] + 1 < visibleFrom)) spans.push([visibleFrom, to]);
    else if (last[1] !== null && (to === null || to > last[1])) last[1] = to;
  }
  return spans;
}

/** Whether the event `seq` lies within the spans. */
export function isVisible(spans: readonly VisibleSpan[], seq: number): boolean {
  return spans.some(([from, to]) => seq >= from && (to === null || seq <= to));
}

/** The first event a reader may see: a device's gap rule starts here. `undefined`: nothing to see. */
export function floorOf(spans: readonly VisibleSpan[]): Seq | undefined {
  return spans[0]?.[0];
}

/** What of an event could show another one. */
interface Referring {
  readonly refersTo?: Seq;
  readonly change?: { readonly type: string };
  readonly mentions?: unknown;
  readonly mentionsAll?: unknown;
  readonly content?: unknown;
  readonly edited?: { readonly seq: Seq };
  readonly reactions?: unknown;
}

/**
 * A visible event as this reader may have it: an edit of something they may not see comes without what it says, and a
 * message without an edit that was made while they could not see it. The numbers stay, so that nothing looks lost.
 */
export function asSeenBy<E extends Referring>(event: E, spans: readonly VisibleSpan[]): E {
  let seen = event;
  if (event.refersTo !== undefined && !isVisible(spans, event.refersTo)) {
    const {
      content: _content,
      mentions: _mentions,
      mentionsAll: _all,
      edited: _edited,
      change,
      ...rest
    } = event;
    // Which reaction it is says something of the message; what else happens to one does not.
    seen = (change === undefined || change.type === 'reacted' ? rest : { ...rest, change }) as E;
  } else if (event.edited !== undefined && !isVisible(spans, event.edited.seq)) {
    const { edited: _edited, ...rest } = event;
    seen = rest as E;
  }
  return seen;
}
