import { type AnyContent, type Event, messagesHiddenBy, type Seq } from '@maru/protocol';

/** What happens to a message by a later event, or by time. */
export type Amendment =
  | {
      readonly kind: 'edited';
      readonly target: Seq;
      readonly seq: Seq;
      readonly at: number;
      readonly content: AnyContent | undefined;
    }
  /** It was deleted, or its time is over: nothing is left of what it said. */
  | { readonly kind: 'erased'; readonly target: Seq };

const NONE: readonly Amendment[] = [];

/** What an event does to messages before it. */
export function amendmentsOf(event: Event): readonly Amendment[] {
  const { kind, seq, at, refersTo, content } = event;
  if (kind !== 'edit') {
    const hidden = messagesHiddenBy(event);
    return hidden.length === 0 ? NONE : hidden.map(({ seq: target }) => ({ kind: 'erased', target }));
  }
  return refersTo === undefined ? NONE : [{ kind: 'edited', target: refersTo, seq, at, content }];
}

/**
 * A message after an amendment: the same object where nothing changes. The newest edit holds, and erasing holds
 * against everything, in whatever order they are met.
 */
export function amend(event: Event, amendment: Amendment): Event {
  if (event.content === undefined && event.edited === undefined) return event;
  if (amendment.kind === 'erased') return blank(event);
  if (event.content === undefined) return event;
  if (event.edited !== undefined && event.edited.seq >= amendment.seq) return event;
  const { seq, at, content } = amendment;
  return { ...event, edited: content === undefined ? { seq, at } : { seq, at, content } };
}

/** An event without what it said. */
function blank<E extends Pick<Event, 'content' | 'edited'>>(event: E): E {
  const { content: _content, edited: _edited, ...rest } = event;
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
export function expiredBy<E extends Pick<Event, 'content' | 'edited' | 'expiresAt'>>(
  event: E,
  now: number,
): E {
  if (event.expiresAt === undefined || event.expiresAt > now) return event;
  return event.content === undefined && event.edited === undefined ? event : blank(event);
}
