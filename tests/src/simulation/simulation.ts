import type { MessageOptions, TransportOption } from '@maru/client';
import { limits, type RoomId, type UserId } from '@maru/protocol';
import { verify } from '@maru/server';
import { becomeInStep } from './become-in-step.ts';
import { type Cast, FewPeople } from './cast.ts';
import { checkEverything } from './check.ts';
import { checkEqual } from './check-equal.ts';
import { listFaults, planFaults } from './check-plans.ts';
import { checkTransports } from './check-transports.ts';
import { countHappened } from './count-happened.ts';
import { isExpected } from './is-expected.ts';
import { namingOf } from './naming.ts';
import { checkProfiles } from './profile-story.ts';
import { SeededRandom } from './seeded-random.ts';
import { makeAccount, signIn } from './sign-up.ts';
import { SimDevice } from './sim-device.ts';
import { CALM } from './sim-network.ts';
import { SimServer } from './sim-server.ts';
import type { Happened, SimulationOptions } from './simulation-options.ts';
import { softFaults } from './soft-talk.ts';
import type { Stage } from './stage.ts';
import { type Stories, storiesOf } from './stories.ts';
import { BESIDE } from './story-seeds.ts';
import { anyMessage } from './talk-story.ts';
import { readTruth } from './truth.ts';
import { VirtualTime } from './virtual-time.ts';

/** People without a device, who make one room big enough to be published to. */
const EXTRAS = 32;
/** What devices reach the server by, in turn, in every other story; in those between, all have sockets. */
const TRANSPORTS: readonly TransportOption[] = ['websocket', 'long-poll', 'auto', 'poll'];
/**
 * Virtual time within which everything must be in step again once the weather is calm. A slow mode of a minute holds what
 * one device has for a group up that long for each message.
 */
const CALM_MS_MAX = 3_600_000;

/** Of so many seeds one has rates that are passed, and one is verified as `maru verify` does. */
const TIGHT_EVERY = 5;
const VERIFY_EVERY = 4;

/** A world of people with devices, one server, and weather, in which all chance comes from one seed. */
export class Simulation {
  readonly random: SeededRandom;
  readonly time: VirtualTime;
  readonly server: SimServer;
  readonly devices: SimDevice[] = [];
  readonly users: UserId[] = [];
  /** What happened, a line each; the same for the same seed. */
  readonly trace: string[] = [];
  readonly #unexpected: unknown[] = [];
  readonly #extras: UserId[] = [];
  readonly #seed: number;
  readonly #transport: TransportOption | undefined;
  readonly #beside: SeededRandom;
  readonly #stories: Stories;
  readonly #stage: Stage;
  readonly #cast: Cast;
  #count = 0;

