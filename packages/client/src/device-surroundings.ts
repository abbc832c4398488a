import type { DownFrame, Draft, RoomId, SettingName, Welcome } from '@maru/protocol';
import type { OwnChange } from './own/own-change.ts';
import type { Journal } from './store/journal.ts';
import type { ClientStore, Identity, StoredState } from './store/store.ts';
import type { Changes } from './view/changes.ts';
import type { Api } from './wire/api.ts';
import type { Session, SessionDeps } from './wire/session.ts';

/** What a device is made of and with. */
export interface DeviceDeps extends SessionDeps {
  readonly store: ClientStore;
  readonly state: StoredState;
  readonly me: Identity;
  readonly api: Api;
  readonly gapEventsMax: number;
  readonly changes: Changes;
  /** Where another tab has the connection: what stands in place of the store's journal and of the session. */
  readonly following?: Following | undefined;
  /** Where other tabs follow: hears every frame of the server. */
  readonly overheard?: ((frame: Exclude<DownFrame, Welcome>) => void) | undefined;
  /** Where drafts are kept before the store has them. */
  readonly draftLog?: DraftLogging | undefined;
  /** How long a change that nobody waits for may stay in memory. */
  readonly lazyMs?: (() => number) | undefined;
}

export interface DraftLogging {
  /** The user wrote, or took away what was written. */
  written(room: RoomId, draft: Draft | undefined): void;
  /** The store may have all that was written. */
  forgetStored(): void;
}

export interface Following {
  readonly journal: Journal;
  readonly session: Session;
  /** The user changed a setting. */
  readonly settingChanged: (name: SettingName, change: OwnChange) => void;
  /** Has the room's entry asked for. */
  readonly refresh: (room: RoomId) => void;
}
