import type { Draft, Folder, QuickReply, RoomId, RoomSettingKind, Seq } from '@maru/protocol';
import {
  countCodePoints,
  FOLDERS_NAME,
  folder,
  limits,
  QUICK_REPLIES_NAME,
  quickReply,
  refusal,
  roomSettingName,
  settingValues,
} from '@maru/protocol';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-surroundings.ts';
import { InvalidCommand } from './errors.ts';
import { spansOf } from './own/hidden-spans.ts';
import { changed, type OwnChange, type RoomOwnPatch } from './own/own-change.ts';

export interface MuteOptions {
  /** Milliseconds since the epoch. Default: until {@link Settings.unmute}. */
  readonly until?: number;
  /** Whether messages that mention the user are told of all the same. Default: yes. */
  readonly mentions?: boolean;
}

/**
 * What the user keeps for themselves, the same on all their devices. It holds at once, with or without a server; where a
 * promise is given, it resolves when the change is stored here. What the server refuses is taken back.
 */
export class Settings {
  readonly #device: Device;
  readonly #draftLog: DeviceDeps['draftLog'];

  constructor(device: Device, draftLog: DeviceDeps['draftLog']) {
    this.#device = device;
    this.#draftLog = draftLog;
  }

  mute(room: RoomId, { until, mentions = true }: MuteOptions = {}): Promise<void> {
    return this.#patch(room, { mute: { until: until ?? 'ever', mentions } });
  }

  unmute(room: RoomId): Promise<void> {
    return this.#patch(room, { mute: null });
  }

  /** Puts a room away; a message that counts brings it back, unless the room is muted. It is pinned no longer. */
  archive(room: RoomId): Promise<void> {
    const { outbox, rooms } = this.#device;
    const ordinal = rooms.get(room)?.record.head.ordinal ?? 0;
    // What the user has said already and is still on its way brings nothing back.
    const onTheirWay = outbox.pending(room).filter(({ item }) => item.command.kind === 'send').length;
    return this.#patch(room, { archived: ordinal + onTheirWay, pinned: null });
  }

  unarchive(room: RoomId): Promise<void> {
    return this.#patch(room, { archived: null });
  }

  /** Puts a room among the pinned ones: before another of them, or at their end. It is archived no longer. */
  pin(room: RoomId, before?: RoomId): Promise<void> {
    return this.#patch(room, { pinned: this.#place(room, before), archived: null });
  }

  unpin(room: RoomId): Promise<void> {
    return this.#patch(room, { pinned: null });
  }

  /**
   * What stands in a room's input; to be called with every key. The other devices hear of it every few seconds. Sending a
   * message to the room clears it.
   *
   * @throws InvalidCommand where it is longer than a message may be
   */
  setDraft(room: RoomId, draft: Draft | undefined): void {
    const value = limits.MESSAGE_CHARS_MAX;
    const given = countCodePoints(draft?.text ?? '');
    if (given > value) {
      const limit = { name: 'MESSAGE_CHARS_MAX', value };
      throw new InvalidCommand(refusal('message-too-long', 'The draft is too long.', { limit, given }));
    }
    const isEmpty = draft === undefined || (draft.text === '' && draft.replyTo === undefined);
    const kept = isEmpty ? undefined : draft;
    this.#draftLog?.written(room, kept);
    this.#change(room, 'draft', { kind: 'draft', draft: kept });
  }

  /** The user leaves a room: its draft goes to the other devices now. Resolves when it is stored here. */
  async flushDraft(room: RoomId): Promise<void> {
    this.#device.own.flushDraft(room);
    await this.#device.journal.flush();
    this.#draftLog?.forgetStored();
  }

  /** Deletes messages for the user alone, on all their devices. There is no way back. */
  hideMessages(room: RoomId, numbers: readonly Seq[]): Promise<void> {
    if (numbers.length > 0) this.#change(room, 'hidden', { kind: 'hidden', spans: spansOf(numbers) });
    return this.#device.journal.flush();
  }

  /** Texts that the user keeps to send them again. The same list until it changes. */
  get quickReplies(): readonly QuickReply[] {
    return this.#device.own.quickReplies;
  }

