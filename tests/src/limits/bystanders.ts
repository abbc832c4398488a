import type { MaruClient } from '@maru/client';
import type { Event, RoomId } from '@maru/protocol';
import { caughtUp, deviceFaults } from '../processes/converge.ts';
import { apiOf, Devices } from '../processes/devices.ts';
import type { PersonIdentity } from '../processes/people.ts';
import { logFaults, readLog } from '../processes/read-log.ts';

const CAUGHT_UP_MS = 20_000;

/** Two people who talk in turns, each waiting for the other's word to come in, while something happens beside them. */
export class Bystanders implements AsyncDisposable {
  readonly #url: string;
  readonly #devices: Devices;
  readonly #people: readonly [PersonIdentity, PersonIdentity];
  readonly #clients: readonly [MaruClient, MaruClient];
  readonly room: RoomId;
  /** Messages that were said and have come in at the other. */
  heard = 0;

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

  /** Resolves when so many messages have gone to and fro. */
  async talk(messages: number): Promise<void> {
    for (let n = 0; n < messages; n++) {
      const [speaker, listener] = n % 2 === 0 ? this.#clients : [this.#clients[1], this.#clients[0]];
      const outcome = await (await speaker.commands.send(this.room, `${n} 번째`)).outcome();
      if (outcome.kind === 'failed') throw new Error(`refused: ${outcome.error.code}`);
      await listener.until(() => (listener.room(this.room)?.latest?.seq ?? 0) >= outcome.seq);
      this.heard++;
    }
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
