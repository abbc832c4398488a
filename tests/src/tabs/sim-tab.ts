import type { ConnectionHandlers, Environment, Fault, HttpRequest, MaruClient } from '@maru/client';
import { createTabClient, type MemorySharedDisk, MemorySharedStore } from '@maru/client/tabs';
import type { VirtualTab } from '@maru/client/testing/virtual-tabs';
import type { RoomId } from '@maru/protocol';
import type { SeededRandom } from '../simulation/seeded-random.ts';
import type { SimIdentity } from '../simulation/sim-device.ts';
import { SimHttp } from '../simulation/sim-http.ts';
import { CALM, SimLink } from '../simulation/sim-network.ts';
import type { SimServer } from '../simulation/sim-server.ts';
import type { VirtualTime } from '../simulation/virtual-time.ts';

const EPOCH_MS = Date.parse('2026-01-01T00:00:00Z');

interface SimTabDeps {
  readonly identity: SimIdentity;
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly server: SimServer;
  readonly tab: VirtualTab;
  readonly disk: MemorySharedDisk;
  readonly faults: Fault[];
}

/** A text that was said in a tab. */
export interface TabSaid {
  readonly text: string;
  /** Whether the tab heard that it is stored. */
  durable: boolean;
  /** `rejected`: the tab heard that it is not stored. */
  outcome: 'accepted' | 'failed' | 'rejected' | undefined;
}

/** One tab of a browser, with the SDK: it can be killed, and put to sleep. */
export class SimTab {
  readonly said: TabSaid[] = [];
  readonly #deps: SimTabDeps;
  readonly #store: MemorySharedStore;
  readonly #links = new Set<SimLink>();
  #client: MaruClient | undefined;
  isAsleep = false;

  constructor(deps: SimTabDeps) {
    this.#deps = deps;
    this.#store = new MemorySharedStore(deps.disk, {
      sync: () => deps.time.sleep(deps.random.between(0, 4)),
    });
  }

  /** The SDK, once it is there. */
  get client(): MaruClient | undefined {
    return this.#client;
  }

  /** @param signsIn whether its user signs in in it */
  async start(signsIn: boolean): Promise<void> {
    const { identity, tab, faults } = this.#deps;
    this.#client = await createTabClient({
      baseUrl: 'http://maru.test',
      name: 'maru',
      ...(signsIn && { signedIn: { ...identity, gateway: { url: '', ticket: '', expiresAt: 0 } } }),
      environment: this.#environment(),
      transport: 'websocket',
      ...{ store: this.#store, tabs: tab, onFault: (fault: Fault) => faults.push(fault) },
    });
  }

  /** Its process ends, and its sockets with it. */
  kill(): void {
    this.#deps.tab.kill();
    this.#store.kill();
    this.cut(false);
    this.#client = undefined;
  }

  sleep(): void {
    this.isAsleep = true;
    this.#deps.tab.sleep();
  }

  wake(): void {
    this.isAsleep = false;
    this.#deps.tab.wake();
  }

  cut(silent: boolean): void {
    for (const link of this.#links) link.cut(silent);
    this.#links.clear();
  }

  /** Says something and keeps book of it. */
  async say(room: RoomId, text: string): Promise<void> {
    if (this.#client === undefined) return;
    const said: TabSaid = { text, durable: false, outcome: undefined };
    this.said.push(said);
    try {
      const sending = await this.#client.commands.send(room, text);
      said.durable = true;
      said.outcome = (await sending.outcome()).kind;
    } catch {
      if (!said.durable) said.outcome = 'rejected';
    }
  }

  #environment(): Environment {
    const { time, server, tab } = this.#deps;
    const random = this.#deps.random.fork();
    const run = (what: () => void) => tab.run(what);
    const calm = { weather: () => CALM, stalledUntil: () => 0, onGiven: () => undefined };
    const http = new SimHttp({ ...{ time, random, server, rough: undefined }, ...calm });
    return {
      clock: {
        now: () => Math.floor(EPOCH_MS + time.elapsed),
        monotonic: () => time.elapsed,
        after: (ms, what) => time.after(ms, () => run(what)),
      },
      random: (count) => random.bytes(count),
      transport: {
        connect: (_url: string, handlers: ConnectionHandlers) => {
          const link = new SimLink({
            ...{ time, random, topics: server.topics },
            ...calm,
            onLost: () => undefined,
            handlers: {
              onOpen: () => run(() => handlers.onOpen()),
              onAlive: () => run(() => handlers.onAlive()),
              onFrame: (text) => run(() => handlers.onFrame(text)),
              onClose: (code) => run(() => handlers.onClose(code)),
            },
          });
          this.#links.add(link);
          time.after(random.between(1, 10), () => server.accept(link));
          return link;
        },
      },
      http: (request: HttpRequest) => http.request(request),
    };
  }
}
