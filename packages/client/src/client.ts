import type { AnyContent, DeviceId, Event, RoomId, Seq, UserId } from '@maru/protocol';
import { refusal } from '@maru/protocol';
import { Commands } from './commands.ts';
import { Device, type DeviceDeps } from './device.ts';
import { ClientClosed, InvalidCommand } from './errors.ts';
import type { Room } from './room/rooms.ts';
import type { ContactLists } from './view/contact-lists.ts';
import type { Member } from './view/members.ts';
import { Snapshots } from './view/snapshots.ts';
import { type TailedEvent, type TailOptions, tail } from './view/tail.ts';
import type { DeadLetter, RoomSnapshot, RoomSummary } from './view/view.ts';
import type { Api } from './wire/api.ts';
import { readBody } from './wire/body.ts';
import type { ConnectionStatus } from './wire/connection.ts';

/**
 * One signed-in device of Maru: what a UI, a bot or a script works with. State is read as immutable snapshots, and
 * `subscribe` tells when there are new ones. Made by `createClient`.
 */
export class MaruClient implements AsyncDisposable {
  /** What rooms can be told to do. */
  readonly commands: Commands;
  /** The HTTP API, signed in. */
  readonly api: Api;
  readonly #device: Device;
  readonly #deps: DeviceDeps;
  readonly #snapshots: Snapshots;

