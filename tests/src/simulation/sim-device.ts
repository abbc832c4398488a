import {
  createClient,
  type Fault,
  type HttpRequest,
  type MaruClient,
  MemoryStore,
  type MessageOptions,
  NetworkError,
  type Sending,
  type TransportOption,
} from '@maru/client';
import type { ClientMessageId, DeviceId, RoomId, Seq, UserId } from '@maru/protocol';
import type { SeededRandom } from './seeded-random.ts';
import { SimHttp } from './sim-http.ts';
import { CALM, SimLink, type Weather } from './sim-network.ts';
import type { SimServer } from './sim-server.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Where the server seems to be. */
const BASE_URL = 'http://maru.test';
/** What a network may do to sockets; most do nothing. */
const WALLS = [undefined, undefined, 'refuses', 'swallows', 'cuts'] as const;
/** Between plain polls. */
export const SIM_POLL_MS = 1_000;
const EPOCH_MS = Date.parse('2026-01-01T00:00:00Z');

/** A room, and the beginning of each event that follows it in a frame. What anybody wrote has its quotation marks escaped. */
const GIVEN = /"room":"(room_\w+)"|\{"seq":(\d+),"at":\d+,"kind"/g;

export interface SimIdentity {
  readonly user: UserId;
  readonly device: DeviceId;
  readonly token: string;
}

/** A text that a device was told to send, and what it heard of it. */
export interface Said {
  readonly device: DeviceId;
  readonly room: RoomId;
  readonly text: string;
  outcome: 'given' | 'accepted' | 'refused' | 'lost';
  /** Its name, once the device had stored it. */
  clientMessageId: ClientMessageId | undefined;
}

interface SimDeviceDeps {
  readonly identity: SimIdentity;
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly server: SimServer;
  readonly transport: TransportOption;
}

/** One installation of the SDK: it can lose its connection, lose its power, and come back with what its disk had. */
export class SimDevice {
  readonly identity: SimIdentity;
  readonly said: Said[] = [];
  /** What it was told to send on: in no order that could be told, for each is read first. */
  readonly forwarded: Said[] = [];
  readonly faults: Fault[] = [];
  /** How many deliveries the weather took. */
  lost = 0;
  /** The numbers of all events that the server gave to this device, by room. */
  readonly given = new Map<RoomId, Set<number>>();
  weather: Weather = CALM;
  /** Whether something on the way to the server may take sockets for what they are not. */
  walled = true;
  /** Whether it has no network: nothing that it begins from now on gets anywhere. */
  offline = false;
  /** Until when, in virtual time, it reads nothing of what comes to it. */
  stalledUntil = 0;
  /** How far the device's clock is off. */
  clockOffsetMs = 0;
  readonly #deps: SimDeviceDeps;
  readonly #links = new Set<SimLink>();
  readonly #https = new Set<SimHttp>();
  #store: MemoryStore;
  #client: MaruClient | undefined;
  #life = 0;
  #on = false;

  constructor(deps: SimDeviceDeps) {
    this.#deps = deps;
    this.identity = deps.identity;
    this.#store = new MemoryStore({ sync: () => deps.time.sleep(deps.random.between(0, 5)) });
  }

  /** The SDK, while the device is on. */
  get client(): MaruClient | undefined {
    return this.#client;
  }

  /** By what it should reach the server, and by what it does. */
  get transports(): { readonly asked: TransportOption; readonly taken: string | undefined } {
    const connection = this.#client?.connection;
    const taken = connection !== undefined && 'transport' in connection ? connection.transport : undefined;
    return { asked: this.#deps.transport, taken };
  }

  get store(): MemoryStore {
    return this.#store;
  }

  /** Does nothing to a device that is on, or being started. */
  async start(): Promise<void> {
    if (this.#on) return;
    this.#on = true;
    const life = ++this.#life;
    const client = await createClient({
      baseUrl: BASE_URL,
      store: this.#store,
      signedIn: { ...this.identity, gateway: { url: '', ticket: '', expiresAt: 0 } },
      environment: this.#environment(life),
      transport: this.#deps.transport,
      onFault: (fault) => this.faults.push(fault),
      pollMs: SIM_POLL_MS,
    });
    if (life === this.#life) this.#client = client;
  }

  /** The power fails: what the disk did not have is gone, and nobody says goodbye. */
  crash(): void {
    this.#life++;
    this.#on = false;
    this.cut(true);
    this.#client = undefined;
    this.#store = this.#store.crash();
    for (const said of [...this.said, ...this.forwarded])
      if (said.outcome === 'given' && said.clientMessageId === undefined) said.outcome = 'lost';
  }

  cut(silent: boolean): void {
    for (const link of this.#links) link.cut(silent);
    this.#links.clear();
    for (const http of this.#https) http.cut(silent);
  }

  /** Sends a text and keeps book of it. */
  async say(room: RoomId, text: string, options: MessageOptions = {}): Promise<void> {
    const client = this.#client;
    if (client === undefined) return;
    const said: Said = {
      ...{ device: this.identity.device, room, text },
      outcome: 'given',
      clientMessageId: undefined,
    };
    this.said.push(said);
    await follow(said, await client.commands.send(room, text, options));
  }

  /** Sends a message of one room on to another, and keeps book of it. */
  async forward(room: RoomId, seq: Seq, to: RoomId): Promise<void> {
    const [sending] = (await this.#client?.forward(room, seq, [to])) ?? [];
    if (sending === undefined) return;
    const { clientMessageId } = sending;
    const said: Said = {
      ...{ device: this.identity.device, room: to, text: `${seq} of ${room}` },
      ...{ outcome: 'given', clientMessageId },
    };
    this.forwarded.push(said);
    await follow(said, sending);
  }
  /** Reads past the SDK, which keeps nothing that its user may not see. */
  #note(frame: string): void {
    let events: Set<number> | undefined;
    for (const [, room, seq] of frame.matchAll(GIVEN)) {
      if (room !== undefined) {
        events = this.given.get(room as RoomId) ?? new Set();
        this.given.set(room as RoomId, events);
      } else events?.add(Number(seq));
    }
  }

  #environment(life: number) {
    const { time, server } = this.#deps;
    const random = this.#deps.random.fork();
    const lives = () => life === this.#life;
    // Chance of its own where there is more to decide, so that devices with sockets alone tell the stories they told.
    const rough = this.#deps.transport === 'websocket' ? undefined : random.fork();
    const http = new SimHttp({
      ...{ time, random, rough, server },
      weather: () => this.weather,
      stalledUntil: () => this.stalledUntil,
      onGiven: (answer) => this.#note(answer),
    });
    this.#https.clear();
    this.#https.add(http);
    return {
      clock: {
        now: () => Math.floor(EPOCH_MS + time.elapsed + this.clockOffsetMs),
        monotonic: () => time.elapsed,
        after: (ms: number, run: () => void) => time.after(ms, () => lives() && run()),
      },
      random: (count: number) => random.bytes(count),
      transport: {
        connect: (_url: string, handlers: ConstructorParameters<typeof SimLink>[0]['handlers']) => {
          const link = new SimLink({
            ...{ time, random, topics: server.topics },
            weather: () => this.weather,
            stalledUntil: () => this.stalledUntil,
            onGiven: (frame) => this.#note(frame),
            onLost: () => this.lost++,
            handlers: {
              onOpen: () => lives() && handlers.onOpen(),
              onAlive: () => lives() && handlers.onAlive(),
              onFrame: (text: string) => lives() && handlers.onFrame(text),
              onClose: (code: number) => lives() && handlers.onClose(code),
            },
          });
          this.#links.add(link);
          const wall = this.walled && this.#deps.transport === 'auto' ? rough?.pick(WALLS) : undefined;
          time.after(random.between(...this.weather.latencyMs), () => {
            if (wall === 'refuses' || this.offline) link.refuse();
            else if (wall !== 'swallows') server.accept(link);
          });
          if (wall === 'cuts') time.after(rough?.between(0, 3_000) ?? 0, () => link.cut(false));
          return link;
        },
      },
      http: (request: HttpRequest) =>
        this.offline ? Promise.reject(new NetworkError('no network')) : http.request(request),
    };
  }
}

async function follow(said: Said, sending: Sending): Promise<void> {
  said.clientMessageId = sending.clientMessageId;
  const outcome = await sending.outcome();
  said.clientMessageId = sending.clientMessageId; // Another one, if the first was too old.
  said.outcome = outcome.kind === 'accepted' ? 'accepted' : 'refused';
}
