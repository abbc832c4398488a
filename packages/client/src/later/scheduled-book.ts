import type { CommandFrame, DeviceId, RoomId, ScheduledItem } from '@maru/protocol';
import { scheduledIdOf } from '@maru/protocol';
import type { ContentCodec } from '../content-codec.ts';
import type { Cancel, Clock } from '../environment.ts';
import { ApiError, NetworkError } from '../errors.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Journal } from '../store/journal.ts';
import type { Api } from '../wire/api.ts';
import { afterCommand, type LaterCommand } from './after-command.ts';
import { NOTHING_SCHEDULED, type Scheduled, type ScheduledList } from './scheduled-list.ts';

/** After a request that had no answer, while there is a session. */
const RETRY_MS = 2_000;

export interface ScheduledBookDeps {
  readonly device: DeviceId;
  readonly api: Pick<Api, 'listScheduled'>;
  readonly clock: Clock;
  readonly codec: ContentCodec;
  readonly journal: Journal;
  readonly outbox: Pick<Outbox, 'pending' | 'rooms'>;
  readonly changed: () => void;
}

/**
 * The user's scheduled messages on this device: what the server has, read anew when it says that it changed, and what is
 * still on its way there (`[LATER2]`, `[LATER6]`).
 */
export class ScheduledBook {
  readonly #deps: ScheduledBookDeps;
  #list: ScheduledList;
  #online = false;
  #reading = false;
  /** Something happened since the read that is under way began: its answer may be of before. */
  #again = false;
  #retry: Cancel | undefined;

  constructor(deps: ScheduledBookDeps, stored: ScheduledList) {
    this.#deps = deps;
    this.#list = stored;
  }

  /** The earliest first. */
  list(): readonly Scheduled[] {
    const { outbox, device } = this.#deps;
    let items: readonly Scheduled[] = this.#list.items;
    for (const room of outbox.rooms()) {
      for (const { item } of outbox.pending(room)) {
        if (isLater(item.command))
          items = afterCommand(items, item.command, idOf(item.command, device), 'sending');
      }
    }
    return items.toSorted((a, b) => a.at - b.at || (a.scheduled < b.scheduled ? -1 : 1));
  }

  in(room: RoomId): readonly Scheduled[] {
    return this.list().filter((item) => item.room === room);
  }

  /** The server says which revision it has: in a greeting, or because it changed. */
  told(revision: number | undefined): void {
    this.#online = true;
    this.#again = true;
    if (revision === undefined) this.#keep(NOTHING_SCHEDULED);
    else if (revision !== this.#list.revision) void this.#read();
  }

  offline(): void {
    this.#online = false;
    this.#retry?.();
    this.#retry = undefined;
  }

  /** The server has taken a command of this device: it shows as it will be until it was read. */
  accepted(command: CommandFrame): void {
    if (!isLater(command)) return;
    const { device, codec } = this.#deps;
    const opened =
      'content' in command && command.content !== undefined
        ? { ...command, content: codec.open(command.room, command.content) as typeof command.content }
        : command;
    const items = afterCommand(this.#list.items, opened, idOf(command, device), 'waiting') as ScheduledItem[];
    this.#again = true;
    this.#keep({ ...this.#list, items });
    // It may have been sent at once.
    if (this.#online) void this.#read();
  }

  erase(): void {
    this.#keep(NOTHING_SCHEDULED);
  }

  #keep(list: ScheduledList): void {
    const { journal, changed } = this.#deps;
    const wasEmpty = this.#list.items.length === 0 && this.#list.revision === undefined;
    if (wasEmpty && list === NOTHING_SCHEDULED) return;
    this.#list = list;
    journal.add({ kind: 'scheduled', list });
    changed();
  }

  async #read(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    this.#again = false;
    this.#retry?.();
    this.#retry = undefined;
    const { api, clock, codec } = this.#deps;
    try {
      const { revision, items } = await api.listScheduled();
      const opened = items.map((item) => ({ ...item, content: codec.open(item.room, item.content) }));
      this.#keep({ revision, items: opened });
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof NetworkError)) throw error;
      if (this.#online) this.#retry = clock.after(RETRY_MS, () => void this.#read());
    } finally {
      this.#reading = false;
    }
    if (this.#again && this.#online && this.#retry === undefined) void this.#read();
  }
}

function isLater(command: CommandFrame): command is LaterCommand {
  return command.kind === 'schedule' || command.kind === 'reschedule' || command.kind === 'unschedule';
}

function idOf(command: LaterCommand, device: DeviceId): ScheduledItem['scheduled'] {
  if (command.kind !== 'schedule') return command.scheduled;
  return scheduledIdOf(device, command.room, command.clientMessageId);
}
