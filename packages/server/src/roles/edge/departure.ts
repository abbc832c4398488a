import type { RoomId, UserId } from '@maru/protocol';
import type { SubmittedCommand } from '../../ports/rooms.ts';

/** The server's own: takes a deleted account out of a room, or from among those who wait to be let into it. */
export function departure(room: RoomId, user: UserId, now: number): SubmittedCommand {
  return { kind: 'leave', room, sender: user, now };
}
