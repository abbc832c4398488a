import type { AnyContent, Event, RelationEventAct, RelationView, RoomEntry, UserId } from '@maru/protocol';
import { unreachable } from '../unreachable.ts';

/** What the user is told of a relation, and the event by which it is so: an entry of before knows less. */
export interface KnownRelation extends RelationView {
  readonly asOf: number;
}

/** The relation after an entry of the room; entries of groups, and of those who left, say nothing of one. */
export function relationAfterEntry(
  known: KnownRelation | undefined,
  { relation, head }: Pick<RoomEntry, 'relation' | 'head'>,
): KnownRelation | undefined {
  if (relation === undefined || (known !== undefined && head.seq < known.asOf)) return known;
  // A live entry that is about something else may leave out the note of a request that stands.
  const same = known?.seq === relation.seq && known.state === relation.state;
  const note = relation.note ?? (same ? known.note : undefined);
  return { ...relation, ...(note && { note }), asOf: head.seq };
}

/**
 * The relation after the next event of the room. Only the user's own acts are followed, so that nothing flickers until
 * the entry comes that says the same; what the other's come to depends on what the user is not told, and an entry brings
 * it.
 */
export function relationAfterEvent(
  known: KnownRelation | undefined,
  { kind, change, sender, seq, content }: Pick<Event, 'kind' | 'change' | 'sender' | 'seq' | 'content'>,
  me: UserId,
): KnownRelation | undefined {
  if (known === undefined || sender !== me) return known;
  if (kind === 'message') {
    // Its own messages a device makes up itself, without the change that the server stamps on them.
    const next = afterOwnAct(known, 'write', undefined);
    return next === known ? known : { ...next, seq: next.state === 'contact' ? seq : known.seq, asOf: seq };
  }
  if (change?.type !== 'related') return known;
  // What is accepted without a request that is told of was asked before it was refused.
  const next: RelationView =
    change.act === 'accept' && known.state === 'none'
      ? { seq, state: 'contact' }
      : afterOwnAct(known, change.act, content);
  return { ...next, seq, asOf: seq };
}

/** What an act of the user makes of a relation as they are told it; one that has no place there changes nothing. */
export function afterOwnAct(
  relation: RelationView,
  act: RelationEventAct,
  note: AnyContent | undefined,
): RelationView {
  const { state, seq } = relation;
  switch (act) {
    case 'write':
      if (state === 'none') return { seq, state: 'writing' };
      if (state === 'stranger') return { seq, state: 'open' };
      return state === 'requested-by-them' ? { seq, state: 'contact' } : relation;
    case 'request':
      if (state === 'blocked' || state === 'contact' || state === 'requested-by-me') return relation;
      if (state === 'requested-by-them') return { seq, state: 'contact' };
      return {
        seq,
        state: 'requested-by-me',
        ...(note && { note }),
        ...(state === 'open' && { open: true }),
      };
    case 'accept':
      if (state === 'requested-by-them') return { seq, state: 'contact' };
      return state === 'stranger' ? { seq, state: 'open' } : relation;
    case 'refuse':
      return state === 'requested-by-them' || state === 'stranger' ? { seq, state: 'none' } : relation;
    case 'cancel':
      if (state !== 'requested-by-me') return relation;
      return { seq, state: relation.open === true ? 'open' : 'none' };
    case 'remove':
      return state === 'contact' ? { seq, state: 'none' } : relation;
    case 'block':
      return state === 'blocked' ? relation : { seq, state: 'blocked' };
    case 'unblock':
      return state === 'blocked' ? { seq, state: 'none' } : relation;
    default:
      return unreachable(act);
  }
}
