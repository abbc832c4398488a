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

/** A room's draft, `null` where it was taken away, and the newest id that was used in the room by then. */
type Logged = readonly [draft: Draft | null, after: ClientMessageId | undefined];

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
    this.#drafts.set(room, [draft ?? null, this.#deps.device().outbox.newestId(room)]);
    this.#keep();
    this.#wait();
  }

  /**
   * Goes on with what a tab that is gone has logged; not in rooms in which this device has done something since, for that
   * was stored behind it.
   */
  goOnWith(log: string): void {
    const { outbox, own } = this.#deps.device();
    for (const [room, draft, after] of draftsIn(log)) {
      if ((outbox.newestId(room) ?? '') > (after ?? '')) continue;
      this.written(room, draft);
      own.change(roomSettingName('draft', room), { kind: 'draft', draft });
    }
  }

  /** Forgets what the store has; the rest is looked at again. */
  forgetStored(): void {
    if (this.#deps.device().journal.isIdle) this.clear();
    else this.#wait();
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

  #wait(): void {
    if (this.#stays) return;
    this.#look ??= this.#deps.clock.after(LOOK_MS, () => {
      this.#look = undefined;
      this.forgetStored();
    });
  }

  #keep(): void {
    const { tabs, name } = this.#deps;
    tabs.keep(name, this.#drafts.size === 0 ? undefined : JSON.stringify([...this.#drafts]));
  }
}

/** What another version of the app has logged may look otherwise. */
function draftsIn(log: string): [RoomId, Draft | undefined, string | null][] {
  try {
    const logged = JSON.parse(log) as readonly (readonly [unknown, readonly [unknown, string | null]])[];
    return logged.map(([room, [draft, after]]) => [
      roomId.parse(room),
      draft === null ? undefined : settingValues.draft.parse(draft),
      after,
    ]);
  } catch {
    return [];
  }
}
