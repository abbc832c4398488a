import type { Api, MaruClient } from '@maru/client';
import type { ClientMessageId, DeviceId, ErrorBody, RoomId } from '@maru/protocol';
import { logFaults, readLog } from '../processes/read-log.ts';

/** A send as the server acknowledged it. */
interface Acknowledged {
  readonly room: RoomId;
  readonly device: DeviceId;
  readonly clientMessageId: ClientMessageId;
  readonly seq: number;
}

/** How much a device has to say in a room. */
export interface Pace {
  /** Messages that are on their way at a time. */
  readonly inFlight: number;
  /** Between an answer and the next message. */
  readonly pauseMs?: number;
}

/** Devices that say one thing after another in a room, and everything that the server acknowledged. */
export class Acknowledgements {
  readonly all: Acknowledged[] = [];
  readonly failed: ErrorBody[] = [];
  readonly #talks: Promise<void>[] = [];
  readonly #waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  #stopped = false;

  /** Keeps messages of a device on their way to a room until {@link stop}. Ends with the client at the latest. */
  talk(client: MaruClient, room: RoomId, { inFlight, pauseMs }: Pace): void {
    for (let line = 0; line < inFlight; line++)
      this.#talks.push(this.#talk(client, room, line, pauseMs).catch(() => undefined));
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Stops, and resolves when everything that was said is answered. */
  async finish(): Promise<void> {
    this.stop();
    await Promise.all(this.#talks);
  }

  /** Resolves when so many more are acknowledged. */
  more(count: number): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ count: this.all.length + count, resolve }));
  }

  /** What is wrong with what a server has: an acknowledged send that is not there under its number, a gap, a double. */
  async faults(api: Pick<Api, 'getEvents'>): Promise<string[]> {
    const wrong: string[] = [];
    for (const [room, acknowledged] of Map.groupBy(this.all, (each) => each.room)) {
      const log = await readLog(api, room);
      wrong.push(...logFaults(room, log));
      for (const { device, clientMessageId, seq } of acknowledged) {
        const event = log[seq - 1];
        if (event?.device === device && event.clientMessageId === clientMessageId) continue;
        wrong.push(
          `${room}: ${seq} of ${log.length} was acknowledged to ${device} and is ${event?.device}'s`,
        );
      }
    }
    return wrong;
  }

  async #talk(client: MaruClient, room: RoomId, line: number, pauseMs = 0): Promise<void> {
    for (let n = 0; !this.#stopped; n++) {
      const sending = await client.commands.send(room, `line ${line}, message ${n}`);
      const outcome = await sending.outcome();
      if (outcome.kind === 'failed') this.failed.push(outcome.error);
      else
        this.#note({
          room,
          device: client.device,
          clientMessageId: sending.clientMessageId,
          seq: outcome.seq,
        });
      if (pauseMs > 0) await Bun.sleep(pauseMs);
    }
  }

  #note(acknowledged: Acknowledged): void {
    this.all.push(acknowledged);
    for (const waiting of this.#waiting) if (waiting.count <= this.all.length) waiting.resolve();
  }
}
