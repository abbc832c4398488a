import { limits, type UserId } from '@maru/protocol';
import type { RoomRecord, Watermark } from '../room/room-record.ts';
import { NOTHING_SETTLED, type Settled } from '../room/settled.ts';

/** By how many others a message was stored and read. */
export interface ReceiptCount {
  readonly delivered: number;
  readonly read: number;
}

/** Others' watermarks of a room, sorted, so that each message's counts are two searches. */
export class ReceiptsView {
  readonly #delivered: readonly number[];
  readonly #read: readonly number[];
  readonly #counts: ReadonlyMap<number, ReceiptCount>;
  /** The user's own mark, and those of the others. */
  readonly #ownRead: number;
  readonly #marks: readonly Watermark[];
  /** Whether it is told of each message by how many it was not read. */
  readonly #tellsUnread: boolean;
  readonly #settled: Settled;
  /** How many others there are. */
  readonly others: number;

  /** `counts`: by `seq`, for rooms whose watermarks are not told one by one (`[SOFT3]`). */
  constructor(record: RoomRecord, counts: ReadonlyMap<number, ReceiptCount>) {
    this.#delivered = record.receipts
      .map((mark) => Math.max(mark.delivered, mark.read))
      .sort((a, b) => a - b);
    this.#read = record.receipts.map((mark) => mark.read).sort((a, b) => a - b);
    this.#counts = counts;
    this.#ownRead = record.marks.read;
    this.#marks = record.receipts;
    this.#tellsUnread =
      record.roomKind === 'group' && record.memberCount <= limits.RECEIPTS_PUSHED_MEMBERS_MAX;
    this.#settled = record.settled ?? NOTHING_SETTLED;
    this.others = record.memberCount - 1;
  }

  /**
   * By how many members of a group a message was not read, its sender aside; `undefined` where not everybody's mark is
   * told (`[SOFT3]`), and in a direct room, where the state of the message says it.
   */
  unreadBy(seq: number, sender: UserId, me: UserId): number | undefined {
    if (!this.#tellsUnread) return undefined;
    const byMe = sender === me || this.#ownRead >= seq ? 1 : 0;
    // Of who came since nobody waits for it.
    if (seq <= this.#settled.read) return 1 - byMe;
    const read = atLeast(this.#read, seq);
    if (sender === me) return Math.max(0, this.others - read);
    const bySender = this.#marks.some((mark) => mark.user === sender && mark.read >= seq) ? 1 : 0;
    return Math.max(0, this.others - (read - bySender) - byMe);
  }

  of(seq: number): ReceiptCount {
    const counted = this.#counts.get(seq);
    if (counted !== undefined) return counted;
    const { delivered, read } = this.#settled;
    return {
      delivered: seq <= delivered ? this.others : atLeast(this.#delivered, seq),
      read: seq <= read ? this.others : atLeast(this.#read, seq),
    };
  }

  /** How far a message was once with all who were there then; who came or went since changes nothing. */
  settled(seq: number): 'sent' | 'delivered' | 'read' {
    const { delivered, read } = this.#settled;
    if (seq <= read) return 'read';
    return seq <= delivered ? 'delivered' : 'sent';
  }
}

/** How many of the rising numbers are not below `least`. */
function atLeast(rising: readonly number[], least: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rising[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return rising.length - low;
}
