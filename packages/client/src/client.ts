import {
  type AccountSettings,
  type AnyContent,
  type DeviceId,
  type Event,
  type LinkCode,
  limits,
  type PersonalCode,
  type Profile,
  type RoomId,
  refusal,
  type Seq,
  type UserId,
} from '@maru/protocol';
import type { Commands } from './commands.ts';
import type { Device } from './device.ts';
import { Devices } from './devices.ts';
import { eraseDevice } from './erase-device.ts';
import { ClientClosed, InvalidCommand, NetworkError } from './errors.ts';
import { forwardContent } from './forward.ts';
import type { Scheduled } from './later/scheduled-list.ts';
import type { Sending } from './outbox/sending.ts';
import { Avatars } from './people/avatars.ts';
import { MyLink } from './people/my-link.ts';
import { type Person, type ProfileChange, personOf } from './people/person.ts';
import type { Room } from './room/rooms.ts';
import type { Seat } from './seat.ts';
import type { Settings } from './settings.ts';
import type { ContactLists } from './view/contact-lists.ts';
import { type HeldPage, readHeld } from './view/held.ts';
import type { Quote } from './view/quote.ts';
import { type TailedEvent, type TailOptions, tail } from './view/tail.ts';
import type { Side } from './view/timeline.ts';
import { until } from './view/until.ts';
import type { DeadLetter, RoomSnapshot, RoomSummary } from './view/view.ts';
import type { Api } from './wire/api.ts';
import { readBody } from './wire/body.ts';
import type { ConnectionStatus } from './wire/connection.ts';
import type { TransportOption } from './wire/transport-choice.ts';

/**
 * One signed-in device of Maru: what a UI, a bot or a script works with. State is read as immutable snapshots, and
 * `subscribe` tells when there are new ones. Made by `createClient`.
 */
export class MaruClient implements AsyncDisposable {
  /** By what the user lets themselves be found. */
  readonly myLink: MyLink;
  /** The account's devices, and those that ask to be let in. */
  readonly devices: Devices;
  readonly #avatars: Avatars;
  readonly #seat: Seat;

  constructor(seat: Seat) {
    this.#seat = seat;
    this.myLink = new MyLink(seat.deps.api);
    this.devices = new Devices(seat.deps.api);
    this.#avatars = new Avatars(seat.deps.api);
  }

  /** What rooms can be told to do. */
  get commands(): Commands {
    return this.#seat.commands;
  }

  /** What the user keeps for themselves: mutes, the archive, pinned rooms, drafts, stars, folders, quick replies. */
  get settings(): Settings {
    return this.#seat.settings;
  }

