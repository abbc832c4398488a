/**
 * What the two people of a direct room are to each other (`[REL1]`). Server state: each is told their own side. Pure, and
 * free of names, so that the many that are alike share one object.
 */
import type { DeviceId, RelationState, UserId } from '@maru/protocol';

/** One person's side. What the other does unseen (`[REL5]`, `[REL6]`) is on the other's side alone. */
export interface Side {
  /** Has written since they last shut themselves off, or taken what the other wrote. */
  readonly open: boolean;
  /** The other has, as far as this one is told. */
  readonly heard: boolean;
  readonly contact: boolean;
  readonly blocks: boolean;
  /** Whose request stands, as far as this one is told. */
  readonly request?: 'mine' | 'theirs';
  /** The newest event that changed what this one is told, its time, and the device that made it; 0: none has. */
  readonly seq: number;
  readonly at: number;
  readonly by?: DeviceId;
}

export interface Relation {
  /** Of who made the room, and of the other. */
  readonly sides: readonly [Side, Side];
  /** The newest request: where its note is. 0: there was none. */
  readonly request: number;
  /** It began with a block that lasts: to the other there is no room (`[REL6]`). */
  readonly hidden: boolean;
}

const PLAIN_SIDES: readonly Side[] = [0, 1, 2, 3].map((bits) => ({
  open: (bits & 1) !== 0,
  heard: (bits & 2) !== 0,
  contact: false,
  blocks: false,
  seq: 0,
  at: 0,
}));

const plain = (mine: number, others: number): Relation => ({
  sides: [PLAIN_SIDES[mine] ?? NOTHING, PLAIN_SIDES[others] ?? NOTHING],
  request: 0,
  hidden: false,
});

/** A side of which there is nothing to tell. */
const NOTHING: Side = { open: false, heard: false, contact: false, blocks: false, seq: 0, at: 0 };

/** All relations in which nobody has related yet, by the bits of both sides. */
const PLAIN: readonly Relation[] = Array.from({ length: 16 }, (_, bits) => plain(bits & 3, bits >> 2));

/** Nobody has written. */
export const STRANGERS: Relation = PLAIN[0] ?? plain(0, 0);
/** Both have, or may have: rooms of the first rules (`[REL12]`). */
export const OPEN: Relation = PLAIN[15] ?? plain(3, 3);

/** The one object of an equal relation in which nobody has related; any other as it is. Of the store's copies, too. */
export function shared(relation: Relation): Relation {
  const [first, second] = relation.sides;
  if (first.seq > 0 || second.seq > 0) return relation;
  return PLAIN[bitsOf(first) | (bitsOf(second) << 2)] ?? relation;
}

function bitsOf({ open, heard }: Side): number {
  return (open ? 1 : 0) | (heard ? 2 : 0);
}

/** A direct room, as far as its relation is concerned. */
export interface RelatedRoom {
  readonly creator: UserId;
  readonly relation: Relation | undefined;
}

/** A relation from where one of the two stands. */
export interface Sides {
  readonly mine: Side;
  readonly others: Side;
}

/** The user's own side and the other's; `undefined` for a group. */
export function sidesOf({ creator, relation }: RelatedRoom, user: UserId): Sides | undefined {
  if (relation === undefined) return undefined;
  const [first, second] = relation.sides;
  return user === creator ? { mine: first, others: second } : { mine: second, others: first };
}

/** What a person is told. */
export function stateOf({ blocks, contact, request, open, heard }: Side): RelationState {
  if (blocks) return 'blocked';
  if (contact) return 'contact';
  if (request !== undefined) return request === 'mine' ? 'requested-by-me' : 'requested-by-them';
  if (heard) return open ? 'open' : 'stranger';
  return open ? 'writing' : 'none';
}

/** Whether the user is shown to the other: their typing, receipts and presence (`[REL4]`, `[REL8]`). Always in groups. */
export function isShownToOther(room: RelatedRoom, user: UserId): boolean {
  const sides = sidesOf(room, user);
  if (sides === undefined) return true;
  const { mine, others } = sides;
  return !mine.blocks && !others.blocks && (mine.open || mine.contact || mine.request === 'mine');
}

/** Whether the other of a direct room blocks the user. */
export function isBlockedByOther(room: RelatedRoom, user: UserId): boolean {
  return sidesOf(room, user)?.others.blocks === true;
}

/** Whether either blocks the other. */
export function isSevered({ relation }: Pick<RelatedRoom, 'relation'>): boolean {
  return relation?.sides.some(({ blocks }) => blocks) === true;
}

/** Whether to this user there is no such room (`[REL6]`). */
export function isHiddenFrom({ creator, relation }: RelatedRoom, user: UserId): boolean {
  return relation?.hidden === true && user !== creator;
}
