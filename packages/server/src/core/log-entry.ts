import type { RoomId, SettingName, UserId } from '@maru/protocol';
import type { Position } from './position.ts';
import type { MemberChange, ReaderChange, RecordedRefusal, RoomEvent } from './room/event.ts';
import type { UserMarks } from './user/marks.ts';

/** An event of a room. It carries all that its commit must change in the truth. */
export interface EventEntry {
  readonly type: 'event';
  readonly position: Position;
  readonly room: RoomId;
  readonly event: RoomEvent;
  /** The whole content (JSON text) of a long message, whose event holds the preview. */
  readonly body?: string;
  /** Changes of membership, stored in the same commit. */
  readonly members?: readonly MemberChange[];
}

export interface RefusalEntry {
  readonly type: 'refusal';
  readonly position: Position;
  readonly room: RoomId;
  readonly refusal: RecordedRefusal;
}

/** Somebody comes into a channel or goes: no event, but a change of the truth about who is a member. */
export interface ReaderEntry {
  readonly type: 'reader';
  readonly position: Position;
  readonly room: RoomId;
  readonly reader: ReaderChange;
}

/** A user's own marks in a room: what only one person knows. */
export interface MarksEntry {
  readonly type: 'marks';
  readonly position: Position;
  readonly user: UserId;
  readonly room: RoomId;
  readonly marks: UserMarks;
}

/** One of a user's own settings. The newest entry of a name holds; what it supersedes is erased and reads as `null`. */
export interface SettingEntry {
  readonly type: 'setting';
  readonly position: Position;
  readonly user: UserId;
  readonly name: SettingName;
  /** JSON text; `null`: removed. */
  readonly value: string | null;
}

/** An entry about a room. */
export type RoomLogEntry = EventEntry | RefusalEntry | ReaderEntry | MarksEntry;

/** One durable fact. */
export type LogEntry = RoomLogEntry | SettingEntry;
