import type { Fault, MaruClient } from '@maru/client';
import { MemorySharedDisk } from '@maru/client/tabs';
import { VirtualBrowser } from '@maru/client/testing/virtual-tabs';
import { directRoomId, newDeviceId, newUserId, type RoomId, type Seq } from '@maru/protocol';
import { SeededRandom } from '../simulation/seeded-random.ts';
import { SimDevice, type SimIdentity } from '../simulation/sim-device.ts';
import { SimServer } from '../simulation/sim-server.ts';
import { VirtualTime } from '../simulation/virtual-time.ts';
import { SimTab } from './sim-tab.ts';

const STEPS = 60;
const TABS_MAX = 3;
const CALM_MS_MAX = 180_000;
/** How long a step takes: mostly so short that much is under way when the next begins. */
const WAITS_MS = [0, 0, 1, 3, 10, 40, 300, 7_000] as const;

/** Somebody with several tabs in one browser, and somebody with whom they talk, for a while by a seed. */
export class TabStory {
  readonly trace: string[] = [];
  readonly faults: Fault[] = [];
  /** Those that were killed or closed, too. */
  readonly all: SimTab[] = [];
  readonly happened = { killed: 0, slept: 0, crashed: 0, handedOver: 0 };
  readonly disk = new MemorySharedDisk();
  readonly #random: SeededRandom;
  readonly #time: VirtualTime;
  readonly #server: SimServer;
  readonly #browser: VirtualBrowser;
  #identity: SimIdentity | undefined;
  #other: SimDevice | undefined;
  #open: SimTab[] = [];
  #texts = 0;

  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
    this.#time = new VirtualTime(this.#random.fork());
    this.#server = new SimServer(this.#time, this.#random.fork(), 'free');
    const delays = this.#random.fork();
    this.#browser = new VirtualBrowser((run) => void this.#time.after(delays.between(0, 3), run));
  }

  get tabs(): readonly MaruClient[] {
    return this.#open.flatMap(({ client }) => client ?? []);
  }

  get other(): MaruClient {
    const client = this.#other?.client;
    if (client === undefined) throw new Error('the other is not there');
    return client;
  }

  get room(): RoomId {
    if (this.#identity === undefined || this.#other === undefined) throw new Error('nobody has signed up');
    return directRoomId(this.#identity.user, this.#other.identity.user);
  }

  async run(): Promise<void> {
    this.#server.start();
    this.#identity = await this.#signUp('mina');
    const identity = await this.#signUp('jun');
    const deps = { time: this.#time, random: this.#random.fork(), server: this.#server };
    this.#other = new SimDevice({ identity, ...deps, transport: 'websocket' });
    await this.during(this.#other.start());
    const { sending } = await this.during(this.other.commands.openDirect(this.#identity.user));
    await this.during(sending?.outcome());
    await this.during(this.#openTab());
    for (let step = 0; step < STEPS; step++) {
      this.#step();
      await this.#time.run(this.#random.pick(WAITS_MS));
    }
    await this.#becomeCalm();
  }

  /** Lets time run until something is done. */
  async during<T>(work: Promise<T> | T): Promise<T> {
    const working = Promise.resolve(work);
    let done = false;
    const end = () => {
      done = true;
    };
    working.then(end, end);
    if (!(await this.#time.run(60_000, () => done))) throw new Error('something is not done after a minute');
    return working;
  }

  /** What is on its way arrives. */
  async rest(): Promise<void> {
    await this.#time.run(1_000);
  }

  #step(): void {
    const chance = this.#random.next();
    const awake = this.#open.filter((tab) => !tab.isAsleep && tab.client !== undefined);
    if (this.#open.length === 0 || (chance < 0.12 && this.#open.length < TABS_MAX)) void this.#openTab();
    else if (chance < 0.2) this.#kill(this.#random.pick(this.#open));
    else if (chance < 0.26) this.#doze(this.#random.pick(this.#open));
    else if (chance < 0.3) this.#close(this.#random.pick(this.#open));
    else if (chance < 0.34) this.#crashServer();
    else if (chance < 0.38) this.#random.pick(this.#open).cut(this.#random.chance(0.5));
    else if (chance < 0.5) void this.#other?.say(this.room, this.#text());
    else if (awake.length > 0) this.#act(this.#random.pick(awake));
  }

  #act(tab: SimTab): void {
    const { client } = tab;
    const snapshot = client?.room(this.room);
    if (client === undefined || snapshot === undefined) return;
    const chance = this.#random.next();
    const seq = snapshot.latest?.seq;
    if (chance < 0.6) {
      const text = this.#text();
      this.#say(`tab ${this.all.indexOf(tab)} says ${text}`);
      void tab.say(this.room, text);
    } else if (chance < 0.7) client.markRead(this.room);
    else if (chance < 0.8) client.settings.setDraft(this.room, { text: this.#text() });
    else if (chance < 0.9) void client.settings.star(this.room, (seq ?? 1) as Seq).catch(() => undefined);
    else if (seq !== undefined) void client.commands.react(this.room, seq, '👍').catch(() => undefined);
  }

  async #openTab(): Promise<void> {
    if (this.#identity === undefined) return;
    const tab = new SimTab({
      ...{ identity: this.#identity, time: this.#time, server: this.#server, disk: this.disk },
      ...{ random: this.#random.fork(), tab: this.#browser.openTab(), faults: this.faults },
    });
    this.#say(`tab ${this.all.length} opens`);
    this.all.push(tab);
    this.#open.push(tab);
    await tab.start(this.disk.disk.state().identity === undefined);
    await tab.client?.open(this.room).catch(() => undefined);
  }

  #kill(tab: SimTab): void {
    this.#say(`tab ${this.all.indexOf(tab)} is killed`);
    this.happened.killed++;
    tab.kill();
    this.#open = this.#open.filter((other) => other !== tab);
  }

  #close(tab: SimTab): void {
    if (tab.isAsleep || tab.client === undefined) return;
    this.#say(`tab ${this.all.indexOf(tab)} is closed`);
    this.happened.handedOver++;
    this.#open = this.#open.filter((other) => other !== tab);
    void tab.client[Symbol.asyncDispose]().catch(() => undefined);
  }

  #doze(tab: SimTab): void {
    this.#say(`tab ${this.all.indexOf(tab)} ${tab.isAsleep ? 'wakes' : 'sleeps'}`);
    this.happened.slept++;
    if (tab.isAsleep) tab.wake();
    else tab.sleep();
  }

  #crashServer(): void {
    this.#say('the server dies, and starts again');
    this.happened.crashed++;
    this.#server.crash();
    this.#server.start();
  }

  async #becomeCalm(): Promise<void> {
    this.#say('calm');
    for (const tab of this.#open) if (tab.isAsleep) tab.wake();
    if (this.#open.length === 0) await this.during(this.#openTab());
    const end = this.#time.elapsed + CALM_MS_MAX;
    for (;;) {
      await this.#time.run(1_000);
      for (const client of this.tabs) client.connect();
      if (await this.#isCalm()) {
        // What was accepted just now is still on its way to the others.
        await this.rest();
        return;
      }
      if (this.#time.elapsed >= end) throw new Error(`out of step in spite of calm: ${this.#lacks()}`);
    }
  }

  async #isCalm(): Promise<boolean> {
    const { outbox, own, cursor } = this.disk.disk.state();
    if (outbox.length > 0 || this.disk.given.length > 0 || own.some(({ pending }) => pending)) return false;
    if (this.tabs.length < this.#open.length) return false;
    const state = await this.#other?.store.load();
    const clients = [...this.tabs, this.other];
    // Who was cut off without a word believes for a while that nothing happens.
    const newest = new Set(clients.map((client) => client.room(this.room)?.latest?.seq));
    return (
      newest.size === 1 &&
      cursor !== undefined &&
      state?.outbox.length === 0 &&
      clients.every(({ connection }) => connection.state === 'online')
    );
  }

  #lacks(): string {
    const { outbox, own } = this.disk.disk.state();
    const states = [...this.tabs, this.other].map(({ connection }) => connection.state);
    return JSON.stringify({ outbox, given: this.disk.given, own, states, open: this.#open.length });
  }

  #text(): string {
    return `text ${++this.#texts}`;
  }

  #say(what: string): void {
    this.trace.push(`${Math.round(this.#time.elapsed)} ms: ${what}`);
  }

  async #signUp(handle: string): Promise<SimIdentity> {
    const bytes = () => this.#random.bytes(16);
    const { directory } = this.#server.engine;
    const user = newUserId(bytes);
    const account = { user, handle, name: handle, at: 0, passwordHash: undefined, inviteHash: undefined };
    await this.during(directory.createUser({ ...account, recoveryHashes: [], administrator: false }));
    const device = newDeviceId(bytes);
    const token = `maru_${device}`;
    const tokenHash = new Bun.CryptoHasher('sha256').update(token).digest('hex');
    await this.during(directory.signIn({ device, user, name: 'sim', tokenHash, at: 0 }, 50));
    return { user, device, token };
  }
}
