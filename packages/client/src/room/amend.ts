import type { AnyContent, Event, Seq } from '@maru/protocol';

/** What an edit or a deletion does to the message it refers to. */
export type Amendment =
  | {
      readonly kind: 'edited';
      readonly target: Seq;
      readonly seq: Seq;
      readonly at: number;
      readonly content: AnyContent | undefined;
    }
  | { readonly kind: 'deleted'; readonly target: Seq };

/** The amendment that an event is, if it is one. */
export function amendmentOf(event: Event): Amendment | undefined {
  const target = event.refersTo;
  if (target === undefined) return undefined;
  if (event.kind === 'deletion') return { kind: 'deleted', target };
  if (event.kind !== 'edit') return undefined;
  return { kind: 'edited', target, seq: event.seq, at: event.at, content: event.content };
}

/**
 * A message after an amendment: the same object where nothing changes. The newest edit holds, and a deletion holds
 * against everything, in whatever order they are met.
 */
export function amend(event: Event, amendment: Amendment): Event {
  if (event.content === undefined && event.edited === undefined) return event;
  if (amendment.kind === 'deleted') return blank(event);
  if (event.content === undefined) return event;
  if (event.edited !== undefined && event.edited.seq >= amendment.seq) return event;
  const { seq, at, content } = amendment;
  return { ...event, edited: content === undefined ? { seq, at } : { seq, at, content } };
}

/** An event without what it said. */
function blank(event: Event): Event {
  const { content: _content, edited: _edited, ...rest } = event;
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
