import {
  FOLDERS_NAME,
  type Folder,
  type HiddenSpans,
  type OwnSetting,
  QUICK_REPLIES_NAME,
  type QuickReply,
  type RoomId,
  type RoomOwn,
  type RoomSettingKind,
  roomSettingName,
  type Seq,
  type SettingName,
  type SettingValue,
  settingName,
  settingOf,
} from '@maru/protocol';
import type { Clock } from '../environment.ts';
import { Disconnected, type ReportFault, RequestRefused } from '../errors.ts';
import type { Journal } from '../store/journal.ts';
import { DraftPace } from './draft-pace.ts';
import { isIn } from './hidden-spans.ts';
import { MuteEnds } from './mute-ends.ts';
import { joined, type OwnChange } from './own-change.ts';
import { isEmptyRecord, type OwnRecord, saysSame, shownOf, wantedOf } from './own-record.ts';

export interface OwnSettingsDeps {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly report: ReportFault;
  readonly session: {
    /** Resolves when the server has it for good (`[OWN1]`). */
    set(name: SettingName, value: unknown): Promise<void>;
  };
  /** Whether the user is in the room, by what the server said; `undefined`: it has not told of the room yet. */
  readonly isMember: (room: RoomId) => boolean | undefined;
  /** The user changed something, where another tab brings it to the server. */
  readonly userChanged?: ((name: SettingName, change: OwnChange) => void) | undefined;
  /** Something to be seen of a room changed; without one, of the user. */
  readonly changed: (room: RoomId | undefined) => void;
  /** What is hidden in a room changed; `isKept`: as the server has it already. */
  readonly hid: (room: RoomId, isKept: boolean) => void;
  /** What the server has of a setting can't be told any more. */
  readonly needsSync: () => void;
}

interface Known {
  record: OwnRecord;
  /** What is shown, read once. */
  value: unknown;
}

const NO_ROOM_OWN: RoomOwn = {};
const NOTHING_HIDDEN: HiddenSpans = [];
const NO_REPLIES: readonly QuickReply[] = [];
const NO_FOLDERS: readonly Folder[] = [];
const NO_STARS: readonly Seq[] = [];

/**
 * What the user keeps for themselves, on this device: changed at once, stored, and sent when there is a session; what
 * other devices changed meanwhile stays (`[OWN9]`).
 */
export class OwnSettings {
  readonly #deps: OwnSettingsDeps;
  readonly #known = new Map<SettingName, Known>();
  /** With something that the server has not taken, in the order of the first change. */
  readonly #unsent = new Set<SettingName>();
  readonly #drafts: DraftPace;
  readonly #muteEnds: MuteEnds;
  #online = false;
  /** What is on its way; `overtaken`: another device's value came meanwhile, which may be older or newer. */
  #sending: { readonly name: SettingName; overtaken: boolean } | undefined;

  constructor(deps: OwnSettingsDeps, records: readonly OwnRecord[]) {
    this.#deps = deps;
    this.#drafts = new DraftPace(deps.clock, () => this.#pump());
    this.#muteEnds = new MuteEnds(deps.clock, (room) => deps.changed(room));
    for (const record of records) this.#keep(record);
  }

  /** How the user has a room. The same object until it changes. */
  room(room: RoomId): RoomOwn {
    return this.#value('room', room) ?? NO_ROOM_OWN;
  }

  draft(room: RoomId): SettingValue<'draft'> | undefined {
    return this.#value('draft', room);
  }

  hidden(room: RoomId): HiddenSpans {
    return this.#value('hidden', room) ?? NOTHING_HIDDEN;
  }

  hides(room: RoomId, seq: number): boolean {
    const spans = this.hidden(room);
    return spans.length > 0 && isIn(spans, seq);
  }

  /** Whether the user hid messages of which the server does not know. */
  isHiding(room: RoomId): boolean {
    return this.#unsent.has(roomSettingName('hidden', room));
  }

