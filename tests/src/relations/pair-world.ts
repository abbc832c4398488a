import type { MaruClient } from '@maru/client';
import { directRoomId, type RelationView, type RoomId, type UserId } from '@maru/protocol';
import { becomeInStep } from '../simulation/become-in-step.ts';
import { SeededRandom } from '../simulation/seeded-random.ts';
import { makeAccount, signIn } from '../simulation/sign-up.ts';
import { SimDevice } from '../simulation/sim-device.ts';
import { SimServer } from '../simulation/sim-server.ts';
import { VirtualTime } from '../simulation/virtual-time.ts';

const CALM_MS_MAX = 180_000;

/** Two people with several devices each, and a server, on virtual time: they do nothing by themselves. */
export class PairWorld {
  readonly users: UserId[] = [];
  /** By person. */
  readonly devices: SimDevice[][] = [];
  readonly time: VirtualTime;
  readonly #server: SimServer;
  readonly #random: SeededRandom;

  private constructor(seed: number) {
    this.#random = new SeededRandom(seed);
    this.time = new VirtualTime(this.#random.fork());
    this.#server = new SimServer(this.time, this.#random.fork(), 'free');
  }

  static async start(seed: number, devicesEach: number): Promise<PairWorld> {
    const world = new PairWorld(seed);
    world.#server.start();
    for (const handle of ['mina', 'jun']) await world.#signUp(handle, devicesEach);
    await world.time.run(1_000);
    return world;
  }

  get room(): RoomId {
    const [mina, jun] = this.users;
    if (mina === undefined || jun === undefined) throw new Error('nobody has signed up');
    return directRoomId(mina, jun);
  }

  /** Lets time run until something is done. */
  during<T>(work: Promise<T> | T): Promise<T> {
    return this.time.during(work);
  }

  /** Everybody has a network and is on, until nothing is on its way any more. */
  async becomeCalm(): Promise<void> {
    const all = this.devices.flat();
    for (const device of all) {
      device.offline = false;
      await this.during(device.start());
      device.client?.connect();
    }
    await becomeInStep(this.time, all, CALM_MS_MAX);
  }

  /** What the server tells a person of the relation; `undefined`: there is no room. */
  async told(client: MaruClient): Promise<RelationView | undefined> {
    const asked = client.api.getRoom({ params: { room: this.room } });
    return this.during(
      asked.then(
        ({ relation }) => relation,
        () => undefined,
      ),
    );
  }

  async #signUp(handle: string, devicesEach: number): Promise<void> {
    const server = this.#server;
    const [time, random, { engine }] = [this.time, this.#random, server];
    const user = await this.during(makeAccount(engine, random, handle));
    const devices: SimDevice[] = [];
    for (let number = 0; number < devicesEach; number++) {
      const identity = await this.during(signIn(engine, random, user));
      const deps = { identity, time, random: random.fork(), server };
      devices.push(new SimDevice({ ...deps, transport: 'websocket' }));
    }
    for (const device of devices) await this.during(device.start());
    this.users.push(user);
    this.devices.push(devices);
  }
}
