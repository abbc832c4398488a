import type { UserId } from '@maru/protocol';
import type { Clock } from '../../ports/clock.ts';
import type { InboxStore } from '../../ports/inbox-store.ts';
import type { RoomStore } from '../../ports/room-store.ts';
import type { InboxRoom } from './inbox.ts';
import type { WatchedRoom } from './watched-room.ts';

/** Members whose marks are read at a time, which takes some milliseconds; then others have their turn. */
const MEMBERS_AT_ONCE = 250;
const PAUSE_MS = 10;

interface Sources {
  readonly store: Pick<InboxStore, 'watermarks'>;
  readonly rooms: Pick<RoomStore, 'membersAfter'>;
  readonly clock: Clock;
}

/** Counts, by and by, how far all members of a channel have got; ends when nobody looks any more. */
export async function fillWatched(
  { store, rooms, clock }: Sources,
  room: InboxRoom,
  watched: WatchedRoom,
  isWatched: () => boolean,
): Promise<void> {
  let after: UserId | undefined;
  do {
    const members = await rooms.membersAfter(room.room, after, MEMBERS_AT_ONCE);
    const marks = await store.watermarks(
      room.room,
      members.map(({ user }) => user),
    );
    for (const mark of marks) watched.move(mark);
    after = members.at(-1)?.user;
    await new Promise<void>((resolve) => clock.after(PAUSE_MS, resolve));
  } while (after !== undefined && isWatched());
  // What is not saved yet.
  for (const { receipt } of room.people) if (receipt.delivered > 0) watched.move(receipt);
}
