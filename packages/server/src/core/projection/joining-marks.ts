import type { UserMarks } from '../user/marks.ts';

/** Where a user came into a room: the event, its `ordinal`, and how many counting events were the user's own by then. */
export interface Joining {
  readonly joined: number;
  readonly ordinal: number;
  readonly own: number;
}

/** A user's marks in a room: their own, or what the newest joining set where that is further (`[UNREAD3]`). */
export function marksAfterJoining(marks: UserMarks | undefined, joining: Joining): UserMarks {
  if (marks !== undefined && marks.read >= joining.joined) return marks;
  return { read: joining.joined, readOrdinal: joining.ordinal, readOwn: joining.own, unread: false };
}
