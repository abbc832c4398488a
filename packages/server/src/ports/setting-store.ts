import type { RoomId, SettingName, UserId } from '@maru/protocol';
import type { Position } from './position.ts';

/** The newest value of one name. */
export interface StoredSetting {
  readonly name: SettingName;
  /** JSON text; `null`: removed. */
  readonly value: string | null;
  /** Where the log says so. */
  readonly position: Position;
}

/** What a user's session has to know of their settings. */
export interface SettingsOverview {
  /** Of the newest change; 0: there was none. */
  readonly newest: Position;
  /** The newest message that is hidden, by room; only rooms with one. */
  readonly hiddenUpTo: ReadonlyMap<RoomId, number>;
}

/** How much a user keeps, what was removed left out. */
export interface SettingsUsage {
  readonly count: number;
  /** Of the values, as UTF-8. */
  readonly bytes: number;
}

/** Reads of users' own settings. Duties: as `RoomStore`, every read sees all that `append` has resolved for. */
export interface SettingStore {
  /** What changed above a position, in the order of the log; what was removed included. */
  changes(user: UserId, after: Position): Promise<StoredSetting[]>;
  setting(user: UserId, name: SettingName): Promise<StoredSetting | undefined>;
  usage(user: UserId): Promise<SettingsUsage>;
  overview(user: UserId): Promise<SettingsOverview>;
}
