import type { RoomId } from '@maru/protocol';
import { ClientClosed } from '../errors.ts';
import type { RoomRecord } from '../room/room-record.ts';
import type { Journal } from '../store/journal.ts';
import type { StoreChange } from '../store/store.ts';
import type { Act } from './act.ts';

export interface FollowerJournalDeps {
  /** Stores acts, and tells who leads. */
  readonly give: (acts: readonly Act[]) => Promise<void>;
  /** The room's record as it is now. */
  readonly record: (room: RoomId) => RoomRecord | undefined;
  /** The store failed. Nothing is stored any more. */
  readonly failed: (cause: unknown) => void;
}

/**
 * The journal of a tab without the connection: of what changes there it stores only what its user did, as acts for the
 * tab that leads (`[TABS2]`). What was done in one go is given in one go. All else that tab stores, and tells.
 */
export class FollowerJournal implements Journal {
  readonly #deps: FollowerJournalDeps;
  /** Marks on their way to the server, as they came from the tab that leads or were given to it. */
  readonly #marks: Map<RoomId, RoomRecord['pendingMark']>;
  #acts: Act[] = [];
  #next: Promise<void> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #underWay = 0;
  #muted = false;
  #closed = false;

  constructor(deps: FollowerJournalDeps, records: readonly RoomRecord[]) {
    this.#deps = deps;
    this.#marks = new Map(records.map(({ room, pendingMark }) => [room, pendingMark]));
  }

  add(change: StoreChange): void {
    const act = actOf(change);
    if (act !== undefined) this.act(act);
  }

  /** Of a room only the user's marks are their own doing. */
  touch(room: RoomId): void {
    const pendingMark = this.#deps.record(room)?.pendingMark;
    const former = this.#marks.get(room);
    this.#marks.set(room, pendingMark);
    if (pendingMark === undefined || pendingMark === former) return;
    this.act({ kind: 'mark', room, ...pendingMark });
  }

  get isIdle(): boolean {
    return this.#acts.length === 0 && this.#underWay === 0;
  }

  /** The user did something. */
  act(act: Act): void {
    if (this.#closed || this.#muted) return;
    this.#acts.push(act);
    // Whoever waits for the store hears of its failure by `failed`.
    this.flush().catch(() => undefined);
  }

  /** What `run` changes the tab that leads has, or will have. */
  mirroring(run: () => void): void {
    this.#muted = true;
    try {
      run();
    } finally {
      this.#muted = false;
    }
  }

  flush(): Promise<void> {
    if (this.#closed) return Promise.reject(new ClientClosed('the client is closed'));
    if (this.#next !== undefined) return this.#next;
    if (this.#acts.length === 0) return this.#writing;
    const next = this.#writing.then(() => this.#write());
    this.#next = next;
    this.#writing = next;
    return next;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    try {
      await this.flush();
    } finally {
      this.#closed = true;
    }
  }

  async #write(): Promise<void> {
    this.#next = undefined;
    const acts = this.#acts;
    this.#acts = [];
    this.#underWay++;
    try {
      await this.#deps.give(acts);
    } catch (cause) {
      this.#closed = true;
      this.#deps.failed(cause);
      throw new ClientClosed('the store failed', { cause });
    } finally {
      this.#underWay--;
    }
  }
}

/** What a change says that its user did. */
function actOf(change: StoreChange): Act | undefined {
  switch (change.kind) {
    case 'outbox':
      return { kind: 'command', item: change.item };
    case 'outbox-done':
      return { kind: 'drop-command', room: change.room, clientMessageId: change.clientMessageId };
    case 'profile-change':
      return change.change && { kind: 'profile', change: change.change };
    case 'forget-room':
      return { kind: 'forget-room', room: change.room };
    case 'identity':
      return { kind: 'erase' };
    default:
      return undefined;
  }
}
