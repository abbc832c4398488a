/**
 * Fills a data folder through the store's own ports, as fast as they take it: accounts with a signed-in device each,
 * rooms, and messages as if their devices had sent them.
 */
import { createHash } from 'node:crypto';
import {
  type ClientMessageId,
  type DeviceId,
  directRoomId,
  limits,
  newDeviceId,
  newRoomId,
  newUserId,
  nextClientMessageId,
  type RoomId,
  type Seq,
  type UserId,
} from '@maru/protocol';
import type { EncodedContent, Engine, LogEntry, MemberChange, Position, RoomEvent } from '@maru/server';

export interface Person {
  readonly user: UserId;
  readonly device: DeviceId;
  /** The device's Bearer token. */
  readonly token: string;
}

/** A room's newest event. */
interface Head {
  seq: number;
  ordinal: number;
}

/** Entries of one append. */
const BATCH_ENTRIES = 8_192;
/** Sign-ins that wait for the store at the same time. */
const SIGN_INS_AT_ONCE = 1_000;

export class Seed {
  readonly #engine: Engine;
  readonly #heads = new Map<RoomId, Head>();
  readonly #at = Date.now();
  #batch: LogEntry[] = [];
  #lastId: ClientMessageId | undefined;
  #people = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async people(count: number): Promise<Person[]> {
    const people = Array.from({ length: count }, () => this.#person());
    const at = this.#at;
    const accounts = people.map(({ user }, index) => {
      const number = this.#people - count + index;
      return { user, handle: `bench.${number}`, name: `Bench ${number}`, at };
    });
    await this.#engine.directory.createPlaceholders(accounts);
    for (let from = 0; from < count; from += SIGN_INS_AT_ONCE) {
      const signIns = people.slice(from, from + SIGN_INS_AT_ONCE).map(({ user, device, token }) => {
        const tokenHash = createHash('sha256').update(token).digest('hex');
        return this.#engine.directory.signIn(
          { user, device, name: 'bench', tokenHash, at },
          limits.DEVICES_MAX,
        );
      });
      for (const outcome of await Promise.all(signIns)) {
        if (outcome !== 'signed-in') throw new Error(`a device was not signed in: ${outcome}`);
      }
    }
    return people;
  }

  /** Somebody who looks after the server: without one, each start writes an invite for one. */
  async administrator(): Promise<void> {
    const { user } = this.#person();
    await this.#engine.directory.createUser({
      user,
      handle: `bench.${this.#people - 1}`,
      name: 'Bench',
      passwordHash: undefined,
      recoveryHashes: [],
      administrator: true,
      inviteHash: undefined,
      at: this.#at,
    });
  }

  async direct(a: Person, b: Person): Promise<RoomId> {
    const room = directRoomId(a.user, b.user);
    await this.#create(room, a, { roomKind: 'direct' }, [a.user, b.user]);
    return room;
  }

  async group(people: readonly [Person, ...Person[]]): Promise<RoomId> {
    const room = newRoomId();
    const members = people.map(({ user }) => user);
    await this.#create(room, people[0], { roomKind: 'group', name: 'bench' }, members);
    return room;
  }

  /** A room that is there already: its newest event. */
  continueRoom(room: RoomId, head: { seq: number; ordinal: number }): void {
    this.#heads.set(room, { ...head });
  }

  /** The senders write in turn. */
  async messages(room: RoomId, senders: readonly Person[], count: number, textBytes: number): Promise<void> {
    const content = JSON.stringify({ type: 'text', text: 'x'.repeat(textBytes) }) as EncodedContent;
    for (let i = 0; i < count; i++) {
      const sender = senders[i % senders.length];
      if (sender === undefined) throw new Error('messages need a sender');
      await this.#append(room, sender, { kind: 'message', counts: true, content });
    }
  }

  /** Resolves when everything so far is durable. */
  async flush(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    if (batch.length > 0) await this.#engine.log.append(batch);
  }

  #person(): Person {
    this.#people += 1;
    // In the form of the server's own: it looks up no other.
    const token = `maru_${crypto.getRandomValues(new Uint8Array(32)).toBase64({ alphabet: 'base64url', omitPadding: true })}`;
    return { user: newUserId(), device: newDeviceId(), token };
  }

  async #create(
    room: RoomId,
    creator: Person,
    kind: { roomKind: 'direct' } | { roomKind: 'group'; name: string },
    members: readonly UserId[],
  ): Promise<void> {
    const first = 1 as Seq;
    await this.#append(
      room,
      creator,
      {
        kind: 'created',
        counts: false,
        change: { type: 'created', ...kind, history: 'all', members: [...members] },
      },
      members.map((user) => ({ type: 'opened', user, joined: first, visibleFrom: first })),
    );
  }

  async #append(
    room: RoomId,
    sender: Person,
    rest: Pick<RoomEvent, 'kind' | 'counts' | 'change' | 'content'>,
    members?: readonly MemberChange[],
  ): Promise<void> {
    const head = this.#heads.get(room) ?? { seq: 0, ordinal: 0 };
    this.#heads.set(room, head);
    head.seq += 1;
    if (rest.counts) head.ordinal += 1;
    this.#lastId = nextClientMessageId(this.#lastId, this.#at, crypto.getRandomValues(new Uint8Array(10)));
    const event: RoomEvent = {
      ...rest,
      seq: head.seq as Seq,
      at: this.#at,
      sender: sender.user,
      device: sender.device,
      clientMessageId: this.#lastId,
      ordinal: head.ordinal,
    };
    const position = (this.#engine.log.head + this.#batch.length + 1) as Position;
    this.#batch.push({ type: 'event', position, room, event, ...(members !== undefined && { members }) });
    if (this.#batch.length >= BATCH_ENTRIES) await this.flush();
  }
}
