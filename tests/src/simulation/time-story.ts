import { type RoomId, type ScheduledId, scheduledIdOf } from '@maru/protocol';
import type { SimDevice } from './sim-device.ts';
import type { StoryDeps } from './stage.ts';
import { readTruth } from './truth.ts';

/** What people let messages stay for, in seconds; 0: for ever. */
const TIMERS_S = [0, 1, 3, 10, 60, 86_400] as const;
/** How far ahead people plan, by the server's clock. */
const AHEAD_MS = [0, 500, 5_000, 20_000, 120_000] as const;
/** What is sent late may vanish later still. */
const ROUNDS_MAX = 5;
/** Time to erase what fell due, some at a time. */
const ERASING_MS = 5_000;

/** A message that was to be sent later. */
interface Planned {
  readonly device: SimDevice;
  readonly room: RoomId;
  /** Absent where the device died before it had stored it. */
  scheduled: ScheduledId | undefined;
  outcome: 'given' | 'accepted' | 'failed';
}

/** Timers, messages that vanish, and messages that are sent later, beside the story of a seed, with chance of its own. */
export class TimeStory {
  readonly planned: Planned[] = [];
  /** Somebody asked that they be not sent, and may have come too late. */
  readonly cancelled = new Set<ScheduledId>();
  readonly #deps: StoryDeps;
  #count = 0;

  constructor(deps: StoryDeps) {
    this.#deps = deps;
  }

  step(): void {
    const { random, devices, note, tried } = this.#deps;
    const device = random.pick(devices);
    const { client } = device;
    const rooms = (client?.allRooms ?? []).map(({ room }) => room).sort();
    const roll = random.next();
    if (client === undefined || rooms.length === 0 || roll > 0.4) return;
    const room: RoomId = random.pick(rooms);
    if (roll < 0.1) {
      note('timer');
      tried(client.commands.setTimer(room, random.pick(TIMERS_S)));
    } else if (roll < 0.25) {
      note('say for a while');
      const expiresAfter = random.pick(TIMERS_S.slice(1));
      tried(device.say(room, `vanishing ${this.#count++}`, { expiresAfter }));
    } else if (roll < 0.35) {
      note('say later');
      tried(this.#plan(device, room, random.pick(AHEAD_MS)));
    } else {
      note('change plans');
      tried(this.#changePlans(device));
    }
  }

  async #plan(device: SimDevice, room: RoomId, ahead: number): Promise<void> {
    const { client, identity } = device;
    if (client === undefined) return;
    const plan: Planned = { device, room, scheduled: undefined, outcome: 'given' };
    this.planned.push(plan);
    const at = this.#deps.server.now() + ahead;
    const sending = await client.commands.schedule(room, `planned ${this.#count++}`, Math.max(0, at));
    plan.scheduled = scheduledIdOf(identity.device, room, sending.clientMessageId);
    plan.outcome = (await sending.outcome()).kind;
  }

  /** Cancels the first of what this device lists, or has it sent at another time. */
  async #changePlans({ client }: SimDevice): Promise<void> {
    const { random, server } = this.#deps;
    const cancels = random.chance(0.5);
    const at = Math.max(0, server.now() + random.pick(AHEAD_MS));
    const [first] = client?.scheduled() ?? [];
    if (client === undefined || first === undefined) return;
    if (!cancels) {
      await client.commands.reschedule(first, { at });
      return;
    }
    this.cancelled.add(first.scheduled);
    await client.commands.cancelScheduled(first);
  }

  /**
   * All that is to vanish or to be sent is due: the server lost its power and comes back that much later, by clocks that
   * are right. Resolves with how many messages vanished.
   */
  async end(): Promise<number> {
    const { server, time, note } = this.#deps;
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const { rooms, schedules } = server.engine;
      const left = await rooms.expiring(Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER);
      const due = [...left.map(({ expiresAt }) => expiresAt), (await schedules.next()) ?? 0];
      if (due.length === 1 && due[0] === 0) break;
      note('much later');
      server.crash();
      this.#setClocks(Math.max(...due) - server.now());
      server.start();
      await time.run(ERASING_MS);
    }
    const events = [...(await readTruth(server.engine)).values()].flatMap((room) => room.events);
    return events.filter(({ expiresAt }) => expiresAt !== undefined).length;
  }

  #setClocks(behind: number): void {
    const { server, devices } = this.#deps;
    const offset = server.clockOffsetMs + Math.max(0, behind);
    for (const each of [server, ...devices]) each.clockOffsetMs = offset;
  }
}
