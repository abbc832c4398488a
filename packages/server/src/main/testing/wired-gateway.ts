import {
  directRoomId,
  type LimitsInForce,
  limits,
  newDeviceId,
  newRoomId,
  newUserId,
  nextClientMessageId,
  type RoomId,
  type UserId,
} from '@maru/protocol';
import { createMemoryEngine, type MemoryEngine } from '../../engines/memory/memory-engine.ts';
import type { Sync } from '../../engines/memory/memory-writer.ts';
import type { Identity } from '../../ports/credentials.ts';
import type { Logger } from '../../ports/logger.ts';
import { ManualClock } from '../../ports/testing/manual-clock.ts';
import { seededRandom } from '../../ports/testing/seeded-random.ts';
import { Committer } from '../../roles/commit/committer.ts';
import { BodyBudget } from '../../roles/edge/body-budget.ts';
import { createCredentials } from '../../roles/edge/credentials.ts';
import { createIntake } from '../../roles/edge/intake.ts';
import { hashSecret, newToken } from '../../roles/edge/secrets.ts';
import type { DeviceRates } from '../../roles/gateway/device-line.ts';
import { createGateway } from '../../roles/gateway/gateway.ts';
import { createDelivery } from '../../roles/gateway/live-sessions.ts';
import type { SocketRates } from '../../roles/gateway/socket-limits.ts';
import { createRoomWorker } from '../../roles/room-worker/room-worker.ts';
import { Scheduler } from '../../roles/time/scheduler.ts';
import { SteadyClock } from '../../roles/time/steady-clock.ts';
import { createUserWorker } from '../../roles/user-worker/user-worker.ts';
import { MemoryCarrier, MemoryTopics } from './memory-carrier.ts';

export interface WiredOptions {
  /** Publications go to carriers in memory, unless a server is to take them. */
  readonly publishes?: 'memory' | 'server';
  readonly sync?: Sync;
  readonly rates?: DeviceRates;
  readonly socketRates?: SocketRates;
  readonly sendQueueBytesSoft?: number;
  readonly limits?: Partial<LimitsInForce>;
}

const TEST_LIMITS: LimitsInForce = {
  messageCharsMax: limits.MESSAGE_CHARS_MAX,
  groupMembersMax: limits.GROUP_MEMBERS_DEFAULT,
  frameBytesMax: limits.FRAME_BYTES_MAX,
  sendsInFlightMax: limits.SENDS_IN_FLIGHT_MAX,
};

const FAST = { perSecond: 1e9, burst: 1e9 };

