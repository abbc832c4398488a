import type { RoomId, Seq } from '@maru/protocol';
import { type Actor, Gone } from './actor.ts';
import { type DemoTown, likersOf, type PlayedRoom } from './make-town.ts';
import type { SeededChance } from './seeded-chance.ts';
import { ANSWERS } from './talk/directs.ts';
import type { Line } from './talk/scene.ts';

export interface PlayOptions {
  readonly chance: SeededChance;
  /** How much faster than people all goes: 1 is as they are. */
  readonly pace: number;
  readonly signal: AbortSignal;
  /** Hears of what went wrong; the play goes on. */
  readonly onFault: (error: unknown) => void;
}

/** Between two lines of a conversation, in ms. */
const PAUSE_MS = [2_500, 9_000] as const;
/** How long somebody types, in ms: so much, and for each character. */
const TYPING_MS = [900, 45] as const;
const LOOK_MS = 1_500;
/** How often somebody comes, goes, or turns to something else, in ms. */
const WALK_MS = 7_000;
/** How many conversations go on at once. */
const STAGES_AT_ONCE = 3;
/** Of the cast, so many are away at most, so that there is always somebody to talk. */
const AWAY_SHARE_MAX = 0.3;

/** Lets the cast talk, type, read, react, come and go until the signal. */
export async function playTown(town: DemoTown, options: PlayOptions): Promise<void> {
  const play = new Play(town, options);
  const talks = Array.from({ length: STAGES_AT_ONCE }, () => play.talk());
  await Promise.all([...talks, play.readAndAnswer(), play.comeAndGo()]);
}

class Play {
  readonly #town: DemoTown;
  readonly #options: PlayOptions;
  /** Which scene of a room comes next; the first was played before. */
  readonly #next = new Map<RoomId, number>();
  readonly #busy = new Set<RoomId>();
  readonly #answering = new Set<string>();

  constructor(town: DemoTown, options: PlayOptions) {
    this.#town = town;
    this.#options = options;
  }

  /** One conversation after the other, in rooms where nobody else talks. */
  async talk(): Promise<void> {
    const { chance } = this.#options;
    while (await this.#pause(chance.between(...PAUSE_MS))) {
      const [first, ...more] = this.#town.rooms.filter(
        ({ room, stage }) => !this.#busy.has(room) && stage.scenes.length > 1,
      );
      if (first === undefined) continue;
      const played = chance.pick([first, ...more]);
      this.#busy.add(played.room);
      await this.#guarded(() => this.#playScene(played));
      this.#busy.delete(played.room);
    }
  }

  /** Everybody who is there reads after a while; who is written to by one person alone answers. */
  async readAndAnswer(): Promise<void> {
    const { chance } = this.#options;
    while (await this.#pause(LOOK_MS)) {
      for (const actor of this.#town.actors.values()) {
        for (const { room, roomKind, unreadCount, latest } of actor.client?.rooms ?? []) {
          if (unreadCount === 0 || !chance.holds(0.4)) continue;
          await this.#guarded(async () => actor.client?.markRead(room));
          const isAsked = roomKind === 'direct' && latest?.sender !== actor.user;
          if (isAsked && !this.#busy.has(room)) void this.#guarded(() => this.#answer(actor, room));
        }
      }
    }
  }

  async comeAndGo(): Promise<void> {
    const { chance } = this.#options;
    const [first, ...others] = [...this.#town.actors.values()];
    if (first === undefined) return;
    const all: [Actor, ...Actor[]] = [first, ...others];
    while (await this.#pause(WALK_MS)) {
      const actor = chance.pick(all);
      const away = all.filter(({ client }) => client === undefined).length;
      await this.#guarded(async () => {
        if (actor.isHandedOver) return;
        if (actor.client === undefined) await actor.come();
        else if (away < all.length * AWAY_SHARE_MAX && chance.holds(0.5)) await actor.leave();
        else actor.client.setPresence(chance.holds(0.6) ? 'active' : 'away');
      });
    }
  }

  async #playScene({ room, stage }: PlayedRoom): Promise<void> {
    const at = this.#next.get(room) ?? 1;
    const scene = stage.scenes[at] ?? [];
    this.#next.set(room, at + 1 < stage.scenes.length ? at + 1 : 1);
    const said: (Seq | undefined)[] = [];
    for (const line of scene) {
      if (!(await this.#pause(this.#options.chance.between(...PAUSE_MS)))) return;
      said.push(await this.#speak(room, line, said));
    }
  }

  /** Nothing is said where who should is somebody's own now, or has gone. */
  async #speak(room: RoomId, line: Line, said: readonly (Seq | undefined)[]): Promise<Seq | undefined> {
    const [handle, text, { answers } = {}] = line;
    const actor = this.#town.actors.get(handle);
    if (actor === undefined || actor.isHandedOver) return undefined;
    await actor.come();
    if (!(await this.#type(actor, room, text))) return undefined;
    const seq = await actor.say(room, text, answers === undefined ? undefined : said.at(-answers));
    void this.#guarded(async () => {
      for (const { liker, emoji } of likersOf(this.#town.actors, room, line)) {
        if (!(await this.#pause(LOOK_MS))) return;
        await liker.react(room, seq, emoji);
      }
    });
    return seq;
  }

  async #answer(actor: Actor, room: RoomId): Promise<void> {
    const { handle, language } = actor.character;
    const key = `${handle} ${room}`;
    if (this.#answering.has(key)) return;
    this.#answering.add(key);
    const text = this.#options.chance.pick(ANSWERS[language]);
    try {
      if (await this.#type(actor, room, text)) await actor.say(room, text);
    } finally {
      this.#answering.delete(key);
    }
  }

  /** Types for as long as the text takes. Resolves with whether they are still there. */
  async #type(actor: Actor, room: RoomId, text: string): Promise<boolean> {
    const [least, each] = TYPING_MS;
    await actor.type(room);
    return (await this.#pause(least + each * text.length)) && actor.client !== undefined;
  }

  /** Resolves with whether it goes on. */
  async #pause(ms: number): Promise<boolean> {
    const { pace, signal } = this.#options;
    if (signal.aborted) return false;
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = () => resolve();
    signal.addEventListener('abort', end, { once: true });
    const timer = setTimeout(end, ms / pace);
    await promise;
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    return !signal.aborted;
  }

  /** What fails because somebody left in the middle of it is life. */
  async #guarded(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!this.#options.signal.aborted && !(error instanceof Gone)) this.#options.onFault(error);
    }
  }
}
