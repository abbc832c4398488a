import type { MaruClient } from '@maru/client';
import type { RoomId, Seq, UserId } from '@maru/protocol';
import type { BegunStage, Cast, Player } from '../simulation/cast.ts';
import type { SeededRandom } from '../simulation/seeded-random.ts';
import type { Said, SimDevice } from '../simulation/sim-device.ts';
import { CALM, type Weather } from '../simulation/sim-network.ts';
import type { Scene, SceneLine, StagedScene } from './scene.ts';
import { TownActs } from './town-acts.ts';

const DEVICES_MAX = 3;
/** More than a room of a session has. */
const EVENTS_MAX = 10_000;
/** Lines in one step of the story. */
const LINES_A_STEP = [1, 1, 2, 3, 5] as const;
/** What the people's networks are like, before it gets worse. */
const WEATHERS: readonly Weather[] = [
  CALM,
  { latencyMs: [1, 300], lose: 0.1, double: 0.1 },
  { latencyMs: [20, 2_000], lose: 0.4, double: 0.2 },
];
/** How likely a line is typed, for others to see, before it is sent; half of those stand as a draft before. */
const TYPED_CHANCE = 0.2;

/**
 * The people of some conversations, each with one to three devices, who say what stands there in the order in which it
 * stands: in direct rooms where two talk, else in groups. Beside it they do to what was said and to each other what
 * {@link TownActs} says, and the stories of the simulation go on, too.
 */
export class PlayedTown implements Cast {
  readonly players: readonly Player[];
  readonly #scenes: readonly Scene[];
  readonly #random: SeededRandom;
  readonly #staged: StagedScene[] = [];
  /** The newest that each life of a device was told to say. */
  readonly #saying = new WeakMap<MaruClient, Promise<void>>();
  #stage: BegunStage | undefined;
  #acts: TownActs | undefined;

  constructor(scenes: readonly Scene[], random: SeededRandom) {
    this.#scenes = scenes;
    this.#random = random;
    const names = new Set(scenes.flatMap(({ speakers }) => speakers));
    this.players = [...names].map((name) => ({ name, devices: random.between(1, DEVICES_MAX) }));
  }

  /** How many lines were taken, and a device was there to hear of it. */
  get heard(): number {
    const said = this.#staged.flatMap((staged) => [...staged.said.values()]);
    return said.filter(({ outcome }) => outcome === 'accepted').length;
  }

  async begin(stage: BegunStage): Promise<void> {
    this.#stage = stage;
    for (const scene of this.#scenes) {
      const [maker, ...others] = scene.speakers.map((name) => this.#user(name));
      const client = maker && stage.devices.find(({ identity }) => identity.user === maker)?.client;
      if (client === undefined) throw new Error(`nobody begins ${scene.name}`);
      const room = await stage.during(this.#found(client, scene, others));
      this.#staged.push({ scene, room, next: 0, said: new Map() });
    }
    for (const device of stage.devices) device.weather = this.#random.pick(WEATHERS);
    this.#acts = new TownActs(stage, this.#random, this.#staged, (name) => this.#user(name));
  }

  step(): boolean {
    const left = this.#staged.filter(({ next, scene }) => next < scene.lines.length);
    if (left.length === 0) return false;
    const staged = this.#random.pick(left);
    for (let count = this.#random.pick(LINES_A_STEP); count > 0; count--) {
      this.#next(staged);
      this.#acts?.step();
    }
    return true;
  }

  async #found(client: MaruClient, { name, speakers }: Scene, others: readonly UserId[]): Promise<RoomId> {
    const [other] = others;
    if (speakers.length === 2 && other !== undefined) {
      const { room, sending } = await client.commands.openDirect(other);
      await sending?.outcome();
      return room;
    }
    const history = this.#random.chance(0.7) ? 'all' : 'since-joined';
    const founding = await client.commands.createGroup(name, others, history);
    await founding.outcome();
    return founding.room;
  }

  /** Says the next line of a scene, or waits for one of its speaker's devices to be on. */
  #next(staged: StagedScene): void {
    const line = staged.scene.lines[staged.next];
    if (line === undefined || this.#stage === undefined) return;
    const user = this.#user(line.speaker);
    const on = this.#stage.devices.filter(({ identity, client }) => identity.user === user && client);
    const [typed, hurries] = [this.#random.chance(TYPED_CHANCE), this.#random.next()];
    if (on.length === 0) return;
    const device = this.#random.pick(on);
    if (typed) this.#type(device, staged.room, line.text, hurries < 0.5);
    const place = staged.next++;
    this.#stage.note('line');
    this.#stage.tried(this.#say(device, staged, line, place));
  }

  /** Says it after what this life of the device was told before, which may still look for what it answers. */
  async #say(device: SimDevice, staged: StagedScene, line: SceneLine, place: number): Promise<void> {
    const { client } = device;
    if (client === undefined) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const before = this.#saying.get(client);
    this.#saying.set(client, promise);
    await before;
    const answered = line.answers === undefined ? undefined : staged.said.get(line.answers);
    const replyTo = answered && (await seqOf(device, answered));
    const saying = device.say(staged.room, line.text, replyTo === undefined ? {} : { replyTo });
    const said = device.said.at(-1);
    if (said !== undefined) staged.said.set(place, said);
    resolve();
    await saying;
  }

  #type(device: SimDevice, room: RoomId, text: string, keeps: boolean): void {
    const { client } = device;
    if (client?.room(room) === undefined) return;
    client.typing(room);
    if (keeps) client.settings.setDraft(room, { text });
  }

  #user(name: string): UserId {
    const place = this.players.findIndex((player) => player.name === name);
    const user = this.#stage?.users[place];
    if (user === undefined) throw new Error(`${name} does not take part`);
    return user;
  }
}

/** What a line became, as far as a device has it. */
async function seqOf(
  { store }: SimDevice,
  { room, device, clientMessageId }: Said,
): Promise<Seq | undefined> {
  const events = await store.events(room, 1, EVENTS_MAX);
  return events.find((event) => event.device === device && event.clientMessageId === clientMessageId)?.seq;
}
