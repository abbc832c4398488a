import {
  type Change,
  type ClientMessageId,
  clientMessageIdFromBytes,
  countsAsUnread,
  type DeviceId,
  directRoomId,
  type ErrorCode,
  type EventKind,
  type HistorySetting,
  idFromBytes,
  type LinkSecret,
  linkIdOf,
  type RelationEventAct,
  type Role,
  type RoomId,
  type Seq,
  type SettingName,
  type UserId,
} from '@maru/protocol';
import type { EncodedContent, ReaderChange, RoomEvent } from '../../core/room/event.ts';
import { evolve } from '../../core/room/evolve.ts';
import { memberChanges } from '../../core/room/member-changes.ts';
import { FACTS_RULES_VERSION, type RoomState } from '../../core/room/state.ts';
import type { UserMarks } from '../../core/user/marks.ts';
import type { EventEntry, MarksEntry, ReaderEntry, RefusalEntry, SettingEntry } from '../log.ts';
import type { Position } from '../position.ts';

/** A person of a contract test, with one device. */
export interface Person {
  readonly user: UserId;
  readonly device: DeviceId;
}

interface Extras {
  readonly kind?: EventKind;
  readonly content?: string;
  readonly body?: string;
  readonly refersTo?: Seq;
  readonly change?: Change;
  readonly event?: Partial<RoomEvent>;
  /** Absent: a command without a name, as the server's own are. */
  readonly named?: boolean;
}

/** Writes the entries that a contract test appends: what rooms would have decided, numbered as a log numbers them. */
export class Script {
  readonly #states = new Map<RoomId, RoomState>();
  #position: number;
  #ids = 0;
  #now = 1_700_000_000_000;

  /** @param head where the log stands */
  constructor(head: Position) {
    this.#position = head;
    // Ids differ from those of a script that wrote to the same log before.
    this.#ids = head * 1_000;
  }

