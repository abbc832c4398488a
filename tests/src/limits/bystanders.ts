import type { MaruClient } from '@maru/client';
import type { Event, RoomId } from '@maru/protocol';
import { caughtUp, deviceFaults } from '../processes/converge.ts';
import { apiOf, Devices } from '../processes/devices.ts';
import type { PersonIdentity } from '../processes/people.ts';
import { logFaults, readLog } from '../processes/read-log.ts';

const CAUGHT_UP_MS = 20_000;
/** Between two messages: without it the two would reach their own rate, and wait for that. */
const PAUSE_MS = 20;

/** How long messages took from being said to having come in at the other, the acknowledgement included. */
export interface Waits {
  readonly medianMs: number;
  readonly longestMs: number;
}

/**
 * How much slower talk may be beside something else than it was before: generous, and nothing below the floor counts,
 * for machines are busy with other things, too, and what needs the processor waits longer for it than what is idle. A
 * server that lets everybody wait for seconds because of one who floods is beyond both.
 */
const SLOWER = 20;
const FLOOR: Waits = { medianMs: 1_000, longestMs: 5_000 };

/** What is wrong with how long messages took while something happened, held against a calm time of the same run. */
export function delays(meanwhile: Waits, calm: Waits): string[] {
  return (['medianMs', 'longestMs'] as const)
    .filter((key) => meanwhile[key] > Math.max(SLOWER * calm[key], FLOOR[key]))
    .map((key) => `${key} is ${meanwhile[key]}, in calm ${calm[key]}`);
}

/** Two people who talk in turns, each waiting for the other's word to come in, while something happens beside them. */
export class Bystanders implements AsyncDisposable {
  readonly #url: string;
  readonly #devices: Devices;
  readonly #people: readonly [PersonIdentity, PersonIdentity];
  readonly #clients: readonly [MaruClient, MaruClient];
  readonly room: RoomId;

  private constructor(
    url: string,
    devices: Devices,
    people: readonly [PersonIdentity, PersonIdentity],
    clients: readonly [MaruClient, MaruClient],
    room: RoomId,
  ) {
    this.#url = url;
    this.#devices = devices;
    this.#people = people;
    this.#clients = clients;
    this.room = room;
  }

  static async meet(url: string, people: readonly (PersonIdentity | undefined)[]): Promise<Bystanders> {
    const [a, b] = people;
    if (a?.devices[0] === undefined || b?.devices[0] === undefined) throw new Error('two people are needed');
    const devices = new Devices(url);
    const clients = [await devices.open(a.devices[0]), await devices.open(b.devices[0])] as const;
    const { room, sending } = await clients[0].commands.openDirect(b.user);
    await sending?.outcome();
    return new Bystanders(url, devices, [a, b], clients, room);
  }

  /** Resolves when so many messages have gone to and fro, or at the end of what is waited for, with what they took. */
  async talk(lasts: number | PromiseLike<unknown>): Promise<Waits> {
    let messages = typeof lasts === 'number' ? lasts : Number.POSITIVE_INFINITY;
    const waits: number[] = [];
    const ended = () => {
      messages = 0;
    };
    if (typeof lasts !== 'number') lasts.then(ended, ended);
    for (let n = 0; n < messages; n++) {
      const [speaker, listener] = n % 2 === 0 ? this.#clients : [this.#clients[1], this.#clients[0]];
      const begin = performance.now();
      const outcome = await (await speaker.commands.send(this.room, `${n} 번째`)).outcome();
      if (outcome.kind === 'failed') throw new Error(`refused: ${outcome.error.code}`);
      await listener.until(() => (listener.room(this.room)?.latest?.seq ?? 0) >= outcome.seq);
      waits.push(performance.now() - begin);
      await Bun.sleep(PAUSE_MS);
    }
    waits.sort((a, b) => a - b);
    return { medianMs: waits[waits.length >> 1] ?? 0, longestMs: waits.at(-1) ?? 0 };
  }

  /** What is wrong with the room, and with what the two see of it; also if either was ever cut off. */
  async faults(): Promise<string[]> {
    const [device] = this.#people[0].devices;
    if (device === undefined) return ['nobody is there'];
    const log: Event[] = await readLog(apiOf(this.#url, device), this.room);
    const logs = new Map([[this.room, log]]);
    const wrong = logFaults(this.room, log);
    for (const client of this.#clients) {
      await caughtUp(client, logs, CAUGHT_UP_MS);
      wrong.push(...(await deviceFaults(client, logs)));
    }
    return [...wrong, ...this.#devices.faults];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#devices[Symbol.asyncDispose]();
  }
}