  /**
   * Keeps a text under a shortcut, in place of the one that was there.
   *
   * @throws InvalidCommand where there are as many as may be, or one of the two is too long, empty or no shortcut
   */
  async keepQuickReply(shortcut: string, text: string): Promise<void> {
    const parsed = quickReply.safeParse({ shortcut, text });
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new InvalidCommand(
        refusal('bad-request', `A quick reply's ${issue?.path.join('.')}: ${issue?.message}`),
      );
    }
    const { quickReplies } = this;
    const value = limits.QUICK_REPLIES_MAX;
    if (quickReplies.length >= value && !quickReplies.some((reply) => reply.shortcut === shortcut)) {
      const limit = { name: 'QUICK_REPLIES_MAX', value };
      throw new InvalidCommand(
        refusal('too-many', `There are ${value} quick replies: remove one first.`, { limit }),
      );
    }
    await this.#setReply(shortcut, text);
  }

  removeQuickReply(shortcut: string): Promise<void> {
    return this.#setReply(shortcut, null);
  }

  /** Stars a message, to find it again, or not any more. The snapshot of the room has them. */
  star(room: RoomId, seq: Seq, isStarred = true): Promise<void> {
    this.#change(room, 'stars', { kind: 'stars', marks: { [seq]: isStarred } });
    return this.#device.journal.flush();
  }

  /** The user's own groups of rooms, as they put them. The same list until it changes. */
  get folders(): readonly Folder[] {
    return this.#device.own.folders;
  }

  /**
   * Puts a room into a folder, which is made if there is none of the name, or takes it out.
   *
   * @throws InvalidCommand where the folder's name is none, or there are as many folders, or rooms in it, as may be
   */
  async putInFolder(name: string, room: RoomId, isIn = true): Promise<void> {
    const { data: shown, success } = folder.shape.name.safeParse(name);
    const folders = { [shown ?? name]: { removed: false, rooms: { [room]: isIn } } };
    const change: OwnChange = { kind: 'folders', folders };
    const fits = settingValues.folders.safeParse(changed(this.folders, change)).success;
    if (!success || (isIn && !fits)) {
      const message = `A folder's name has 1 to ${limits.FOLDER_NAME_CHARS_MAX} characters, and there are at most ${limits.FOLDERS_MAX} folders of ${limits.FOLDER_ROOMS_MAX} rooms.`;
      throw new InvalidCommand(refusal('bad-request', message));
    }
    this.#device.own.change(FOLDERS_NAME, change);
    await this.#device.journal.flush();
  }

  /**
   * Gives a folder another name; it stays where it stands.
   *
   * @throws InvalidCommand where the new name is none, or another folder's
   */
  async renameFolder(name: string, to: string): Promise<void> {
    const { folders } = this;
    const found = folders.find((one) => one.name === name);
    const { data: shown } = folder.shape.name.safeParse(to);
    if (found === undefined || shown === undefined || folders.some((one) => one.name === shown)) {
      const message = `A folder's name has 1 to ${limits.FOLDER_NAME_CHARS_MAX} characters, and no other folder has it.`;
      throw new InvalidCommand(refusal('bad-request', message));
    }
    const inside = Object.fromEntries(found.rooms.map((room) => [room, true]));
    const changes = {
      [name]: { removed: true, rooms: {} },
      [shown]: { removed: false, rooms: inside },
    };
    const order = folders.map((one) => (one.name === name ? shown : one.name));
    this.#device.own.change(FOLDERS_NAME, { kind: 'folders', folders: changes, order });
    await this.#device.journal.flush();
  }

  /** Puts the folders in an order, by their names; those that it does not name come behind. */
  orderFolders(order: readonly string[]): Promise<void> {
    this.#device.own.change(FOLDERS_NAME, { kind: 'folders', folders: {}, order });
    return this.#device.journal.flush();
  }

  /** Drops a folder; its rooms stay. */
  removeFolder(name: string): Promise<void> {
    const folders = { [name]: { removed: true, rooms: {} } };
    this.#device.own.change(FOLDERS_NAME, { kind: 'folders', folders });
    return this.#device.journal.flush();
  }

  #setReply(shortcut: string, text: string | null): Promise<void> {
    this.#device.own.change(QUICK_REPLIES_NAME, { kind: 'quick-replies', texts: { [shortcut]: text } });
    return this.#device.journal.flush();
  }

  #patch(room: RoomId, patch: RoomOwnPatch): Promise<void> {
    this.#change(room, 'room', { kind: 'room', patch });
    return this.#device.journal.flush();
  }

  #change<K extends RoomSettingKind>(room: RoomId, kind: K, change: Extract<OwnChange, { kind: K }>): void {
    this.#device.own.change(roomSettingName(kind, room), change);
  }

  /** A number that puts a room before another pinned one, or behind all. */
  #place(room: RoomId, before: RoomId | undefined): number {
    const others = [...this.#device.own.all('room')]
      .flatMap(([id, { pinned }]) => (pinned === undefined || id === room ? [] : { id, pinned }))
      .sort((a, b) => a.pinned - b.pinned || (a.id < b.id ? -1 : 1));
    const next = others.findIndex(({ id }) => id === before);
    const [lower, upper] = next < 0 ? [others.at(-1), undefined] : [others[next - 1], others[next]];
    if (lower === undefined) return upper === undefined ? 0 : upper.pinned - 1;
    return upper === undefined ? lower.pinned + 1 : (lower.pinned + upper.pinned) / 2;
  }
}
