/** A user's own marks in a room: how far they have read, and the "unread" flag they set themselves. Pure. */

export interface UserMarks {
  /** `seq` read up to; 0 is nothing. Never goes back. */
  readonly read: number;
  /** `ordinal` of that event, and how many of the user's own counting events lie at or below it. */
  readonly readOrdinal: number;
  readonly readOwn: number;
  /** The user's flag; it moves no mark, and reading clears it (`[UNREAD4]`). */
  readonly unread: boolean;
}