  constructor(deps: DeviceDeps) {
    this.#deps = deps;
    this.#device = new Device(deps);
    this.#snapshots = new Snapshots(this.#device, deps.codec);
    this.api = deps.api;
    this.commands = new Commands(this.#device, deps.codec, deps.environment);
  }

  get user(): UserId {
    return this.#device.me.user;
  }

  get device(): DeviceId {
    return this.#device.me.device;
  }

  get connection(): ConnectionStatus {
    return this.#device.session.status;
  }

  /** The conversations, the one with the newest message first: all rooms but {@link requests} and what is hidden. */
  get rooms(): readonly RoomSummary[] {
    return this.#snapshots.lists().rooms;
  }

  /** Rooms of people who write or ask to be contacts, and to whom the user has not answered. */
  get requests(): readonly RoomSummary[] {
    return this.#snapshots.lists().requests;
  }

  /** All rooms that are known, also those of people whom the user blocks or has refused. */
  get allRooms(): readonly RoomSummary[] {
    return this.#snapshots.lists().all;
  }

  /** Contacts, requests in both directions, and whom the user blocks. Names are there after {@link loadContacts}. */
  get contacts(): ContactLists {
    return this.#snapshots.contacts();
  }

  /** What the server refused for good, of all rooms: to be given again (`commands.resend`) or dropped. */
  get deadLetters(): readonly DeadLetter[] {
    return this.#snapshots.deadLetters();
  }

  /** One room; its messages are there after {@link open}. */
  room(room: RoomId): RoomSnapshot | undefined {
    return this.#snapshots.room(room);
  }

  /** Calls `listener` after changes, once for all that changed in one go, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    return this.#device.changes.subscribe(listener);
  }

  /** Resolves when the client is connected and in sync; rejects if it stops before, or with the signal's reason. */
  async online(signal?: AbortSignal): Promise<void> {
    await this.until(() => this.connection.state === 'online' || this.connection.state === 'stopped', signal);
    const { connection } = this;
    if (connection.state === 'stopped')
      throw new ClientClosed(`the client has stopped: ${connection.reason}`);
  }

  /** Resolves as soon as `condition` holds, looking after each change; rejects with the signal's reason. */
  async until(condition: () => boolean, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (condition()) return;
    let end: () => void = () => undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        const abort = () => reject(signal?.reason);
        const unsubscribe = this.subscribe(() => {
          if (condition()) resolve();
        });
        signal?.addEventListener('abort', abort);
        end = () => {
          unsubscribe();
          signal?.removeEventListener('abort', abort);
        };
      });
    } finally {
      end();
    }
  }

  /** Connects, and stays connected; also ends the wait for the next try. */
  connect(): void {
    this.#device.session.connection.start();
  }

  /** Whether somebody is at the device: others see it as active or away. */
  setPresence(presence: 'active' | 'away'): void {
    this.#device.session.connection.setPresence(presence);
  }

  /** The rooms on the screen: their presence and receipts are told, now and after each reconnect. */
  look(rooms: readonly RoomId[]): Promise<void> {
    return this.#device.look(rooms);
  }

  /** The user writes here: to be called with every key. */
  typing(room: RoomId): void {
    const { relations, rooms, typing } = this.#device;
    if (rooms.get(room)?.record.unavailable !== undefined || relations.of(room)?.state === 'blocked') return;
    typing.say(room);
  }

  /** Loads the end of a room's conversation into its snapshot, and keeps it there. */
  async open(room: RoomId): Promise<void> {
    await this.#device.timeline(this.#known(room)).showEnd();
  }

  /** Frees what `open` loaded. */
  close(room: RoomId): void {
    this.#device.timelines.delete(room);
    this.#device.touched(room);
  }

  /**
   * Loads older messages of an opened room, from the store or the server. Resolves with how many events came; 0: there
   * are none. This and the next two reject with `Disconnected` where the server is needed and not there.
   */
  loadOlder(room: RoomId, limit?: number): Promise<number> {
    return this.#device.timeline(this.#known(room)).loadOlder(limit);
  }

  /** Loads newer messages of a room that was jumped into. Resolves with how many events came; 0: this is the end. */
  loadNewer(room: RoomId, limit?: number): Promise<number> {
    return this.#device.timeline(this.#known(room)).loadNewer(limit);
  }

  /** Shows a message with what stands around it. Resolves with whether it is there. */
  jumpTo(room: RoomId, seq: Seq): Promise<boolean> {
    return this.#device.timeline(this.#known(room)).jumpTo(seq);
  }

  /** Goes back to the end of a room. */
  jumpToEnd(room: RoomId): Promise<void> {
    return this.#device.timeline(this.#known(room)).showEnd();
  }

  /** The user has read up to here; without a number, everything. The other devices' counts follow. */
  markRead(room: RoomId, upTo?: Seq): void {
    this.#device.unread.markRead(this.#known(room), upTo);
  }

  /** Marks a room as unread. Moves no read mark. */
  markUnread(room: RoomId): void {
    this.#device.unread.markUnread(this.#known(room));
  }

  /** Loads who is in a room, by name, into its snapshot, where the room's events keep it right. */
  loadMembers(room: RoomId): Promise<void> {
    return this.#device.members.load(room);
  }

  /** Learns the names of people, for {@link person}. */
  async lookUp(users: readonly UserId[]): Promise<void> {
    await this.#device.members.lookUp(users);
    this.#device.changes.changed();
  }

  /** Learns the names of all {@link contacts}. */
  loadContacts(): Promise<void> {
    const { contacts, incoming, outgoing, blocked } = this.contacts;
    return this.lookUp([...contacts, ...incoming, ...outgoing, ...blocked].map(({ user }) => user));
  }

  /** Whether the user blocks somebody: from the moment at which they said so, on this device. */
  isBlocked(user: UserId): boolean {
    return this.#device.relations.isBlocked(user);
  }

  /** Somebody whose name is known. */
  person(user: UserId): Member | undefined {
    return this.#device.members.person(user);
  }

  /** The whole of a long message, checked by its hash (`[LIMIT5]`). */
  async openBody(room: RoomId, seq: Seq): Promise<AnyContent> {
    const event = await this.#event(room, seq);
    if (event === undefined) throw new InvalidCommand(refusal('not-found', 'There is no such message.'));
    return readBody(this.api, this.#deps.codec, room, event);
  }

  /** Who has stored and read how far, also in big rooms. */
  async receipts(room: RoomId): ReturnType<Api['getReceipts']> {
    return this.api.getReceipts({ params: { room } });
  }

  /** Events as they come, each room's in order, without gaps and each once, until the signal. */
  tail(options: TailOptions = {}): AsyncGenerator<TailedEvent, void, undefined> {
    return tail(this.#device, this.#deps.store, options);
  }

  /** Signs this device out: its token ends, and what it has stored is erased. Its id stays, for the next signing in. */
  async signOut(): Promise<void> {
    await this.api.logOut();
    this.#device.session.connection.stop('signed-out');
    await this.#device.erase();
  }

  /** Stops, writes what is left, and closes the store. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#device.close();
  }

  #known(room: RoomId): Room {
    const known = this.#device.rooms.get(room);
    if (known !== undefined) return known;
    throw new InvalidCommand(refusal('not-found', 'There is no such room here.'));
  }

  async #event(room: RoomId, seq: Seq): Promise<Event | undefined> {
    const shown = this.#device.timelines.get(room)?.events.find((event) => event.seq === seq);
    if (shown !== undefined) return shown;
    await this.#device.journal.flush();
    const [stored] = await this.#deps.store.events(room, seq, seq);
    if (stored !== undefined) return stored;
    const page = await this.#device.session.history({ room, from: seq, direction: 'older', limit: 1 });
    return page.events.find((event) => event.seq === seq);
  }
}
