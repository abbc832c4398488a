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

  /** By how many others each of the newest messages was stored and read. */
  counts(): ReceiptCount[] {
    return this.#newest.map(({ seq, sender }) => {
      let delivered = 0;
      let read = 0;
      for (const [user, marks] of this.#marks) {
        if (user === sender) continue;
        if (marks.read >= seq) read++;
        if (Math.max(marks.delivered, marks.read) >= seq) delivered++;
      }
      return { seq, delivered, read };
    });
  }
}
