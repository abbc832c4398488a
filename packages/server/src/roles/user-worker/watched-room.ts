import type { UserId } from '@maru/protocol';
import type { Watermarks } from '../../ports/inbox-store.ts';

/** Newest messages whose counts are shown. */
export const COUNTED_MESSAGES_MAX = 20;

export interface CountedMessage {
  readonly seq: number;
  readonly sender: UserId;
}

export interface ReceiptCount {
  readonly seq: number;
  readonly delivered: number;
  readonly read: number;
}

/** Who has stored and read how far in a big room, while somebody looks at it (`[SOFT3]`). */
export class WatchedRoom {
  readonly #marks = new Map<UserId, { delivered: number; read: number }>();
  readonly #newest: CountedMessage[] = [];
  /** Whether there is something new to tell. */
  isDue = false;

  constructor(marks: readonly Watermarks[], newest: readonly CountedMessage[]) {
    for (const mark of marks) this.move(mark);
    for (const message of newest) this.posted(message);
  }

  move({ user, delivered, read }: Watermarks): void {
    const marks = this.#marks.get(user);
    if (marks === undefined) {
      this.#marks.set(user, { delivered, read });
    } else {
      marks.delivered = Math.max(marks.delivered, delivered);
      marks.read = Math.max(marks.read, read);
    }
  }

  leave(user: UserId): void {
    this.#marks.delete(user);
  }

  posted(message: CountedMessage): void {
    const newest = this.#newest.at(-1);
    if (newest !== undefined && message.seq <= newest.seq) return;
    this.#newest.push(message);
    if (this.#newest.length > COUNTED_MESSAGES_MAX) this.#newest.shift();
  }

  /** By how many others each of the newest messages was stored and read: one pass over the members, who may be many. */
  counts(): ReceiptCount[] {
    const newest = this.#newest;
    const [delivered, read] = [
      new Array<number>(newest.length).fill(0),
      new Array<number>(newest.length).fill(0),
    ];
    for (const marks of this.#marks.values()) {
      count(delivered, newest, Math.max(marks.delivered, marks.read));
      count(read, newest, marks.read);
    }
    // Who has got as far as a message has those before it.
    for (let at = newest.length - 2; at >= 0; at--) {
      delivered[at] = (delivered[at] ?? 0) + (delivered[at + 1] ?? 0);
      read[at] = (read[at] ?? 0) + (read[at + 1] ?? 0);
    }
    return newest.map(({ seq, sender }, at) => {
      const own = this.#marks.get(sender);
      const [stored, seen] = [Math.max(own?.delivered ?? 0, own?.read ?? 0) >= seq, (own?.read ?? 0) >= seq];
      return { seq, delivered: (delivered[at] ?? 0) - Number(stored), read: (read[at] ?? 0) - Number(seen) };
    });
  }
}

/** Counts one member at the last message that they have got to. */
function count(counts: number[], newest: readonly CountedMessage[], upTo: number): void {
  let at = newest.length - 1;
  while (at >= 0 && (newest[at]?.seq ?? 0) > upTo) at--;
  if (at >= 0) counts[at] = (counts[at] ?? 0) + 1;
}
