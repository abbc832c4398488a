import type { MaruClient, Sending } from '@maru/client';
import type { ClientMessageId, DeviceId, Event, RoomId } from '@maru/protocol';
import { textOf } from './read-log.ts';

interface Said {
  readonly device: DeviceId;
  readonly room: RoomId;
  readonly text: string;
  readonly sending: Sending;
}

/** What devices said, in the order in which each said it, to be held against the logs. */
export class SaidMessages {
  readonly #said: Said[] = [];

  get count(): number {
    return this.#said.length;
  }

  /** Resolves when the device has stored it, which is when it may be counted on. */
  async say(client: MaruClient, room: RoomId, text: string): Promise<Sending> {
    const sending = await client.commands.send(room, text);
    this.#said.push({ device: client.device, room, text, sending });
    return sending;
  }

  /** Resolves when the server has answered everything; throws for what it refused. */
  async accepted(timeoutMs: number): Promise<void> {
    const signal = AbortSignal.timeout(timeoutMs);
    let waiting = this.#said.length;
    const expired = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(new Error(`${waiting} messages have no answer`))),
    );
    const answered = this.#said.map(async ({ sending, text }) => {
      const outcome = await sending.outcome();
      if (outcome.kind !== 'accepted') throw new Error(`«${text}» was refused: ${outcome.error.code}`);
      waiting--;
    });
    await Promise.race([Promise.all(answered), expired]);
  }

  /**
   * What is wrong with logs: a message that is lost, changed, there twice, or, if the order counts, overtaken by
   * another of its device.
   */
  faults(logs: ReadonlyMap<RoomId, readonly Event[]>, { ordered = true } = {}): string[] {
    const wrong: string[] = [];
    const made = new Map<string, Event[]>();
    let messages = 0;
    for (const [room, log] of logs) {
      for (const event of log) {
        if (event.kind !== 'message') continue;
        messages++;
        const key = nameOf(room, event.device, event.clientMessageId);
        made.set(key, [...(made.get(key) ?? []), event]);
      }
    }
    if (messages !== this.#said.length)
      wrong.push(`${messages} messages of ${this.#said.length} that were said`);
    const last = new Map<string, number>();
    for (const { device, room, text, sending } of this.#said) {
      const events = made.get(nameOf(room, device, sending.clientMessageId)) ?? [];
      const [event] = events;
      if (event === undefined || events.length > 1 || textOf(event) !== text) {
        wrong.push(`«${text}» of ${device} is there ${events.length} times`);
        continue;
      }
      const order = `${device} ${room}`;
      if (ordered && event.seq < (last.get(order) ?? 0))
        wrong.push(`«${text}» of ${device} overtook another`);
      last.set(order, event.seq);
    }
    return wrong;
  }
}

function nameOf(room: RoomId, device: DeviceId | undefined, id: ClientMessageId | undefined): string {
  return `${room} ${device} ${id}`;
}
