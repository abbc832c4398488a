import {
  type AnyContent,
  type Event,
  type ReactionStep,
  type Seq,
  type UserId,
  withReaction,
} from '@maru/protocol';
import type { VisibleSpan } from './room-record.ts';
import { isVisible } from './visible.ts';

/** What an edit, a deletion or a reaction does to the message it refers to. */
export type Amendment =
  | {
      readonly kind: 'edited';
      readonly target: Seq;
      readonly seq: Seq;
      readonly at: number;
      readonly content: AnyContent | undefined;
    }
  | { readonly kind: 'reacted'; readonly target: Seq; readonly seq: Seq; readonly step: ReactionStep }
  | { readonly kind: 'deleted'; readonly target: Seq };

/**
 * The amendment that an event is to this user, if it is one: a reaction that was put on while they were away was never
 * counted here, and nor is its end.
 *
 * @param visible what they may see of the room
 */
export function amendmentOf(
  event: Event,
  me: UserId,
  visible: readonly VisibleSpan[],
): Amendment | undefined {
  const { refersTo: target, seq, change } = event;
  if (target === undefined) return undefined;
  if (event.kind === 'deletion') return { kind: 'deleted', target };
  if (change?.type === 'reacted') {
    const { reaction, on, put } = change;
    if (put !== undefined && !isVisible(visible, put)) return undefined;
    return { kind: 'reacted', target, seq, step: { reaction, on, mine: event.sender === me } };
  }
  if (event.kind !== 'edit') return undefined;
  return { kind: 'edited', target, seq, at: event.at, content: event.content };
}

/**
 * A message after an amendment: the same object where nothing changes. The newest edit holds, a reaction that is counted
 * in is not counted again, and a deletion holds against everything, in whatever order they are met. Reactions are met in
 * their own order, but for those that the message knows already.
 */
export function amend(event: Event, amendment: Amendment): Event {
  if (event.content === undefined && event.edited === undefined) return event;
  if (amendment.kind === 'deleted') return blank(event);
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
function blank(event: Event): Event {
  const { content: _content, edited: _edited, reactions: _reactions, ...rest } = event;
  return rest;
}

/** A room's stored events, as far as folding needs them. */
export interface EventSlot {
  get(seq: Seq): Event | undefined;
  /** The stored edits of a message. */
  edits(target: Seq): readonly Event[];
  put(event: Event): void;
}

/** Carries an amendment out on stored events: on the message, and, where it is deleted, on its edits. */
export function fold(slot: EventSlot, amendment: Amendment): void {
  const target = slot.get(amendment.target);
  if (target !== undefined) {
    const amended = amend(target, amendment);
    if (amended !== target) slot.put(amended);
  }
  if (amendment.kind !== 'deleted') return;
  for (const edit of slot.edits(amendment.target)) {
    if (edit.content !== undefined) slot.put(blank(edit));
  }
}
