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

/** A list, and what it was made of. */
interface Shown {
  readonly list: ScheduledList;
  readonly commands: readonly LaterCommand[];
  readonly all: readonly Scheduled[];
  readonly byRoom: Map<RoomId, readonly Scheduled[]>;
}

/**
 * The user's scheduled messages on this device: what the server has, read anew when it says that it changed, and what is
 * still on its way there (`[LATER2]`, `[LATER6]`).
 */
export class ScheduledBook {
  readonly #deps: ScheduledBookDeps;
  #list: ScheduledList;
  /** What was shown last. */
  #shown: Shown | undefined;
  #online = false;
  #reading = false;
  /** Something happened since the read that is under way began: its answer may be of before. */
  #again = false;
  #retry: Cancel | undefined;

  constructor(deps: ScheduledBookDeps, stored: ScheduledList) {
    this.#deps = deps;
    this.#list = stored;
  }

  /** The earliest first. The same list as long as nothing in it changed. */
  list(): readonly Scheduled[] {
    return this.#current().all;
  }

  /** The same of one room. */
  in(room: RoomId): readonly Scheduled[] {
    const { all, byRoom } = this.#current();
    let found = byRoom.get(room);
    if (found === undefined) {
      found = all.filter((item) => item.room === room);
      byRoom.set(room, found);
    }
    return found;
  }

  #current(): Shown {
    const commands = this.#onTheirWay();
    const { list, commands: before = [] } = this.#shown ?? {};
    const isSame = list === this.#list && before.length === commands.length;
    if (this.#shown !== undefined && isSame && commands.every((command, index) => command === before[index]))
      return this.#shown;
    let items: readonly Scheduled[] = this.#list.items;
    for (const command of commands)
      items = afterCommand(items, command, idOf(command, this.#deps.device), 'sending');
    const all = items.toSorted((a, b) => a.at - b.at || (a.scheduled < b.scheduled ? -1 : 1));
    this.#shown = { list: this.#list, commands, all, byRoom: new Map() };
    return this.#shown;
  }

  #onTheirWay(): LaterCommand[] {
    const { outbox } = this.#deps;
    const pending = [...outbox.rooms()].flatMap((room) => outbox.pending(room));
    return pending.flatMap(({ item: { command } }) => (isLater(command) ? command : []));
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

  /** As the tab that has the connection keeps it. */
  mirror(list: ScheduledList): void {
    this.#list = list;
    this.#deps.changed();
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