  /** The HTTP API, signed in. */
  get api(): Api {
    return this.#seat.deps.api;
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

  /**
   * The conversations: all rooms but {@link requests} and what is hidden. Pinned ones as the user put them, then the one
   * with the newest message first, archived ones last.
   */
  get rooms(): readonly RoomSummary[] {
    return this.#seat.snapshots.lists().rooms;
  }

  /** Rooms of people who write or ask to be contacts, and to whom the user has not answered. */
  get requests(): readonly RoomSummary[] {
    return this.#seat.snapshots.lists().requests;
  }

  /** All rooms that are known, also those of people whom the user blocks or has refused. */
  get allRooms(): readonly RoomSummary[] {
    return this.#seat.snapshots.lists().all;
  }

  /** Contacts, requests in both directions, and whom the user blocks. Names and pictures are there after {@link loadContacts}. */
  get contacts(): ContactLists {
    return this.#seat.snapshots.contacts();
  }

  /** What the server refused for good, of all rooms: to be given again (`commands.resend`) or dropped. */
  get deadLetters(): readonly DeadLetter[] {
    return this.#seat.snapshots.deadLetters();
  }

  /** One room; its messages are there after {@link open}. */
  room(room: RoomId): RoomSnapshot | undefined {
    return this.#seat.snapshots.room(room);
  }

  /** What the user has scheduled, the earliest first: in one room, or everywhere. The same list until it changes. */
  scheduled(room?: RoomId): readonly Scheduled[] {
    return room === undefined ? this.#device.scheduled.list() : this.#device.scheduled.in(room);
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
  until(condition: () => boolean, signal?: AbortSignal): Promise<void> {
    return until(condition, (listener) => this.subscribe(listener), signal);
  }

  /** Connects, and stays connected; also ends the wait for the next try. */
  connect(): void {
    this.#device.session.connection.start();
  }

  /** The device says that it has no network: a connection whose server does not answer at once is taken for lost. */
  checkConnection(): void {
    this.#device.session.connection.check();
  }

  /**
   * Reaches the server another way from now on, see `transport` of the options: a connection is cut and comes back that
   * way. Of several tabs each is told: the one that has the connection, and those that may have it later.
   */
  setTransport(option: TransportOption): void {
    const { transports } = this.#seat.deps;
    if (transports.option === option) return;
    transports.choose(option);
    const { connection, status } = this.#device.session;
    if (status.state === 'idle' || status.state === 'stopped') return;
    connection.restart();
    connection.start();
  }

  /** Whether somebody is at the device: others see it as active or away. */
  setPresence(presence: 'active' | 'away'): void {
    this.#device.session.setPresence(presence);
  }

  /** The rooms on the screen: their presence and receipts are told, now and after each reconnect. */
  look(rooms: readonly RoomId[]): Promise<void> {
    return this.#device.look(rooms);
  }

  /** Asks anew who is there, in the rooms on the screen: in big ones changes don't follow by themselves. */
  lookAgain(): Promise<void> {
    return this.#device.look(this.#device.presence.looking);
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
    this.#device.quotes.forget(room);
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

  /**
   * Frees what lies far on one side of a message that is looked at in an opened room, if that is much; it is loaded again
   * as what never was. What is being loaded comes first. Resolves with whether anything was freed.
   */
  async trim(room: RoomId, side: Side, seen: Seq): Promise<boolean> {
    return (await this.#device.timelines.get(room)?.trim(side, seen)) ?? false;
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

  /**
   * Has the server tell anew what no event tells of a room: how many read a channel (`[CHANNEL3]`). It is there a little
   * later, or when there is a server.
   */
  refresh(room: RoomId): void {
    const { following } = this.#seat.deps;
    if (following === undefined) this.#device.unread.refresh(this.#known(room));
    else following.refresh(room);
  }

  /** Loads who is in a room, by name, into its snapshot, where the room's events keep it right. */
  loadMembers(room: RoomId): Promise<void> {
    return this.#device.members.load(room);
  }

  /** Learns of people, for {@link person}: only those are asked for of whom nothing was heard in a while. */
  async lookUp(users: readonly UserId[]): Promise<void> {
    await this.#device.people.lookUp(users);
  }

  /** Somebody, as far as they are known: kept on the device, and kept up to date while they are shown. */
  person(user: UserId): Person | undefined {
    return this.#device.person(user);
  }

  /** Asks the server who somebody is, by the exact handle. Rejects with `ApiError` (`not-found`), or `NetworkError`. */
  async findPerson(handle: string): Promise<Person> {
    const known = this.people.find((person) => person.handle === handle);
    const { api } = this;
    return this.#learned(
      await (known === undefined
        ? api.findUser({ query: { handle } })
        : api.getUser({ params: { user: known.user } })),
    );
  }

  /** Asks the server whose personal link this is. Rejects with `ApiError` (`link-invalid`), or `NetworkError`. */
  async findByLink(code: PersonalCode): Promise<Person> {
    return this.#learned(await this.api.findByLink({ body: { code } }));
  }

  /** Everybody whom this device knows; the same list as before where nothing changed. */
  get people(): readonly Person[] {
    return this.#device.people.list;
  }

  /**
   * Changes what others see of the user: at once here, and on the server as soon as it can be reached, after a restart
   * if need be. Resolves when the server has it; rejects with `ApiError` where it refuses, with `ClientClosed` where the
   * client is closed before.
   */
  updateProfile(change: ProfileChange): Promise<void> {
    return this.#device.profile.update(change);
  }

  /**
   * The settings of the account, with what is on its way; `undefined` until they were read once. Who looks has them read
   * where another device may have changed them, and hears of it by {@link subscribe}.
   */
  get accountSettings(): AccountSettings | undefined {
    return this.#device.profile.settings();
  }

  /** Reads {@link accountSettings}, if they are not known as they are now. Rejects with `ApiError` or `NetworkError`. */
  loadAccountSettings(): Promise<void> {
    return this.#device.profile.loadSettings();
  }

  /** Changes settings of the account, in the same way as the profile. */
  updateSettings(change: Partial<AccountSettings>): Promise<void> {
    return this.#device.profile.update(change);
  }

  /**
   * Sets the user's picture: a PNG, JPEG or WebP, of which the server makes one of 256×256 pixels. Needs the server. Rejects
   * with `InvalidCommand` where it can't be one, without asking; else with `ApiError` or `NetworkError`.
   */
  setAvatar(image: Uint8Array<ArrayBuffer>): Promise<void> {
    return this.#device.profile.setAvatar(image);
  }

  /** Takes the user's picture away. */
  removeAvatar(): Promise<void> {
    return this.#device.profile.removeAvatar();
  }

  /**
   * A picture by its name in {@link person}, as a WebP file: fetched once, as it never changes under that name. All who ask
   * share the bytes. Rejects with `ApiError` or `NetworkError`.
   */
  avatar(avatar: string): Promise<Uint8Array> {
    return this.#avatars.get(avatar);
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

  /** The numbers between which this device has all of a room that the user may see; `undefined`: it has nothing. */
  held(room: RoomId): { readonly from: Seq; readonly to: Seq } | undefined {
    const stored = this.#device.rooms.get(room)?.record.stored;
    return stored && { from: stored.from, to: stored.tip.seq };
  }

  /**
   * What this device has of a room between two numbers, both included: for looking through it. The server is not asked;
   * where nothing is held there is nothing.
   */
  heldMessages(room: RoomId, from: number, to: number): Promise<HeldPage> {
    return readHeld(this.#device, this.#seat.deps, this.#known(room), from, to);
  }

  /** The whole of a long message, checked by its hash (`[LIMIT5]`). */
  async openBody(room: RoomId, seq: Seq): Promise<AnyContent> {
    const event = await this.#event(room, seq);
    if (event === undefined) throw new InvalidCommand(refusal('not-found', 'There is no such message.'));
    return readBody(this.api, this.#seat.deps.codec, room, event);
  }

  /**
   * Sends a message on to other rooms, whole: a long one is fetched first. Its sender is named if the user knows who that
   * is, unless `named` says not to; no room is. Resolves when all are stored in the outbox.
   */
  async forward(
    room: RoomId,
    seq: Seq,
    toRooms: readonly RoomId[],
    { named = true }: { readonly named?: boolean } = {},
  ): Promise<Sending[]> {
    const limit = { name: 'FORWARD_ROOMS_MAX', value: limits.FORWARD_ROOMS_MAX };
    if (toRooms.length > limit.value) {
      const given = toRooms.length;
      throw new InvalidCommand(refusal('too-many', 'Too many rooms at once.', { limit, given }));
    }
    const event = await this.#event(room, seq);
    if (event?.kind !== 'message' || event.content === undefined)
      throw new InvalidCommand(refusal('not-found', 'There is no such message.'));
    const whole = await readBody(this.api, this.#seat.deps.codec, room, event);
    const content = forwardContent(event, whole, named ? await this.#visible(event.sender) : 'nobody');
    const { expiresAfter } = event;
    const options = expiresAfter === undefined ? {} : { expiresAfter };
    return Promise.all(toRooms.map((to) => this.commands.send(to, content, options)));
  }

  /**
   * A message of whatever room as it is quoted, opened or not: what is not here is asked for, and the room's snapshot
   * changes when it comes. Nobody else's room: `hidden`.
   */
  quote(room: RoomId, seq: Seq): Quote {
    const { rooms, quotes, timelines, expiry } = this.#device;
    const known = rooms.get(room);
    if (known === undefined) return { kind: 'hidden', seq };
    const now = Math.max(known.record.head.at, expiry.now());
    return quotes.of(known, seq, timelines.get(room), now);
  }

  /** Who has stored and read how far, also in big rooms. */
  async receipts(room: RoomId): ReturnType<Api['getReceipts']> {
    return this.api.getReceipts({ params: { room } });
  }

  /**
   * Drops what this device has kept of a room that its user left or was removed from. Resolves when it is gone.
   *
   * @throws {InvalidCommand} `forbidden` for a room that the user is in: leave it first
   */
  async forget(room: RoomId): Promise<void> {
    const known = this.#known(room);
    if (known.record.membership === 'member')
      throw new InvalidCommand(refusal('forbidden', 'Leave the room before it is forgotten.'));
    await this.#device.forget(known);
  }

  /**
   * The directory of public channels, those with the most members first. Rejects with `ApiError`, or `NetworkError`.
   *
   * @param query words that all stand in the name or the description
   * @param after the last channel of the page before
   */
  channels(query = '', after?: RoomId): ReturnType<Api['listChannels']> {
    return this.api.listChannels({ query: { query, ...(after !== undefined && { after }) } });
  }

  /** The links into a group with their codes, and who asks to join: for members who may add. */
  links(room: RoomId): ReturnType<Api['getLinks']> {
    return this.api.getLinks({ params: { room } });
  }

  /** What a link leads to, before one joins. */
  lookAtLink(code: LinkCode): ReturnType<Api['lookAtLink']> {
    return this.api.lookAtLink({ body: { code } });
  }

  /** What a message said at first and after each edit, the newest last; long ones as previews. */
  async versions(room: RoomId, seq: Seq): ReturnType<Api['getVersions']> {
    const { versions, omitted } = await this.api.getVersions({ params: { room, seq } });
    const opened = versions.map(({ content, ...version }) => {
      return { ...version, content: this.#seat.deps.codec.open(room, content) };
    });
    return { versions: opened, omitted };
  }

  /** Who has put which emoji on a message. */
  async reactions(room: RoomId, seq: Seq): ReturnType<Api['getReactions']> {
    return this.api.getReactions({ params: { room, seq } });
  }

  /** Events as they come, each room's in order, without gaps and each once, until the signal. */
  tail(options: TailOptions = {}): AsyncGenerator<TailedEvent, void, undefined> {
    return tail(this.#seat, options);
  }

  /** Signs this device out: its token ends, and what it has stored is erased. Its id stays, for the next signing in. */
  async signOut(): Promise<void> {
    await this.api.logOut();
    this.#device.session.connection.stop('signed-out');
    this.#avatars.erase();
    await eraseDevice(this.#device);
  }

  /** Stops, writes what is left, and closes the store. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#seat.close();
  }

  get #device(): Device {
    return this.#seat.device;
  }

  /** Somebody, if the user may know who they are; without a server, if that is known. */
  async #visible(user: UserId): Promise<UserId | undefined> {
    if (user === this.user) return user;
    if (this.person(user) === undefined) {
      try {
        await this.lookUp([user]);
      } catch (error) {
        if (!(error instanceof NetworkError)) throw error;
      }
    }
    return this.person(user)?.handle === undefined ? undefined : user;
  }

  #learned(found: Profile): Person {
    this.#device.people.learn([found]);
    return this.#device.person(found.user) ?? personOf(found);
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
    const [stored] = await this.#seat.deps.store.events(room, seq, seq);
    if (stored !== undefined) return stored;
    const page = await this.#device.session.history({ room, from: seq, direction: 'older', limit: 1 });
    return page.events.find((event) => event.seq === seq);
  }
}
