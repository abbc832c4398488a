import type { MaruClient, RoomSnapshot, RoomSummary } from '@maru/client';
import { type Draft, limits, type RoomId, type Seq, type UserId } from '@maru/protocol';
import type { ProfileFolder } from '../profile/profile.ts';
import { withText } from './composer/composer.ts';
import { PeopleBook } from './people-book.ts';
import { runEffect } from './run-effect.ts';
import { draftEffects, draftOf, isSameDraft, withDraft } from './state/drafts.ts';
import type { ClientEffect, Effect, TerminalEffect } from './state/effect.ts';
import { isReading, needsOlder } from './state/go-to.ts';
import type { Ui } from './state/ui.ts';
import { type UiEvent, update } from './state/update.ts';
import type { World } from './state/world.ts';
import type { Language } from './texts/language.ts';
import { type Texts, textsOf } from './texts/texts.ts';

/** Without a key for so long, nobody is there. */
const IDLE_MS = 300_000;
/** For so long after a key, somebody is writing. */
const WRITING_MS = 5_000;
/** With the window in the background for so long, nobody looks. */
const UNFOCUSED_MS = 60_000;

/** What a front does for the core: the screen, or the lines. */
export interface Front {
  /** State or SDK changed. */
  changed(): void;
  /** What is about the terminal. */
  perform(effect: TerminalEffect): void;
  /** What must not happen did. */
  failed(error: unknown): void;
}

export interface CoreDeps {
  readonly client: MaruClient;
  readonly folder: ProfileFolder;
  readonly handle: string;
  readonly language: Language;
  readonly ui: Ui;
  readonly markup: boolean;
}

