import type {
  AnyContent,
  CommandFrame,
  RelationEventAct,
  RelationView,
  RoomId,
  UserId,
} from '@maru/protocol';
import type { OutboxEntry } from '../outbox/outbox-queue.ts';
import type { Room, Rooms } from '../room/rooms.ts';
import { makesDirect } from './is-relation.ts';
import { afterOwnAct } from './relation-after.ts';

/** A relation as the user sees it: what they did on this device holds at once. */
export interface Relation extends RelationView {
  /** Whether something of it is on its way to the server. */
  readonly pending: boolean;
}

export interface RelationsDeps {
  readonly rooms: Rooms;
  readonly outbox: { pending(room: RoomId): readonly OutboxEntry[]; rooms(): Iterable<RoomId> };
}

/** What the user and others are to each other, with the acts that are still in the outbox. */
export class Relations {
  readonly #deps: RelationsDeps;
  /** Whom the user blocks, by the direct room. */
  readonly #blocked = new Map<RoomId, UserId>();
  readonly #users = new Set<UserId>();

  constructor(deps: RelationsDeps) {
    this.#deps = deps;
    for (const { record } of deps.rooms) this.refresh(record.room);
    for (const room of deps.outbox.rooms()) this.refresh(room);
  }

  /** Whether the user blocks somebody, from the moment at which they said so. */
  isBlocked(user: UserId): boolean {
    return this.#users.has(user);
  }

  /** The relation of a direct room; `undefined` for a group, and where nothing is known. */
  of(id: RoomId): Relation | undefined {
    const record = this.#deps.rooms.get(id)?.record;
    if (record !== undefined && record.roomKind !== 'direct') return undefined;
    const known = record?.relation;
    let relation: RelationView | undefined = known;
    let pending = false;
    for (const { item, seq } of this.#deps.outbox.pending(id)) {
      if (seq !== undefined && seq <= (known?.asOf ?? 0)) continue;
      const done = actOf(item.command);
      if (done === undefined) continue;
      relation = afterOwnAct(relation ?? NOBODY, done.act, done.note);
      pending ||= done.act !== 'write';
    }
    if (relation === undefined) return undefined;
    const { state, seq, note, open } = relation;
    return { state, seq, pending, ...(note && { note }), ...(open && { open }) };
  }

  /** Whether a direct room is there, or on its way. */
  isMade(id: RoomId): boolean {
    return this.#deps.rooms.get(id) !== undefined || this.#making(id) !== undefined;
  }

  /** Something of a room changed. Says whether somebody is blocked by it, or is no more. */
  refresh(id: RoomId): boolean {
    const user = this.of(id)?.state === 'blocked' ? this.#peerOf(id) : undefined;
    const former = this.#blocked.get(id);
    if (user === former) return false;
    if (former !== undefined) this.#users.delete(former);
    if (user === undefined) this.#blocked.delete(id);
    else {
      this.#blocked.set(id, user);
      this.#users.add(user);
    }
    return true;
  }

  #peerOf(id: RoomId): UserId | undefined {
    const room: Room | undefined = this.#deps.rooms.get(id);
    return room === undefined ? this.#making(id)?.user : room.record.peer;
  }

  /** The command on its way that makes a direct room. */
  #making(id: RoomId) {
    return this.#deps.outbox
      .pending(id)
      .map(({ item }) => item.command)
      .find(makesDirect);
  }
}

const NOBODY: RelationView = { state: 'none', seq: 0 };

/** What a command does to the relation of its direct room. */
function actOf(command: CommandFrame): { act: RelationEventAct; note?: AnyContent | undefined } | undefined {
  if (command.kind === 'relate') return command;
  if (command.kind === 'send') return { act: 'write' };
  return makesDirect(command) ? command.relate : undefined;
}
