import {
  type AnyContent,
  type Event,
  messagesHiddenBy,
  type ReactionStep,
  type Seq,
  type UserId,
  withReaction,
} from '@maru/protocol';
import type { VisibleSpan } from './room-record.ts';
import { isVisible } from './visible.ts';

/** What happens to a message by a later event, or by time. */
export type Amendment =
  | {
      readonly kind: 'edited';
      readonly target: Seq;
      readonly seq: Seq;
      readonly at: number;
      readonly content: AnyContent | undefined;
    }
  | { readonly kind: 'reacted'; readonly target: Seq; readonly seq: Seq; readonly step: ReactionStep }
  /** It was deleted, or its time is over: nothing is left of what it said, nor of what stood on it. */
  | { readonly kind: 'erased'; readonly target: Seq };

const NONE: readonly Amendment[] = [];

/**
 * What an event does to messages before it, to this user: a reaction that was put on while they were away was never
 * counted here, and nor is its end.
 *
 * @param visible what they may see of the room
 */
export function amendmentsOf(
  event: Event,
  me: UserId,
  visible: readonly VisibleSpan[],
): readonly Amendment[] {
  const { kind, seq, at, sender, refersTo: target, content, change } = event;
  if (kind === 'edit') return target === undefined ? NONE : [{ kind: 'edited', target, seq, at, content }];
  if (change?.type === 'reacted') {
    const { reaction, on, put } = change;
    if (target === undefined || (put !== undefined && !isVisible(visible, put))) return NONE;
    return [{ kind: 'reacted', target, seq, step: { reaction, on, mine: sender === me } }];
  }
  const hidden = messagesHiddenBy(event);
  return hidden.length === 0 ? NONE : hidden.map((one) => ({ kind: 'erased', target: one.seq }));
}

/**
 * A message after an amendment: the same object where nothing changes. The newest edit holds, a reaction that is counted
 * in is not counted again, and erasing holds against everything, in whatever order they are met. Reactions are met in
 * their own order, but for those that the message knows already.
 */
export function amend(event: Event, amendment: Amendment): Event {
  if (event.content === undefined && event.edited === undefined) return event;
  if (amendment.kind === 'erased') return blank(event);
  if (event.content === undefined) return event;
  const { seq } = amendment;
  if (amendment.kind === 'reacted') {
    const { reactions } = event;
    if (reactions !== undefined && reactions.seq >= seq) return event;
    return { ...event, reactions: { seq, kinds: withReaction(reactions?.kinds ?? [], amendment.step) } };
  }
  if (event.edited !== undefined && event.edited.seq >= seq) return event;
  const { at, content } = amendment;
  return { ...event, edited: content === undefined ? { seq, at } : { seq, at, content } };
}

/** An event without what it said, and what stood on it. */
function blank<E extends Pick<Event, 'content' | 'edited' | 'reactions'>>(event: E): E {
  const { content: _content, edited: _edited, reactions: _reactions, ...rest } = event;
  return rest as E;
}

/** A room's stored events, as far as folding needs them. */
export interface EventSlot {
  get(seq: Seq): Event | undefined;
  /** The stored edits of a message. */
  edits(target: Seq): readonly Event[];
  put(event: Event): void;
}

/** Carries an amendment out on stored events: on the message, and, where it is erased, on its edits. */
export function fold(slot: EventSlot, amendment: Amendment): void {
  const target = slot.get(amendment.target);
  if (target !== undefined) {
    const amended = amend(target, amendment);
    if (amended !== target) slot.put(amended);
  }
  if (amendment.kind !== 'erased') return;
  for (const edit of slot.edits(amendment.target)) {
    if (edit.content !== undefined) slot.put(blank(edit));
  }
}

/** An event by a moment, milliseconds since the epoch: the same object unless its time is over and it said something. */
export function expiredBy<E extends Pick<Event, 'content' | 'edited' | 'reactions' | 'expiresAt'>>(
  event: E,
  now: number,
): E {
  if (event.expiresAt === undefined || event.expiresAt > now) return event;
  return event.content === undefined && event.edited === undefined ? event : blank(event);
}
