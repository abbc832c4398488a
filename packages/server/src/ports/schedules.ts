import type { ErrorCode, RoomId, ScheduledId, UserId } from '@maru/protocol';

/**
 * `waiting` for its time; `firing`: being sent, and sent again by the next start if this one dies; `failed`: refused for
 * good, with why, until its author changes or removes it. Then nothing is left of it but that it was: `sent` or
 * `cancelled`, so that a late repetition of the command that made it makes it no second time.
 */
export type ScheduledState = 'waiting' | 'firing' | 'failed' | 'sent' | 'cancelled';

/** A message that is to be sent later, and of which something is left. */
export interface ScheduledRecord {
  readonly scheduled: ScheduledId;
  readonly user: UserId;
  readonly room: RoomId;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly state: 'waiting' | 'firing' | 'failed';
  readonly error: ErrorCode | undefined;
  /** Rises when it is tried again after it failed. */
  readonly attempt: number;
  /** JSON text of the protocol's `ScheduledMessage`. */
  readonly message: string;
}

export type NewScheduled = Pick<ScheduledRecord, 'scheduled' | 'user' | 'room' | 'at' | 'message'>;

export interface ScheduledLimits {
  /** Messages of a user, and the characters of their `message`s. */
  readonly count: number;
  readonly chars: number;
}

/** What became of an attempt. */
export interface Settled {
  readonly scheduled: ScheduledId;
  /** Why it was refused; absent: it was sent. */
  readonly error?: ErrorCode;
}

/**
 * Messages that users want sent later: relational, each write one transaction, durable when it resolves, and seen by every
 * read from then on. Whatever is removed or sent is erased, its message above all. A deleted account leaves none.
 */
export interface Schedules {
  /** `known`: there was one of this id, whatever became of it. */
  add(item: NewScheduled, limits: ScheduledLimits): Promise<'added' | 'known' | 'full'>;
  /** Of a `waiting` or `failed` one of this user, which waits then. `unknown`: another user's, too. */
  change(
    user: UserId,
    scheduled: ScheduledId,
    change: { readonly at?: number; readonly message?: string },
    limits: ScheduledLimits,
  ): Promise<'changed' | 'unknown' | 'sent' | 'full'>;
  /** The same; again changes nothing. */
  remove(user: UserId, scheduled: ScheduledId): Promise<'removed' | 'unknown' | 'sent'>;
  /** Those that wait, are being sent, or failed, the earliest first. */
  list(user: UserId): Promise<ScheduledRecord[]>;
  /** Of every user who has any: a number that has risen with every write that changed what `list` gives. */
  revisions(): Promise<{ readonly user: UserId; readonly revision: number }[]>;
  revision(user: UserId): Promise<number | undefined>;
  /** When the earliest `waiting` one is due. */
  next(): Promise<number | undefined>;
  /** Makes `waiting` ones that are due by then `firing`, the earliest first, and gives them. */
  claim(through: number, limit: number): Promise<ScheduledRecord[]>;
  /** Those that were being sent when the process died. */
  firing(): Promise<ScheduledRecord[]>;
  /** They are `sent` or `failed`. */
  settle(outcomes: readonly Settled[]): Promise<void>;
}