/** Holds the state, carries out what it asks for, and follows the SDK. Knows no terminal. */
export class ChatCore {
  readonly client: MaruClient;
  readonly texts: Texts;
  ui: Ui;
  readonly #deps: CoreDeps;
  readonly #people: PeopleBook;
  readonly #unsubscribe: () => void;
  #front: Front | undefined;
  #opening: RoomId | undefined;
  #looking = '';
  #loading = false;
  readonly #running = new Set<Promise<void>>();
  #filled = '';
  #active = Date.now();
  #unfocusedAt: number | undefined;
  #wroteAt = Number.NEGATIVE_INFINITY;
  #later: ReturnType<typeof setTimeout> | undefined;
  /** What the SDK said last of the open room's draft. */
  #draft: { readonly room: RoomId | undefined; readonly draft: Draft | undefined } = {
    room: undefined,
    draft: undefined,
  };

  constructor(deps: CoreDeps) {
    const { client, language, ui } = deps;
    this.client = client;
    this.texts = textsOf(language);
    this.ui = ui;
    this.#deps = deps;
    this.#people = new PeopleBook(client, () => this.#front?.changed());
    this.#unsubscribe = client.subscribe(() => this.follow());
  }

  attach(front: Front): void {
    this.#front = front;
    this.follow();
  }

  close(): void {
    // On its way while the connection is still there.
    if (this.ui.room !== undefined) void this.client.settings.flushDraft(this.ui.room).catch(() => undefined);
    clearTimeout(this.#later);
    this.#unsubscribe();
    this.#front = undefined;
  }

  world(): World {
    const { client, texts } = this;
    const { handle, language, markup } = this.#deps;
    const { room } = this.ui;
    return {
      me: client.user,
      handle,
      connection: client.connection,
      ...listed(client, room),
      contacts: client.contacts,
      deadLetters: client.deadLetters,
      room: room === undefined ? undefined : client.room(room),
      scheduled: room === undefined ? [] : client.scheduled(room),
      snapshot: (id) => client.room(id),
      isBlocked: (user) => client.isBlocked(user),
      person: (user) => this.#people.person(user),
      people: () => this.#people.all(),
      names: this.#people.version,
      asking: this.#people.asking,
      quickReplies: client.settings.quickReplies,
      folders: client.settings.folders,
      now: Date.now(),
      language,
      markup,
      texts,
    };
  }

  /** Something happened to the screen. */
  dispatch(event: UiEvent): void {
    const before = this.ui;
    const { ui, effects } = update(before, event, this.world());
    this.ui = ui;
    const drafts = draftEffects(before, ui);
    if (drafts.length > 0) this.#wroteAt = Date.now();
    for (const effect of [...effects, ...drafts]) this.#run(effect);
    this.follow();
  }

  /** Carries something out that no key asked for. Resolves when it is done, or has been told to have failed. */
  give(effect: ClientEffect): Promise<void> {
    return this.#perform(effect);
  }

  /** Does what a line says, as if it was written and Enter pressed. */
  write(line: string): void {
    const { composer, purpose } = this.ui;
    this.ui = { ...this.ui, composer: withText(line), completion: undefined };
    this.dispatch({ kind: 'key', chord: 'enter' });
    if (this.ui.composer.text === line) this.ui = { ...this.ui, composer, purpose };
  }

  /** Resolves when everything that was begun is done. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #track(running: Promise<void>): Promise<void> {
    const tracked = running.finally(() => this.#running.delete(tracked));
    this.#running.add(tracked);
    return tracked;
  }

  /** Opens the newest room, unless somebody has begun with something else. */
  openNewest(): void {
    const [newest] = this.world().rooms;
    const begun = this.ui.room !== undefined || this.ui.composer.text !== '' || this.ui.panel !== undefined;
    if (newest !== undefined && !begun) this.dispatch({ kind: 'go', room: newest.room });
  }

  /** A person did something: they are there. */
  touched(focused = this.ui.focused): void {
    this.#active = Date.now();
    this.#unfocusedAt = focused ? undefined : (this.#unfocusedAt ?? Date.now());
    this.tellPresence();
  }

  /** Tells the others whether somebody is there; to be called now and then. */
  tellPresence(): void {
    const now = Date.now();
    const away =
      now - this.#active > IDLE_MS ||
      (this.#unfocusedAt !== undefined && now - this.#unfocusedAt > UNFOCUSED_MS);
    this.client.setPresence(away ? 'away' : 'active');
  }

  /** The SDK, or the state, changed: brings the one in step with the other. */
  follow(): void {
    this.#followDraft();
    const world = this.world();
    const { room } = world;
    if (room !== undefined && !room.opened && room.membership !== 'creating') this.#open(room.room);
    if (room !== undefined && isReading(this.ui, world)) this.client.markRead(room.room);
    if (room !== undefined && needsOlder(this.ui, world)) this.#fill(room);
    this.#look(world);
    this.#people.need(peopleOn(world));
    this.#front?.changed();
  }

  /** Another device wrote a draft, or sent it. Under somebody's hands nothing changes. */
  #followDraft(): void {
    const { room } = this.ui;
    const draft = room === undefined ? undefined : this.client.room(room)?.draft;
    const { room: seenIn, draft: seen } = this.#draft;
    const isInStep = room !== seenIn || isSameDraft(draft, draftOf(this.ui));
    if (!isInStep && draft === seen) return;
    const wait = this.#wroteAt + WRITING_MS - Date.now();
    if (!isInStep && wait > 0) {
      clearTimeout(this.#later);
      this.#later = setTimeout(() => this.follow(), wait);
      return;
    }
    this.#draft = { room, draft };
    if (!isInStep) this.ui = withDraft(this.ui, seen, this.world());
  }

  #run(effect: Effect): void {
    switch (effect.kind) {
      case 'quit':
      case 'suspend':
      case 'redraw':
      case 'mouse':
        this.#front?.perform(effect);
        return;
      case 'open':
        if (effect.left !== undefined) this.client.close(effect.left);
        this.#unmark(effect.room);
        return;
      case 'older':
      case 'newer':
        void this.#load(effect);
        return;
      default:
        void this.#perform(effect);
    }
  }

  /** One load at a time: keys come faster than pages. */
  async #load(effect: ClientEffect): Promise<void> {
    if (this.#loading) return;
    this.#loading = true;
    await this.#perform(effect);
    this.#loading = false;
  }

  /** Fills the screen with older messages; without a server, not again until something has changed. */
  #fill({ room, messages }: RoomSnapshot): void {
    const place = [room, messages[0]?.key, this.client.connection.state === 'online'].join(' ');
    if (this.#loading || place === this.#filled) return;
    this.#filled = place;
    void this.#load({ kind: 'older', room, quiet: true });
  }

  /** A room that was marked as unread by hand is opened: the mark has done its work, and no watermark moves. */
  #unmark(room: RoomId): void {
    const { markedUnread, read } = this.client.room(room) ?? {};
    if (markedUnread === true && read !== undefined) this.client.markRead(room, Math.max(1, read) as Seq);
  }

  #perform(effect: ClientEffect): Promise<void> {
    return this.#track(this.#attempt(effect));
  }

  async #attempt(effect: ClientEffect): Promise<void> {
    try {
      await runEffect(effect, {
        client: this.client,
        folder: this.#deps.folder,
        world: () => this.world(),
        dispatch: (event) => this.dispatch(event),
      });
    } catch (error) {
      this.#front?.failed(error);
    }
    if (effect.kind === 'direct' || effect.kind === 'group') this.dispatch({ kind: 'stayed' });
  }

  /** Opens a room as soon as the SDK knows it, once. */
  #open(room: RoomId): void {
    if (this.#opening === room) return;
    this.#opening = room;
    void this.#track(this.#opened(room));
  }

  async #opened(room: RoomId): Promise<void> {
    try {
      await this.client.open(room);
      this.dispatch({ kind: 'opened', room });
      // Without a server the names of mentions stay unknown.
      if (this.client.room(room)?.roomKind === 'group') {
        await this.client.loadMembers(room).catch(() => undefined);
      }
    } catch (error) {
      this.#front?.failed(error);
    } finally {
      if (this.#opening === room) this.#opening = undefined;
    }
  }

  /** Asks for the presence of those on the screen. */
  #look({ rooms, room }: World): void {
    const seen = rooms.filter(
      (each) => each.membership === 'member' && (each.roomKind === 'direct' || each.room === room?.room),
    );
    const ids = seen.slice(0, limits.LOOK_ROOMS_MAX).map((each) => each.room);
    const wanted = [...ids].sort().join(' ');
    if (wanted === this.#looking) return;
    this.#looking = wanted;
    // Soft: what is refused is not looked at.
    this.client.look(ids).catch(() => undefined);
  }
}