  constructor(seed: number, { transport, ...options }: SimulationOptions = {}, cast: Cast = new FewPeople()) {
    const { plain = false } = options;
    this.random = new SeededRandom(seed);
    this.time = new VirtualTime(this.random.fork());
    this.#seed = seed;
    this.#transport = transport ?? (plain ? 'websocket' : undefined);
    const tight = !plain && seed % TIGHT_EVERY === 0;
    this.server = new SimServer(this.time, this.random.fork(), tight ? 'tight' : 'free');
    this.#beside = new SeededRandom(seed + BESIDE);
    const { time, server, devices, users } = this;
    this.#cast = cast;
    this.#stage = {
      ...{ time, server, devices, users },
      note: (what: string) => this.#note(what),
      tried: (work: Promise<unknown>) => void this.#try(work),
    };
    this.#stories = storiesOf(seed, options, this.#stage, this.#beside);
  }

  /** Runs the whole story. Throws with what is wrong, if anything is at the end. */
  async run(): Promise<Happened> {
    await this.#signUp();
    this.server.start();
    for (const device of this.devices) await this.during(device.start());
    await this.time.run(2_000);
    await this.#cast.begin({ ...this.#stage, during: (work) => this.during(work) });
    while (this.#cast.step()) {
      await this.#step();
      for (const story of this.#stories.beside) story.step();
      await this.time.run(this.random.pick([0, 5, 50, 400, 3_000]));
    }
    await this.#calm();
    await this.#becomeInStep();
    const soft = await this.#softTalk();
    await this.#becomeInStep();
    const vanished = (await this.#stories.timed?.end()) ?? 0;
    await this.#becomeInStep();
    await checkEverything(this);
    await checkEqual(this);
    if (this.#stories.profiles !== undefined) await checkProfiles(this, this.users);
    await this.#checkPlans();
    checkTransports(this.devices);
    const verified = await this.#verify();
    if (soft !== undefined && soft.length > 0) throw new Error(soft.join('\n'));
    if (this.#unexpected.length > 0)
      throw new AggregateError(this.#unexpected, 'the SDK threw what it should not');
    const { engine, counts } = this.server;
    const talks = soft === undefined ? 0 : 1;
    const counted = await countHappened(engine, this.devices, this.#stories.timed);
    return { ...counts, ...counted, talks, verified, vanished };
  }

  /** Lets so much time pass that soft things arrive, and that beats bring every cursor to its head. */
  async #softTalk(): Promise<string[] | undefined> {
    await this.time.run(limits.BEAT_MS + 2_000);
    await this.#becomeInStep();
    return softFaults(this, await readTruth(this.server.engine), this.#beside);
  }

  /** ORD5, DUR6: what can be read is what a replay of the log gives, by the server's own rules. */
  async #verify(): Promise<number> {
    if (this.#seed % VERIFY_EVERY !== 0) return 0;
    const { findings } = await verify(this.server.engine);
    if (findings.length > 0) throw new Error(`verify found ${JSON.stringify(findings)}`);
    return 1;
  }

  async #signUp(): Promise<void> {
    const { random, time, server } = this;
    const { engine } = server;
    const { players } = this.#cast;
    const account = (handle: string, name?: string) => this.during(makeAccount(engine, random, handle, name));
    for (const [u, { name }] of players.entries()) this.users.push(await account(`user${u}`, name));
    for (let e = 0; e < EXTRAS; e++) this.#extras.push(await account(`extra${e}`));
    for (const [u, user] of this.users.entries()) {
      for (let d = 0; d < (players[u]?.devices ?? 0); d++) {
        const identity = await this.during(signIn(engine, random, user));
        const transport = this.#transport ?? this.#nextTransport();
        this.devices.push(new SimDevice({ identity, time, random: random.fork(), server, transport }));
      }
    }
  }

  #nextTransport(): TransportOption {
    if (this.#seed % 2 === 0) return 'websocket';
    const turn = (this.#seed + 1) / 2 + this.devices.length;
    return TRANSPORTS[turn % TRANSPORTS.length] ?? 'auto';
  }

  /** Lets time run until something is done. */
  during<T>(work: Promise<T>): Promise<T> {
    return this.time.during(work);
  }

  async #step(): Promise<void> {
    const { random } = this;
    const device = random.pick(this.devices);
    const roll = random.next();
    this.#stories.relating?.step(device);
    if (roll < 0.12) await this.#mishap(device);
    else if (roll < 0.2) this.#found(device);
    else this.#act(device);
  }

  async #mishap(device: SimDevice): Promise<void> {
    const { random, server } = this;
    const kind = random.pick([
      'cut',
      'silent',
      'weather',
      'device',
      'server',
      'disk',
      'clocks',
      'cut-all',
      'slow-disk',
    ] as const);
    this.#note(kind);
    switch (kind) {
      case 'cut':
      case 'silent':
        device.cut(kind === 'silent');
        return;
      case 'weather':
        device.weather = {
          latencyMs: [1, random.pick([20, 300, 2_000])],
          lose: random.pick([0, 0.1, 0.5]),
          double: random.pick([0, 0.2]),
        };
        return;
      case 'device':
        device.crash();
        this.time.after(random.between(0, 20_000), () => void device.start());
        return;
      case 'server':
        if (!server.running) return;
        server.crash();
        this.time.after(random.between(0, 20_000), () => {
          if (!server.running) server.start();
        });
        return;
      case 'disk':
        server.diskFull = true;
        this.time.after(random.between(0, 5_000), () => {
          server.diskFull = false;
        });
        return;
      case 'slow-disk':
        server.syncMs = [0, random.pick([0, 8, 500])];
        return;
      case 'clocks':
        server.clockOffsetMs = random.between(-3_600_000, 3_600_000);
        device.clockOffsetMs = random.between(-3_600_000, 3_600_000);
        return;
      case 'cut-all':
        for (const each of this.devices) each.cut(random.chance(0.3));
        return;
    }
  }

  /** Makes a room. */
  #found({ client, identity }: SimDevice): void {
    if (client === undefined) return;
    const { random } = this;
    const others = this.users.filter((user) => user !== identity.user);
    if (random.chance(0.5)) {
      this.#note('direct');
      void this.#try(client.commands.openDirect(random.pick(others)));
      return;
    }
    this.#note('group');
    const big = random.chance(0.2) ? this.#extras : [];
    const users = [...others.filter(() => random.chance(0.7)), ...big];
    void this.#try(client.commands.createGroup(`group ${this.#count++}`, users, this.#history()));
  }

  #act(device: SimDevice): void {
    const { client } = device;
    const { random } = this;
    const rooms = client?.allRooms ?? [];
    if (client === undefined || rooms.length === 0) return;
    // In an order of our own: the list's is by time, which clocks may make equal.
    const room = random.pick(rooms.map((each) => each.room).sort());
    const roll = random.next();
    if (roll < 0.55) {
      const burst = random.pick([1, 1, 1, 5]);
      this.#note(`say ${burst}`);
      for (let i = 0; i < burst; i++)
        void this.#try(device.say(room, `message ${this.#count++}`, this.#naming()));
      return;
    }
    if (roll < 0.75) {
      this.#readOrChange(device, room);
      return;
    }
    this.#note('manage');
    const user = random.pick(this.users);
    const { commands } = client;
    void this.#try(
      random.pick([
        () => commands.addMembers(room, [user]),
        () => commands.removeMember(room, user),
        () => commands.leave(room),
        () => commands.rename(room, `name ${this.#count++}`),
        () => commands.setHistory(room, this.#history()),
        () => commands.describe(room, random.pick(['', `about ${this.#count++}`])),
      ])(),
    );
  }

  #readOrChange(device: SimDevice, room: RoomId): void {
    const { random } = this;
    const { client, identity } = device;
    if (client === undefined) return;
    const action = random.pick(['read', 'unread', 'edit', 'delete', 'typing', 'look'] as const);
    this.#note(action);
    switch (action) {
      case 'read':
      case 'unread':
        if (client.room(room)?.membership !== 'member') return;
        if (action === 'read') client.markRead(room);
        else client.markUnread(room);
        return;
      case 'typing':
        client.typing(room);
        return;
      case 'look':
        void this.#try(client.look([room]));
        return;
      default: {
        const chance = random.next();
        void this.#try(
          anyMessage(device, room, chance, ({ sender }) => sender === identity.user).then((target) => {
            if (target === undefined) return undefined;
            return action === 'edit'
              ? client.commands.edit(room, target, `edited ${this.#count++}`, this.#naming())
              : client.commands.delete(room, target);
          }),
        );
      }
    }
  }

  /** The weather clears, and everything is on. */
  async #calm(): Promise<void> {
    this.#note('calm');
    this.server.diskFull = false;
    this.server.syncMs = [0, 8];
    if (!this.server.running) this.server.start();
    for (const device of this.devices) {
      device.weather = CALM;
      device.walled = false;
      device.stalledUntil = 0;
      if (device.client === undefined) await this.during(device.start());
      device.client?.connect();
    }
  }

  #becomeInStep(): Promise<void> {
    return becomeInStep(this.time, this.devices, CALM_MS_MAX);
  }

  async #checkPlans(): Promise<void> {
    const { engine } = this.server;
    const story = this.#stories.timed;
    const wrong = story === undefined ? [] : await planFaults(story, await readTruth(engine), engine);
    wrong.push(...(await listFaults(this.devices, engine)));
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
  }

  #history(): 'all' | 'since-joined' {
    return this.random.chance(0.5) ? 'all' : 'since-joined';
  }

  #naming(): MessageOptions {
    return this.#stories.soft === undefined ? {} : namingOf(this.#count, this.users);
  }

  /** Refusals are part of the story. */
  async #try(work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (!isExpected(error)) this.#unexpected.push(error);
    }
  }

  #note(what: string): void {
    this.trace.push(`${this.time.elapsed.toFixed(3)} ${what}`);
  }
}
