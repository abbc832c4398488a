/** The room worker, the committer and the user worker over the memory engine, for tests. */
import type { ClientMessageId, DeviceId, RoomId, Seq, SessionId, UserId } from '@maru/protocol';
import { directRoomId, idFromBytes, nextClientMessageId } from '@maru/protocol';
import type { CommandBody } from '../../core/room/command.ts';
import { content, device, group, user } from '../../core/room/testing/people.ts';
import { createMemoryEngine, type MemoryEngine } from '../../engines/memory/memory-engine.ts';
import type { Sync } from '../../engines/memory/memory-writer.ts';
import type { SessionInfo } from '../../ports/inboxes.ts';
import type { Answer, SubmittedCommand } from '../../ports/rooms.ts';
import { ManualClock } from '../../ports/testing/manual-clock.ts';
import { Committer } from '../../roles/commit/committer.ts';
import { limited } from '../../roles/edge/limited.ts';
import type { DeadLetter } from '../../roles/room-worker/dead-letter.ts';
import { createRoomWorker } from '../../roles/room-worker/room-worker.ts';
import { createUserWorker } from '../../roles/user-worker/user-worker.ts';
import { type RecordedSession, RecordingDelivery } from './recording-delivery.ts';

export interface FloorOptions {
  readonly sync?: Sync;
  /** An engine that lived before, opened again. */
  readonly engine?: MemoryEngine;
  readonly clock?: ManualClock;
  readonly roomStatesMax?: number;
  readonly onExpiring?: (expiresAt: number) => void;
}

export type Floor = ReturnType<typeof createFloor>;

export function createFloor(options: FloorOptions = {}) {
  const engine = options.engine ?? createMemoryEngine(options.sync ? { sync: options.sync } : {});
  const clock = options.clock ?? new ManualClock();
  const delivery = new RecordingDelivery();
  const faults: unknown[] = [];
  const deadLetters: DeadLetter[] = [];
  const unknownRules: (readonly [RoomId, number])[] = [];
  const broken: unknown[] = [];
  const onFault = (error: unknown) => faults.push(error);
  const committer = new Committer({ log: engine.log, onBroken: (error) => broken.push(error), onFault });
  const { log, directory, rooms: roomStore, inboxes: inboxStore } = engine;
  const inboxes = createUserWorker({
    ...{ log, committer, directory, delivery, clock, onFault },
    store: inboxStore,
    settings: engine.settings,
    rooms: roomStore,
  });
  const rooms = createRoomWorker({
    ...{ committer, delivery, clock, onFault },
    store: roomStore,
    feed: inboxes.feed,
    policy: inboxes,
    reports: engine.reports,
    onDeadLetter: (letter) => deadLetters.push(letter),
    onUnknownRules: (room, rulesVersion) => unknownRules.push([room, rulesVersion]),
    ...(options.onExpiring !== undefined && { onExpiring: options.onExpiring }),
    ...(options.roomStatesMax !== undefined && { roomStatesMax: options.roomStatesMax }),
  });
  const floor = {
    engine,
    clock,
    delivery,
    committer,
    inboxes,
    rooms,
    faults,
    broken,
    deadLetters,
    unknownRules,
  };
  return {
    ...floor,
    device: (of: number, number = 0) => new TestDevice(floor, user(of), device(of, number)),
  };
}

interface Parts extends Pick<ReturnType<typeof createFloor>, 'clock' | 'delivery' | 'inboxes' | 'rooms'> {}

let sessions = 0;

/** A device that mints ids as the SDK does, and may hold a session. */
export class TestDevice {
  readonly user: UserId;
  readonly device: DeviceId;
  readonly #floor: Parts;
  readonly #minted = new Map<RoomId, ClientMessageId>();
  #session: { info: SessionInfo; recorded: RecordedSession } | undefined;

  constructor(floor: Parts, user: UserId, device: DeviceId) {
    this.#floor = floor;
    this.user = user;
    this.device = device;
  }

  /** What the open session got. */
  get got(): RecordedSession {
    return this.#open.recorded;
  }

  get info(): SessionInfo {
    return this.#open.info;
  }

  async open() {
    const bytes = new Uint8Array(16);
    new DataView(bytes.buffer).setUint32(12, ++sessions);
    const info = { session: idFromBytes<SessionId>('session', bytes), user: this.user, device: this.device };
    this.#session = { info, recorded: this.#floor.delivery.add(info) };
    return this.#floor.inboxes.opened(info);
  }

  close(loggedOut = false, silentMs = 0): void {
    this.#floor.delivery.remove(this.info);
    this.#floor.inboxes.closed(this.info, loggedOut, silentMs);
    this.#session = undefined;
  }

  mint(room: RoomId): ClientMessageId {
    const id = nextClientMessageId(this.#minted.get(room), this.#floor.clock.now(), new Uint8Array(10));
    this.#minted.set(room, id);
    return id;
  }

  /** A command of this device as the edge would stamp it. */
  command(room: RoomId, body: CommandBody, stamp: Partial<SubmittedCommand> = {}): SubmittedCommand {
    return {
      room,
      sender: this.user,
      device: this.device,
      clientMessageId: stamp.clientMessageId ?? this.mint(room),
      now: this.#floor.clock.now(),
      ...limited(body, { groupMembersMax: 500 }),
      ...(stamp as object),
    };
  }

  do(room: RoomId, body: CommandBody, stamp: Partial<SubmittedCommand> = {}): Promise<Answer> {
    return this.#floor.rooms.submit(this.command(room, body, stamp));
  }

  /** Sends a text and gives its `seq`. */
  async send(room: RoomId, text = '안녕'): Promise<Seq> {
    return accepted(await this.do(room, { kind: 'send', content: content(text) }));
  }

  async createGroup(
    members: readonly number[],
    history: 'all' | 'since-joined' = 'all',
    number = 0,
  ): Promise<RoomId> {
    const room = group(number);
    const users = members.map((number) => user(number));
    accepted(await this.do(room, { kind: 'create', roomKind: 'group', name: '마루', history, users }));
    return room;
  }

  async createChannel(isPublic = true, number = 0): Promise<RoomId> {
    const room = group(number);
    const create = { kind: 'create', roomKind: 'channel', name: '소식', description: '' } as const;
    accepted(await this.do(room, { ...create, public: isPublic }));
    return room;
  }

  /** The direct room of two who are contacts, so that each sees what is soft of the other. */
  async befriend(other: TestDevice): Promise<RoomId> {
    const room = directRoomId(this.user, other.user);
    const relate = { act: 'request' } as const;
    accepted(await this.do(room, { kind: 'create', roomKind: 'direct', user: other.user, relate }));
    accepted(await other.do(room, { kind: 'relate', act: 'accept' }));
    return room;
  }

  get #open() {
    if (this.#session === undefined) throw new Error('the device has no session');
    return this.#session;
  }
}

/** The `seq` of an accepted command. */
export function accepted(answer: Answer): Seq {
  if (answer.kind !== 'accepted') throw new Error(`refused: ${answer.error.code}`);
  return answer.seq;
}

/** The code of a refusal. */
export function refusedCode(answer: Answer): string {
  return answer.kind === 'refused' ? answer.error.code : answer.kind;
}
