import type { HistorySetting, RoomFacts, RoomId, RoomKind, Seq, UserId } from '@maru/protocol';
import { factsAfter, messagesHiddenBy, NO_FACTS } from '@maru/protocol';
import type { EventEntry, ReaderEntry } from '../log-entry.ts';
import type { Position } from '../position.ts';
import type { RoomEvent } from '../room/event.ts';
import { firstRelation, relationAfter } from '../room/evolve-relation.ts';
import { memberDelta, readerMemberChange } from '../room/member-changes.ts';
import type { Relation } from '../room/relation.ts';
import { FIRST_RULES_VERSION } from '../room/state.ts';

/** A room as its members' lists show it, at the log's head. */
export interface RoomHead {
  readonly room: RoomId;
  readonly roomKind: RoomKind;
  readonly name: string | undefined;
  readonly creator: UserId;
  readonly history: HistorySetting;
  readonly facts: RoomFacts;
  /** What the two of a direct room are to each other. */
  readonly relation: Relation | undefined;
  readonly memberCount: number;
  readonly seq: Seq;
  readonly ordinal: number;
  readonly at: number;
}

/** Position of a room's newest event beside its head. */
export interface PlacedHead extends RoomHead {
  readonly position: Position;
  /** The highest `seq` of a counting event that was deleted or has expired; 0 is none. Spares the look-up of how many there are. */
  readonly deletedMax: number;
  /** Position of the newest event that changed its relation; 0: none has. */
  readonly relatedAt: number;
  /** By which rules the room runs. */
  readonly rulesVersion: number;
}

/**
 * The head after one more event of the room.
 *
 * @param head `undefined` before the room's first event, which is the one that creates it
 * @param target for a deletion: whether what it deletes counts
 */
export function evolveHead(
  head: PlacedHead | undefined,
  entry: EventEntry,
  target?: { readonly counts: boolean },
): PlacedHead {
  const { event, position, room } = entry;
  const { seq, ordinal, at } = event;
  const change = event.change;
  if (head === undefined) {
    if (change?.type !== 'created')
      throw new Error(`the first event at position ${position} creates no room`);
    return {
      room,
      roomKind: change.roomKind,
      name: change.name,
      creator: event.sender,
      history: change.history,
      facts: factsAfter(NO_FACTS, event),
      relation: firstRelation(event),
      memberCount: memberDelta(entry.members),
      seq,
      ordinal,
      at,
      position,
      deletedMax: 0,
      relatedAt: 0,
      rulesVersion: event.rulesVersion ?? FIRST_RULES_VERSION,
    };
  }
  const relation = relationAfter(head.relation, event, head.creator);
  return {
    room,
    roomKind: head.roomKind,
    name: change?.type === 'renamed' ? change.name : head.name,
    creator: head.creator,
    history: change?.type === 'history-set' ? change.history : head.history,
    facts: factsAfter(head.facts, event),
    relation,
    relatedAt: relation === head.relation ? head.relatedAt : position,
    memberCount: head.memberCount + memberDelta(entry.members),
    seq,
    ordinal,
    at,
    position,
    deletedMax: Math.max(head.deletedMax, deletedCounting(event, target)),
    rulesVersion: Math.max(head.rulesVersion, event.rulesVersion ?? 0),
  };
}

/** The head after people have come into the channel or gone: how many there are is all that it changes. */
export function withReaders<H extends PlacedHead>(head: H, readers: readonly ReaderEntry[]): H {
  const changes = readers.map(({ reader }) => readerMemberChange(reader));
  return { ...head, memberCount: head.memberCount + memberDelta(changes) };
}

function deletedCounting(event: RoomEvent, target: { readonly counts: boolean } | undefined): number {
  if (event.kind === 'deletion') return target?.counts === true ? (event.refersTo ?? 0) : 0;
  return messagesHiddenBy(event).reduce((highest, { seq }) => Math.max(highest, seq), 0);
}