  get quickReplies(): readonly QuickReply[] {
    return (this.#known.get(QUICK_REPLIES_NAME)?.value as readonly QuickReply[] | undefined) ?? NO_REPLIES;
  }

  stars(room: RoomId): readonly Seq[] {
    return this.#value('stars', room) ?? NO_STARS;
  }

  get folders(): readonly Folder[] {
    return (this.#known.get(FOLDERS_NAME)?.value as readonly Folder[] | undefined) ?? NO_FOLDERS;
  }

  /** Settings of one kind, by room. */
  *all<K extends RoomSettingKind>(kind: K): Generator<[RoomId, SettingValue<K>]> {
    for (const [name, { value }] of this.#known) {
      const { kind: found, room } = settingOf(name);
      if (found === kind && room !== undefined && value !== undefined) yield [room, value as SettingValue<K>];
    }
  }

  /** The user changed something here. */
  change(name: SettingName, change: OwnChange): void {
    this.#deps.userChanged?.(name, change);
    const former = this.#known.get(name)?.record ?? { name };
    const record = { ...former, pending: joined(former.pending, change) };
    // What the server has anyway need not go there; unless something else is on its way there.
    const isDone = this.#sending?.name !== name && saysSame(wantedOf(record), former.base);
    this.#update(isDone ? { name, base: former.base } : record, false);
    if (settingOf(name).kind === 'draft') this.#drafts.written(name, shownOf(record) === undefined);
    this.#pump();
  }

  /** A draft goes to the server now: the user has left the room. */
  flushDraft(room: RoomId): void {
    this.#drafts.release(roomSettingName('draft', room));
  }

  /** What the server tells: changes, or (`isAll`) all that there is. */
  told(settings: readonly OwnSetting[], isAll: boolean): void {
    const told = new Set<SettingName>();
    for (const { name: given, value } of settings) {
      const { success, data: name } = settingName.safeParse(given);
      if (!success) continue;
      told.add(name);
      if (this.#sending?.name === name) this.#sending.overtaken = true;
      this.#rebase(name, value ?? undefined);
    }
    if (!isAll) return;
    for (const name of [...this.#known.keys()]) if (!told.has(name)) this.#rebase(name, undefined);
  }

  /** As the tab that has the connection keeps it. */
  mirror(record: OwnRecord): void {
    this.#update(record, false);
  }

  online(): void {
    this.#online = true;
    this.#pump();
  }

  offline(): void {
    this.#online = false;
  }

  /** A room came that was not known before: what waited for it may go. */
  entered(): void {
    if (this.#unsent.size > 0) this.#pump();
  }

  /** Forgets everything. */
  erase(): void {
    this.close();
    for (const name of [...this.#known.keys()]) this.#update({ name }, false);
  }

  close(): void {
    this.offline();
    this.#drafts.close();
    this.#muteEnds.close();
  }

  #value<K extends RoomSettingKind>(kind: K, room: RoomId): SettingValue<K> | undefined {
    return this.#known.get(roomSettingName(kind, room))?.value as SettingValue<K> | undefined;
  }

  #rebase(name: SettingName, base: unknown): void {
    const record = this.#known.get(name)?.record ?? { name };
    if (!saysSame(record.base, base)) this.#update({ ...record, base }, record.pending === undefined);
  }

  /** Takes a record over and tells of what changed by it. */
  #update(record: OwnRecord, isKept: boolean): void {
    const { name } = record;
    const former = this.#known.get(name)?.value;
    this.#keep(record);
    this.#deps.journal.add({ kind: 'own', record });
    const value = this.#known.get(name)?.value;
    if (saysSame(former, value)) return;
    const { kind, room } = settingOf(name);
    if (kind === 'hidden' && room !== undefined) this.#deps.hid(room, isKept);
    this.#deps.changed(room);
  }

  #keep(record: OwnRecord): void {
    const { name, pending } = record;
    if (pending === undefined) this.#unsent.delete(name);
    else this.#unsent.add(name);
    const known = this.#known.get(name);
    const value = shownOf(record);
    if (isEmptyRecord(record)) this.#known.delete(name);
    else this.#known.set(name, { record, value: saysSame(known?.value, value) ? known?.value : value });
    const { kind, room } = settingOf(name);
    if (kind === 'room' && room !== undefined) this.#muteEnds.set(room, (value as RoomOwn | undefined)?.mute);
  }

  #pump(): void {
    if (!this.#online || this.#sending !== undefined) return;
    for (const name of this.#unsent) {
      const { room } = settingOf(name);
      const isMember = room === undefined || this.#deps.isMember(room);
      const record = this.#known.get(name)?.record;
      if (record === undefined || isMember === undefined || this.#drafts.holds(name)) continue;
      const wanted = wantedOf(record);
      // The answer got lost, but the server has it.
      if (saysSame(wanted, record.base)) this.#taken(record, wanted);
      // Nothing new is kept of rooms that one has left.
      else if (!isMember && wanted !== undefined) this.#drop(name);
      else {
        void this.#send(record, wanted);
        return;
      }
    }
  }

  /** One at a time: what comes first is there first. */
  async #send(record: OwnRecord, wanted: unknown): Promise<void> {
    const { name } = record;
    const sending = { name, overtaken: false };
    this.#sending = sending;
    try {
      this.#drafts.sent(name);
      await this.#deps.session.set(name, wanted ?? null);
      this.#sending = undefined;
      this.#taken(record, wanted);
      if (sending.overtaken) this.#deps.needsSync();
    } catch (error) {
      this.#sending = undefined;
      if (error instanceof RequestRefused) {
        // Taken out of the room meanwhile.
        if (error.code !== 'not-found')
          this.#deps.report({ code: 'request-refused', message: error.message, cause: error.body });
        this.#drop(name);
      } else if (!(error instanceof Disconnected)) throw error;
    }
    // Disconnected: kept for the next session, which may have begun before the former was seen to end.
    this.#pump();
  }

  /** The server has what was wanted of a record. */
  #taken({ name, pending }: OwnRecord, base: unknown): void {
    const record = this.#known.get(name)?.record ?? { name };
    // What the user has changed meanwhile goes next.
    this.#update({ name, base, pending: record.pending === pending ? undefined : record.pending }, true);
    const { kind, room } = settingOf(name);
    if (kind === 'hidden' && room !== undefined) this.#deps.hid(room, true);
  }

  #drop(name: SettingName): void {
    this.#update({ name, base: this.#known.get(name)?.record.base }, true);
  }
}