  person(): Person {
    return {
      user: idFromBytes<UserId>('user', this.#bytes()),
      device: idFromBytes<DeviceId>('device', this.#bytes()),
    };
  }

  people(): readonly [Person, Person, Person] {
    return [this.person(), this.person(), this.person()];
  }

  clientMessageId(): ClientMessageId {
    return clientMessageIdFromBytes(this.#bytes());
  }

  /** The state that the entries given so far make, windows left out. */
  state(room: RoomId): RoomState {
    const state = this.#states.get(room);
    if (state === undefined) throw new Error('no such room');
    return { ...state, windows: [], slowSends: undefined };
  }

  group(
    creator: Person,
    others: readonly Person[] = [],
    history: HistorySetting = 'all',
    event: Partial<RoomEvent> = {},
  ): EventEntry {
    const room = idFromBytes<RoomId>('room', this.#bytes());
    const members = [creator, ...others].map(({ user }) => user);
    const change: Change = { type: 'created', roomKind: 'group', name: 'Kim & 이', history, members };
    return this.#event(room, creator, { kind: 'created', change, event });
  }

  direct(creator: Person, other: Person, event: Partial<RoomEvent> = {}): EventEntry {
    const room = directRoomId(creator.user, other.user);
    const members = [creator.user, other.user];
    const change: Change = { type: 'created', roomKind: 'direct', history: 'all', members };
    return this.#event(room, creator, { kind: 'created', change, event });
  }

  channel(creator: Person, name = 'News', description = '', isPublic = true): EventEntry {
    const room = idFromBytes<RoomId>('room', this.#bytes());
    const change: Change = {
      ...{ type: 'created', roomKind: 'channel', name, history: 'all', members: [creator.user] },
      ...{ description, ...(isPublic && { public: isPublic }) },
    };
    return this.#event(room, creator, {
      kind: 'created',
      change,
      event: { rulesVersion: FACTS_RULES_VERSION },
    });
  }

  /** A reader comes into a channel or goes; `by`: who removes them. */
  reader(
    room: RoomId,
    { user, device }: Person,
    how: ReaderChange['how'] = 'joined',
    by: Person = { user, device },
  ): ReaderEntry {
    const { seq, ordinal } = this.state(room);
    const reader: ReaderChange = {
      ...{ user, how, sender: by.user, device: by.device, clientMessageId: this.clientMessageId() },
      ...{ seq, ordinal, at: this.#now++ },
    };
    const entry: ReaderEntry = { type: 'reader', position: this.#next(), room, reader };
    this.#states.set(room, evolve(this.#states.get(room), entry, null));
    return entry;
  }

  send(room: RoomId, sender: Person, extras: Extras = {}): EventEntry {
    return this.#event(room, sender, { kind: 'message', content: `text ${this.#position}`, ...extras });
  }

  edit(
    room: RoomId,
    sender: Person,
    refersTo: Seq,
    content: string,
    body?: string,
    extras: Extras = {},
  ): EventEntry {
    return this.#event(room, sender, {
      kind: 'edit',
      refersTo,
      content,
      ...(body !== undefined && { body }),
      ...extras,
    });
  }

  delete(room: RoomId, sender: Person, refersTo: Seq): EventEntry {
    return this.#event(room, sender, { kind: 'deletion', refersTo });
  }

  react(room: RoomId, sender: Person, refersTo: Seq, reaction: string, on = true): EventEntry {
    const change: Change = { type: 'reacted', reaction, on };
    return this.#event(room, sender, { kind: 'reaction', refersTo, change });
  }

  pin(room: RoomId, sender: Person, refersTo: Seq, on = true): EventEntry {
    return this.#event(room, sender, { kind: 'pinned', refersTo, change: { type: 'pinned', on } });
  }

  add(room: RoomId, sender: Person, users: readonly Person[]): EventEntry {
    return this.#event(room, sender, {
      kind: 'joined',
      change: { type: 'joined', users: users.map(({ user }) => user) },
    });
  }

  leave(room: RoomId, sender: Person): EventEntry {
    return this.#event(room, sender, { kind: 'left', change: { type: 'left' } });
  }

  remove(room: RoomId, sender: Person, { user }: Person): EventEntry {
    return this.#event(room, sender, { kind: 'removed', change: { type: 'removed', user } });
  }

  rename(room: RoomId, sender: Person, name: string): EventEntry {
    return this.#event(room, sender, { kind: 'renamed', change: { type: 'renamed', name } });
  }

  setHistory(room: RoomId, sender: Person, history: HistorySetting): EventEntry {
    return this.#event(room, sender, { kind: 'history-set', change: { type: 'history-set', history } });
  }

  describe(room: RoomId, sender: Person, description: string): EventEntry {
    return this.#event(room, sender, {
      kind: 'described',
      change: { type: 'described', description },
      event: { rulesVersion: FACTS_RULES_VERSION },
    });
  }

  /** A message that vanishes at `expiresAt`. */
  sendUntil(room: RoomId, sender: Person, expiresAt: number, extras: Extras = {}): EventEntry {
    return this.send(room, sender, { ...extras, event: { ...extras.event, expiresAfter: 60, expiresAt } });
  }

  /** The time of these messages is over. */
  expire(room: RoomId, gone: readonly (readonly [Seq, Person])[]): EventEntry {
    const [first] = gone;
    if (first === undefined) throw new Error('nothing expires');
    const messages = gone.map(([seq, { user }]) => ({ sender: user, seqs: [seq] }));
    return this.#event(room, first[1], {
      kind: 'expired',
      change: { type: 'expired', messages },
      event: { rulesVersion: FACTS_RULES_VERSION },
      named: false,
    });
  }

  relate(room: RoomId, sender: Person, act: RelationEventAct): EventEntry {
    const change: Change = { type: 'related', act };
    if (act === 'write') return this.send(room, sender, { change });
    return this.#event(room, sender, { kind: 'related', change });
  }

  setRole(room: RoomId, sender: Person, { user }: Person, role: Role): EventEntry {
    return this.#event(room, sender, { kind: 'role-set', change: { type: 'role-set', user, role } });
  }

  setSlowMode(room: RoomId, sender: Person, seconds: number): EventEntry {
    return this.#event(room, sender, { kind: 'slow-mode-set', change: { type: 'slow-mode-set', seconds } });
  }

  makeLink(room: RoomId, sender: Person, secret: LinkSecret): EventEntry {
    const change: Change = { type: 'link-made', link: linkIdOf(secret), approval: false };
    return this.#event(room, sender, { kind: 'link-made', change, event: { secret } });
  }

  /** Asks to come in by a link. */
  askToJoin(room: RoomId, sender: Person, secret: LinkSecret): EventEntry {
    const change: Change = { type: 'join-requested', link: linkIdOf(secret) };
    return this.#event(room, sender, { kind: 'join-requested', change });
  }

  refuseJoin(room: RoomId, sender: Person, { user }: Person): EventEntry {
    return this.#event(room, sender, { kind: 'join-refused', change: { type: 'join-refused', user } });
  }

  refuse(room: RoomId, { device }: Person, code: ErrorCode): RefusalEntry {
    const refusal = { device, clientMessageId: this.clientMessageId(), code, at: this.#now++ };
    const entry: RefusalEntry = { type: 'refusal', position: this.#next(), room, refusal };
    this.#states.set(room, evolve(this.#states.get(room), entry, null));
    return entry;
  }

  marks(room: RoomId, { user }: Person, marks: UserMarks): MarksEntry {
    return { type: 'marks', position: this.#next(), user, room, marks };
  }

  set({ user }: Person, name: SettingName, value: string | null): SettingEntry {
    return { type: 'setting', position: this.#next(), user, name, value };
  }

  /** Where the script stands: to go back there when what follows was not stored. */
  snapshot(): () => void {
    const position = this.#position;
    const states = new Map(this.#states);
    return () => {
      this.#position = position;
      this.#states.clear();
      for (const [room, state] of states) this.#states.set(room, state);
    };
  }

  #event(room: RoomId, { user, device }: Person, extras: Extras): EventEntry {
    const { kind = 'message', content, body, refersTo, change, named = true } = extras;
    const before = this.#states.get(room);
    const counts = countsAsUnread(kind);
    const event: RoomEvent = {
      seq: ((before?.seq ?? 0) + 1) as Seq,
      at: this.#now++,
      kind,
      sender: user,
      ...(named && { device, clientMessageId: this.clientMessageId() }),
      counts,
      ordinal: (before?.ordinal ?? 0) + (counts ? 1 : 0),
      ...(refersTo !== undefined && { refersTo }),
      ...(change !== undefined && { change }),
      ...(content !== undefined && { content: encode(content) }),
      ...extras.event,
    };
    const members = memberChanges(event, before);
    this.#states.set(room, evolve(before, { type: 'event', room, event }, null));
    return {
      type: 'event',
      position: this.#next(),
      room,
      event,
      ...(body !== undefined && { body }),
      ...(members.length > 0 && { members }),
    };
  }

  #next(): Position {
    this.#position++;
    return this.#position as Position;
  }

  /** A UUIDv7 of its own: rising, and the same in every run. */
  #bytes(): Uint8Array {
    this.#ids++;
    const bytes = new Uint8Array(16);
    const view = new DataView(bytes.buffer);
    view.setUint32(2, this.#ids);
    view.setUint32(12, Math.imul(this.#ids, 0x9e37_79b1));
    view.setUint8(6, 0x70);
    view.setUint8(8, 0x80);
    return bytes;
  }
}

/** A text as it is stored. */
export function encode(text: string): EncodedContent {
  return JSON.stringify({ type: 'text', text }) as EncodedContent;
}
