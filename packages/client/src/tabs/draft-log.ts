import {
  type ClientMessageId,
  type Draft,
  type RoomId,
  roomId,
  roomSettingName,
  settingValues,
} from '@maru/protocol';
import type { Device } from '../device.ts';
import type { Cancel, Clock } from '../environment.ts';
import type { TabsEnvironment } from './tabs-environment.ts';

/** How often it is looked whether the store has what was written. */
const LOOK_MS = 500;

/** A room's draft, and the newest id that was used in the room when it was written. */
type Logged = readonly [draft: Draft, after: ClientMessageId | undefined];

/** Begins the names of the notes in which a device's tabs keep their drafts; with `tab`: that one's. */
export function draftsOf(name: string, tab = ''): string {
  return `${name}:drafts:${tab}`;
}

export interface DraftLogDeps {
  readonly clock: Clock;
  readonly tabs: Pick<TabsEnvironment, 'keep'>;
  /** What the tab keeps its drafts under. */
  readonly name: string;
  readonly device: () => Device;
}

/**
 * The drafts that the store may not have yet, where they outlive the tab with every key (`[TABS4]`): a write-ahead log, of
 * what is written often and is wanted by nobody but its user.
 */
export class DraftLog {
  readonly #deps: DraftLogDeps;
  readonly #drafts = new Map<RoomId, Logged>();
  #look: Cancel | undefined;
  /** There is no store any more that could have them. */
  #stays = false;

  constructor(deps: DraftLogDeps) {
    this.#deps = deps;
  }

  /** The user wrote, or took away what was written. */
  written(room: RoomId, draft: Draft | undefined): void {
    if (draft === undefined) this.#drafts.delete(room);
    else this.#drafts.set(room, [draft, this.#deps.device().outbox.newestId(room)]);
    this.#keep();
    if (!this.#stays) this.#look ??= this.#deps.clock.after(LOOK_MS, () => this.#forgetStored());
  }

  /** The store failed: what was written stays here, for whoever opens it anew. */
  stay(): void {
    this.#stays = true;
    this.#look?.();
  }

  /** All that was written is stored. */
  clear(): void {
    if (this.#stays) return;
    this.#look?.();
    this.#look = undefined;
    this.#drafts.clear();
    this.#keep();
  }

  #forgetStored(): void {
    this.#look = undefined;
    if (this.#deps.device().journal.isIdle) this.clear();
    else this.#look = this.#deps.clock.after(LOOK_MS, () => this.#forgetStored());
  }

  #keep(): void {
    const { tabs, name } = this.#deps;
    tabs.keep(name, this.#drafts.size === 0 ? undefined : JSON.stringify([...this.#drafts]));
  }
}

/** Goes on with what a tab that is gone has logged, but for rooms in which something was sent since. */
export function goOnWith(device: Device, log: string): void {
  for (const [room, draft, after] of draftsIn(log)) {
    // What the store does not have of it was behind all that was stored.
    if ((device.outbox.newestId(room) ?? '') > (after ?? '')) continue;
    device.own.change(roomSettingName('draft', room), { kind: 'draft', draft });
  }
}

/** What another version of the app has logged may look otherwise. */
function draftsIn(log: string): [RoomId, Draft, string | null][] {
  try {
    const logged = JSON.parse(log) as readonly (readonly [unknown, readonly [unknown, string | null]])[];
    return logged.map(([room, [draft, after]]) => [
      roomId.parse(room),
      settingValues.draft.parse(draft),
      after,
    ]);
  } catch {
    return [];
  }
}