/** A gateway with the workers behind it, over the memory engine and on a clock that stands still. */
export function wireGateway(options: WiredOptions = {}) {
  const { sync, rates = { frames: FAST, bytes: FAST, refusals: FAST } } = options;
  const clock = new ManualClock();
  const random = seededRandom();
  const engine = createMemoryEngine(sync === undefined ? {} : { sync });
  const faults: unknown[] = [];
  const log: Logger = {
    info() {},
    warn() {},
    error: (fields) => faults.push(fields),
  };
  const onFault = (fault: unknown) => faults.push(fault);
  const committer = new Committer({ log: engine.log, onBroken: onFault, onFault });
  const live = createDelivery({ clock, rates });
  const common = { committer, delivery: live, clock, onFault };
  const users = createUserWorker({ ...engine, ...common, store: engine.inboxes });
  const rooms = createRoomWorker({
    ...{ ...common, store: engine.rooms, feed: users.feed, policy: users, reports: engine.reports },
    onDeadLetter: ({ fault }) => faults.push(fault),
    onUnknownRules() {},
  });
  const inForce = { ...TEST_LIMITS, ...options.limits };
  const channelMembersMax = limits.CHANNEL_MEMBERS_MAX;
  const intake = createIntake({
    ...{ directory: engine.directory, relations: users, clock, ...inForce, channelMembersMax },
  });
  const later = new Scheduler({
    ...{
      schedules: engine.schedules,
      directory: engine.directory,
      rooms,
      intake,
      delivery: live,
      committer,
      clock,
    },
    ...{ time: new SteadyClock(clock), onFault, onBroken: onFault },
  });
  const credentials = createCredentials({ directory: engine.directory, clock, random });
  const gateway = createGateway({
    ...options,
    live,
    rooms,
    inboxes: users,
    credentials,
    intake,
    later,
    bodies: new BodyBudget(clock),
    clock,
    random,
    log,
    limits: inForce,
    origins: new Set(['https://chat.example.org']),
  });
  const topics = new MemoryTopics();
  if (options.publishes !== 'server') live.publishThrough(topics, 'sockets');
  const people = new People(engine, clock, random);

  /** A connection over memory, which has said nothing yet. */
  function connect(identity?: Identity): MemoryCarrier {
    const carrier = new MemoryCarrier(topics);
    carrier.session = gateway.sessions.connect(carrier, { identity, epoch: gateway.sessions.epoch });
    return carrier;
  }

  return {
    clock,
    engine,
    faults,
    live,
    rooms,
    users,
    credentials,
    gateway,
    topics,
    people,
    connect,
    /** A session that has been welcomed. */
    async open(identity: Identity): Promise<MemoryCarrier> {
      const carrier = connect(identity);
      carrier.say(HELLO);
      await carrier.take('welcome');
      return carrier;
    },
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]();
      await rooms[Symbol.asyncDispose]();
      await committer[Symbol.asyncDispose]();
      await users[Symbol.asyncDispose]();
      await engine[Symbol.asyncDispose]();
    },
  };
}

export type WiredGateway = ReturnType<typeof wireGateway>;

export const HELLO = { kind: 'hello', versions: [1] };

/** Makes accounts, devices, and commands with rising ids. */
class People {
  readonly #engine: MemoryEngine;
  readonly #clock: ManualClock;
  readonly #random: ReturnType<typeof seededRandom>;
  #lastId: ReturnType<typeof nextClientMessageId> | undefined;

  constructor(engine: MemoryEngine, clock: ManualClock, random: ReturnType<typeof seededRandom>) {
    this.#engine = engine;
    this.#clock = clock;
    this.#random = random;
  }

  async make(): Promise<Identity> {
    const user = newUserId();
    await this.#engine.directory.createUser({
      user,
      handle: user.slice(-20),
      name: 'Somebody',
      passwordHash: 'hash',
      recoveryHashes: [],
      administrator: false,
      inviteHash: undefined,
      at: this.#clock.now(),
    });
    return { user, device: newDeviceId(), administrator: false };
  }

  /** Signs the device in and gives its token. */
  async signIn({ user, device }: Identity): Promise<string> {
    const token = newToken(this.#random);
    const at = this.#clock.now();
    await this.#engine.directory.signIn(
      { device, user, name: 'laptop', tokenHash: hashSecret(token), at },
      50,
    );
    return token;
  }

  nextId() {
    this.#lastId = nextClientMessageId(this.#lastId, this.#clock.now(), this.#random.bytes(10));
    return this.#lastId;
  }

  text(room: RoomId, text: string, more: object = {}) {
    return { kind: 'send', room, clientMessageId: this.nextId(), content: { type: 'text', text, ...more } };
  }

  /** Makes the direct room of two; the first one's session says it. */
  async direct(a: Identity, b: Identity, says: MemoryCarrier): Promise<RoomId> {
    const room = directRoomId(a.user, b.user);
    says.say({ kind: 'create', roomKind: 'direct', room, clientMessageId: this.nextId(), user: b.user });
    await says.take('accepted');
    return room;
  }

  createGroup(users: readonly UserId[]) {
    const room = newRoomId();
    const clientMessageId = this.nextId();
    return { kind: 'create', roomKind: 'group', room, clientMessageId, name: 'Floor', users };
  }

  /** Makes a group of whoever says it and others. */
  async group(says: MemoryCarrier, users: readonly UserId[]): Promise<RoomId> {
    const create = this.createGroup(users);
    says.say(create);
    await says.take('accepted');
    return create.room;
  }
}
