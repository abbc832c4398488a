import type { DeviceId, Seq, UserId } from '@maru/protocol';
import type { EventEntry, ReaderEntry, RefusalEntry } from '../../core/log-entry.ts';
import type { Position } from '../../ports/position.ts';

/** An event that another deletes, or whose time was over, as far as counting goes. */
export interface DeletedEvent {
  readonly seq: Seq;
  readonly author: UserId;
  readonly counts: boolean;
}

/** What the tail keeps of an event: enough for every read that leads to its row in the log. */
export interface TailEvent {
  readonly position: Position;
  readonly seq: Seq;
  readonly at: number;
  readonly ordinal: number;
  readonly counts: boolean;
  readonly sender: UserId;
  readonly device: DeviceId | undefined;
  readonly command: string | undefined;
  /** The whole, where it does more than add a message that names nobody. */
  readonly rare: EventEntry | undefined;
  /** What it deletes, or says to have expired. */
  readonly hidden: readonly DeletedEvent[];
}

const NO_EVENTS: readonly TailEvent[] = [];
const NO_REFUSALS: readonly RefusalEntry[] = [];
const NO_READERS: readonly ReaderEntry[] = [];

/** The newest entries of one room, in the order of the log. There may be many of them: what few rooms need is made late. */
export class TailRoom {
  readonly #events: TailEvent[] = [];
  #rare: TailEvent[] | undefined;
  #refusals: RefusalEntry[] | undefined;
  #readers: ReaderEntry[] | undefined;
  /** By device, for many may come at once and each is asked for what it sent before. */
  #readersBy: Map<DeviceId, ReaderEntry[]> | undefined;
  #own: Map<UserId, number[]> | undefined;
  #ownThrough = 0;

  get events(): readonly TailEvent[] {
    return this.#events;
  }

  /** Those of `events` that do more than add a message that names nobody. */
  get rare(): readonly TailEvent[] {
    return this.#rare ?? NO_EVENTS;
  }

  get refusals(): readonly RefusalEntry[] {
    return this.#refusals ?? NO_REFUSALS;
  }

  add(event: TailEvent): void {
    this.#events.push(event);
    if (event.rare === undefined) return;
    this.#rare ??= [];
    this.#rare.push(event);
  }

  addRefusal(refusal: RefusalEntry): void {
    this.#refusals ??= [];
    this.#refusals.push(refusal);
  }

  get readers(): readonly ReaderEntry[] {
    return this.#readers ?? NO_READERS;
  }

  addReader(reader: ReaderEntry): void {
    this.#readers ??= [];
    this.#readers.push(reader);
    const { device } = reader.reader;
    if (device === undefined) return;
    this.#readersBy ??= new Map();
    const theirs = this.#readersBy.get(device);
    if (theirs === undefined) this.#readersBy.set(device, [reader]);
    else theirs.push(reader);
  }

  /** Those of `readers` that a device has asked for. */
  readersBy(device: DeviceId): readonly ReaderEntry[] {
    return this.#readersBy?.get(device) ?? NO_READERS;
  }

  event(seq: number): TailEvent | undefined {
    const first = this.#events[0];
    return first === undefined ? undefined : this.#events[seq - first.seq];
  }

  /** `seq` of the user's counting events here, rising. */
  own(user: UserId): readonly number[] {
    this.#own ??= new Map();
    for (; this.#ownThrough < this.#events.length; this.#ownThrough++) {
      const event = this.#events[this.#ownThrough];
      if (event?.counts !== true) continue;
      const seqs = this.#own.get(event.sender);
      if (seqs === undefined) this.#own.set(event.sender, [event.seq]);
      else seqs.push(event.seq);
    }
    return this.#own.get(user) ?? [];
  }
}
