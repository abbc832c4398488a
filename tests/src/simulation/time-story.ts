import type { RoomId } from '@maru/protocol';
import type { SeededRandom } from './seeded-random.ts';
import type { SimDevice } from './sim-device.ts';
import type { SimServer } from './sim-server.ts';
import { readTruth } from './truth.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What people let messages stay for, in seconds; 0: for ever. */
const TIMERS_S = [0, 1, 3, 10, 60, 86_400] as const;
/** Time to erase what fell due, some at a time. */
const ERASING_MS = 5_000;

export interface TimeStoryDeps {
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly server: SimServer;
  readonly devices: readonly SimDevice[];
  readonly note: (what: string) => void;
  /** Work whose refusals are part of the story. */
  readonly tried: (work: Promise<unknown>) => void;
}

/** Timers and messages that vanish, beside the story of a seed, with chance of its own. */
export class TimeStory {
  readonly #deps: TimeStoryDeps;
  #count = 0;

  constructor(deps: TimeStoryDeps) {
    this.#deps = deps;
  }

  step(): void {
    const { random, devices, note, tried } = this.#deps;
    const device = random.pick(devices);
    const { client } = device;
    const rooms = (client?.rooms ?? []).map(({ room }) => room).sort();
    const roll = random.next();
    if (client === undefined || rooms.length === 0 || roll > 0.3) return;
    const room: RoomId = random.pick(rooms);
    if (roll < 0.1) {
      note('timer');
      tried(client.commands.setTimer(room, random.pick(TIMERS_S)));
      return;
    }
    note('say for a while');
    const expiresAfter = random.pick(TIMERS_S.slice(1));
    tried(device.say(room, `vanishing ${this.#count++}`, { expiresAfter }));
  }

  /**
   * All that is to vanish is due: the server lost its power and comes back that much later, by clocks that are right.
   * Resolves with how many messages there were of that kind.
   */
  async end(): Promise<number> {
    const { server, devices, time, note } = this.#deps;
    const rooms = (await readTruth(server.engine)).values();
    const vanishing = [...rooms].flatMap(({ events }) => events.flatMap(({ expiresAt }) => expiresAt ?? []));
    if (vanishing.length === 0) return 0;
    note('much later');
    server.crash();
    const behind = Math.max(...vanishing) - server.now();
    for (const each of [server, ...devices]) each.clockOffsetMs = server.clockOffsetMs + Math.max(0, behind);
    server.start();
    await time.run(ERASING_MS);
    return vanishing.length;
  }
}