/** The rooms that are listed: also the one that is open, which else would be hidden. */
function listed(client: MaruClient, open: RoomId | undefined): Pick<World, 'rooms' | 'requests' | 'former'> {
  const isListed = ({ room, membership }: RoomSummary) => membership !== 'left' || room === open;
  const requests = client.requests.filter(isListed);
  const rooms = [...client.rooms.filter(isListed), ...requests];
  const shown = open === undefined ? undefined : client.room(open);
  const isHidden = shown !== undefined && !rooms.some(({ room }) => room === open);
  const former = client.rooms.filter((room) => room.roomKind !== 'direct' && !isListed(room));
  return { rooms: isHidden ? [shown, ...rooms] : rooms, requests: requests.length, former };
}

function peopleOn({ me, rooms, room, contacts }: World): Set<UserId> {
  const users = new Set<UserId>([me]);
  for (const { peer, latest } of rooms) {
    if (peer !== undefined) users.add(peer);
    if (latest !== undefined) users.add(latest.sender);
  }
  for (const list of [contacts.contacts, contacts.incoming, contacts.outgoing, contacts.blocked])
    for (const { user } of list) users.add(user);
  if (room !== undefined) for (const user of peopleIn(room)) users.add(user);
  return users;
}

function peopleIn({ messages, pins, typing }: RoomSnapshot): UserId[] {
  const origins = messages.flatMap(({ forwarded }) => forwarded?.sender ?? []);
  const quotes = [...messages.map(({ quote }) => quote), ...pins];
  const quoted = quotes.flatMap((quote) => (quote !== undefined && 'sender' in quote ? quote.sender : []));
  const inMessages = messages.flatMap(({ sender, change }) => {
    switch (change?.type) {
      case 'joined':
        return [sender, ...change.users];
      case 'removed':
      case 'role-set':
      case 'join-refused':
        return [sender, change.user];
      case 'left':
        return change.owner === undefined ? [sender] : [sender, change.owner];
      default:
        return [sender];
    }
  });
  return [...inMessages, ...quoted, ...origins, ...typing];
}
