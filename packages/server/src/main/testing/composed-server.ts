import {
  type ClientMessageId,
  type DeviceId,
  directRoomId,
  newDeviceId,
  newRoomId,
  newUserId,
  nextClientMessageId,
  type RoomId,
  type UserId,
} from '@maru/protocol';
import { createMemoryEngine, type MemoryEngine } from '../../engines/memory/memory-engine.ts';
import type { Sync } from '../../engines/memory/memory-writer.ts';
import type { Engine } from '../../ports/engine.ts';
import { ManualClock } from '../../ports/testing/manual-clock.ts';
import { seededRandom } from '../../ports/testing/seeded-random.ts';
import { type Arrival, arrivalOf } from '../../roles/edge/arrival.ts';
import { NOBODYS_HASH, type Passwords } from '../../roles/edge/passwords.ts';
import { hashSecret, newToken } from '../../roles/edge/secrets.ts';
import { compose } from '../compose.ts';
import { type Config, readConfig } from '../config.ts';
import { MemoryCarrier, MemoryTopics } from './memory-carrier.ts';
import { TestClient } from './test-client.ts';

export interface ComposedOptions<E extends Engine> {
  readonly config?: Partial<Config>;
  /** Another than the one in memory, or one that lived before. */
  readonly engine?: E;
  readonly sync?: Sync;
  readonly clock?: ManualClock;
  readonly passwords?: Passwords;
  /** Publications go to carriers in memory, unless a server is to take them. */
  readonly publishes?: 'memory' | 'server';
}

/** Somebody who is signed in on one device. */
export interface TestPerson {
  readonly user: UserId;
  readonly device: DeviceId;
  readonly handle: string;
  readonly token: string;
}

const ADDRESS = '203.0.113.7';
/** How requests come that are handed to the API as they are. */
export const ARRIVAL: Arrival = { address: ADDRESS, host: '127.0.0.1:8787', secure: false };
const PLENTY = 1e9;

/** A whole server but for sockets: all roles over an engine, on a clock that stands still. */
export function composedServer<E extends Engine = MemoryEngine>(options: ComposedOptions<E> = {}) {
  const clock = options.clock ?? new ManualClock();
  const random = seededRandom();
  const memory = () => createMemoryEngine(options.sync === undefined ? {} : { sync: options.sync });
  // Whoever names no engine gets the default of `E`.
  const engine = (options.engine ?? memory()) as E;
  /** Every line of the log, as an operator would get it. */
  const logged: string[] = [];
  const note = (fields: object, message: string) => logged.push(JSON.stringify({ ...fields, message }));
  const log = { info: note, warn: note, error: note };
  const config = {
    ...readConfig({ data: 'unused' }, {}),
    logInsPerSecond: PLENTY,
    commandsPerSecond: PLENTY,
    bytesPerSecond: PLENTY,
    ...options.config,
  };
  const server = compose(config, {
    engine,
    clock,
    random,
    log,
    ...(options.passwords === undefined ? {} : { passwords: options.passwords }),
    onBroken: (error) => logged.push(`broken: ${error}`),
  });
  const topics = new MemoryTopics();
  if (options.publishes !== 'server') server.gateway.sessions.publishThrough(topics);
  const client = new TestClient((request, peer = ADDRESS) =>
    server.api.fetch(request, arrivalOf(request.headers, { ...config, peer, tls: config.tls !== undefined })),
  );
  let lastId: ClientMessageId | undefined;

  function nextId(): ClientMessageId {
    lastId = nextClientMessageId(lastId, clock.now(), random.bytes(10));
    return lastId;
  }

  /** A connection over memory, which has said nothing yet. */
  function connect(): MemoryCarrier {
    const carrier = new MemoryCarrier(topics);
    const { sessions } = server.gateway;
    carrier.session = sessions.connect(carrier, { identity: undefined, epoch: sessions.epoch });
    return carrier;
  }

  return {
    ...server,
    clock,
    engine,
    log,
    logged,
    client,
    nextId,

    /** Puts an account and a device into the directory, without the cost of a password, and with one that nobody knows. */
    async person(handle: string, more: { administrator?: boolean } = {}): Promise<TestPerson> {
      const [user, device, token, at] = [newUserId(), newDeviceId(), newToken(random), clock.now()];
      await engine.directory.createUser({
        user,
        handle,
        name: handle,
        passwordHash: NOBODYS_HASH,
        recoveryHashes: [],
        administrator: more.administrator ?? false,
        inviteHash: undefined,
        at,
      });
      await engine.directory.signIn({ device, user, name: 'laptop', tokenHash: hashSecret(token), at }, 50);
      return { user, device, handle, token };
    },
    /** The same person on another device. */
    async again({ user, handle }: TestPerson): Promise<TestPerson> {
      const [device, token, at] = [newDeviceId(), newToken(random), clock.now()];
      await engine.directory.signIn({ device, user, name: 'phone', tokenHash: hashSecret(token), at }, 50);
      return { user, device, handle, token };
    },

    async group(by: TestPerson, ...others: TestPerson[]): Promise<RoomId> {
      const room = newRoomId();
      const users = others.map(({ user }) => user);
      const body = {
        kind: 'create',
        roomKind: 'group',
        room,
        clientMessageId: nextId(),
        name: 'Floor',
        users,
      } as const;
      await client.call('postCommand', { token: by.token, body });
      return room;
    },

    async direct(by: TestPerson, other: TestPerson): Promise<RoomId> {
      const room = directRoomId(by.user, other.user);
      const body = {
        kind: 'create',
        roomKind: 'direct',
        room,
        clientMessageId: nextId(),
        user: other.user,
      } as const;
      await client.call('postCommand', { token: by.token, body });
      return room;
    },

    /** The direct room of two who are contacts, so that each sees what is soft of the other. */
    async contacts(by: TestPerson, other: TestPerson): Promise<RoomId> {
      const asked = { token: by.token, params: { user: other.user }, body: {} };
      const { room } = await client.call('requestContact', asked);
      const answered = { token: other.token, params: { user: by.user }, body: { accept: true } };
      await client.call('answerRequest', answered);
      return room;
    },

    async send(by: TestPerson, room: RoomId, text: string): Promise<number> {
      const body = {
        kind: 'send',
        room,
        clientMessageId: nextId(),
        content: { type: 'text', text },
      } as const;
      return (await client.call('postCommand', { token: by.token, body })).seq;
    },

    connect,

    /** Opens a session by a ticket, as clients do. */
    async open(token: string | undefined): Promise<MemoryCarrier> {
      const { ticket } = await client.call('getGateway', { token });
      const carrier = connect();
      carrier.say({ kind: 'hello', versions: [1], ticket });
      await carrier.take('welcome');
      return carrier;
    },

    async [Symbol.asyncDispose]() {
      await server.drain();
      await engine[Symbol.asyncDispose]();
    },
  };
}

export type ComposedServer = ReturnType<typeof composedServer<MemoryEngine>>;
