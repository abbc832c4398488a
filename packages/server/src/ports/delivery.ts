import type { DeviceId, RoomId, RoomKind, SessionId, UserId } from '@maru/protocol';

/** Rooms with more members than this are published to; smaller ones are written to session by session. */
export const TOPIC_MEMBERS_MIN = 32;

/** Whether a room is published to: also a channel from its first reader on, for who they are is not at hand. */
export function isPublished(room: { readonly roomKind: RoomKind; readonly memberCount: number }): boolean {
  return room.roomKind === 'channel' || room.memberCount > TOPIC_MEMBERS_MIN;
}

/**
 * From the workers to whoever holds the sessions. Lossy, never waits: devices find what they missed by `seq` and
 * cursor. Frames are JSON text, encoded once, however many receive them. What is given in one tick reaches a socket in
 * one write.
 */
export interface Delivery {
  /** To every session of every one of these users. `except`: a device that has been answered already. */
  toUsers(users: Iterable<UserId>, frame: string, except?: DeviceId): void;
  /**
   * To every session of a room's members (of one that is published to), by one publication; the sender's session
   * included. `joined` and `departed` keep who that is.
   */
  toRoom(room: RoomId, frame: string): void;
  toSession(session: SessionId, frame: string): void;
  /** These users' sessions belong to the room's publications from now on; also said of all members when it grows big. */
  joined(room: RoomId, users: readonly UserId[]): void;
  /** And these no more. Said before the change is acknowledged (`[PRIV3]`). */
  departed(room: RoomId, user: UserId): void;
}
