import type { Message, RoomSnapshot, RoomSummary } from '@maru/client';
import { countText, type RoomId, type UserId } from '@maru/protocol';
import { clockText, secondsText } from '../../terminal/date-time.ts';
import { durationText } from '../../when/duration.ts';
import { isQuiet, keptWords } from '../state/quiet.ts';
import type { Ui } from '../state/ui.ts';
import {
  isUnread,
  lastOwn,
  mentionText,
  nameOf,
  outText,
  peerState,
  roomTitle,
  textOf,
  type World,
  wholeLength,
} from '../state/world.ts';
import { shownInline } from '../text/shown-text.ts';
import { spokenLines } from '../text/spoken-lines.ts';
import { errorText } from '../texts/error-texts.ts';
import { bannerText } from '../view/banner.ts';
import { eventText } from '../view/event-text.ts';
import { connectionText } from '../view/header.ts';
import { originText, quoteText } from '../view/quote-text.ts';
import { reactionText } from '../view/reaction-lines.ts';

/** Messages that are told when a room is opened; with unread ones, at most so many of those. */
const LAST_TOLD = 10;
const UNREAD_TOLD_MAX = 50;

interface Told {
  readonly edited: boolean;
  readonly deleted: boolean;
  readonly state: Message['state'];
  readonly waiting: Message['waiting'];
  readonly reactions: Message['reactions'];
}

/**
 * Tells in lines what a screen would show: what is new since it was last asked. What was typed here is not said again,
 * as it stands there.
 */
export class Announcer {
  #room: RoomId | undefined;
  /** What was told of the messages of the open room. */
  #told: Map<string, Told> | undefined;
  /** The newest event of each room that was told of. */
  readonly #heads = new Map<RoomId, number>();
  /** The requests that were told of: who sends many messages is told of once. */
  #requests = new Set<RoomId>();
  #connection: string | undefined;
  #wasOnline = false;
  #peer: string | undefined;
  #banner = '';

  /** The lines to print now. */
  news(ui: Ui, world: World): string[] {
    // What is said once is not said with names that come a moment later.
    if (world.asking) return [];
    const lines = [...this.#connectionNews(world)];
    const { room } = world;
    if (ui.room !== this.#room) {
      this.#room = ui.room;
      this.#told = undefined;
      this.#peer = undefined;
    }
    if (room !== undefined && room.room === ui.room) lines.push(...this.#roomNews(room, ui, world));
    lines.push(...this.#otherNews(ui, world), ...this.#requestNews(ui, world));
    return lines;
  }

  #connectionNews(world: World): string[] {
    const { state } = world.connection;
    if (state === 'connecting' || state === 'syncing' || state === 'idle') return [];
    if (state === this.#connection) return [];
    this.#connection = state;
    const note = state === 'waiting' ? ` ${world.texts.offlineNote}` : '';
    return [world.texts.linesState(connectionText(world.connection, world)) + note];
  }

  #roomNews(room: RoomSnapshot, ui: Ui, world: World): string[] {
    const lines: string[] = [];
    if (this.#told === undefined) {
      if (!room.opened && room.membership !== 'creating') return [];
      this.#told = new Map();
      // By now it may count as read.
      const count = Math.max(room.unreadCount, unreadSince(ui.divider, room.messages, world.me));
      const unread = unreadText(count, room.mentionCount, world) + keptText(room, world);
      lines.push(world.texts.linesRoom(roomTitle(world, room), unread));
      if (room.draft !== undefined) lines.push(world.texts.linesDraft(shownInline(room.draft.text)));
      const banner = bannerText(world);
      if (banner !== '') lines.push(banner);
      const out = outText(room, world);
      if (out !== undefined) lines.push(out);
      this.#banner = banner;
      const told = toldFirst(room.messages, ui.divider);
      for (const message of room.messages) this.#told.set(message.key, message);
      return [...lines, ...told.flatMap((message) => messageLines(message, world))];
    }
    for (const message of room.messages) {
      lines.push(...this.#messageNews(message, this.#told.get(message.key), world));
      this.#told.set(message.key, message);
    }
    return [...lines, ...this.#bannerNews(world), ...this.#peerNews(room, world)];
  }

  #bannerNews(world: World): string[] {
    const banner = bannerText(world);
    if (banner === this.#banner) return [];
    this.#banner = banner;
    return banner === '' ? [] : [banner];
  }

  #messageNews(message: Message, told: Told | undefined, world: World): string[] {
    const { texts, language, me } = world;
    const { sender, state, waiting, error, deleted, edited, kind } = message;
    if (told === undefined) return sender === me && kind === 'message' ? [] : messageLines(message, world);
    const name = nameOf(world, sender);
    if (deleted && !told.deleted) return [texts.linesDeleted(name)];
    if (edited && !told.edited && !message.folded)
      return [texts.linesEdited(name, spokenLines(message, texts.linesSpoiler).join(' '))];
    if (othersOn(message) !== othersOn(told) && message.reactions.length > 0)
      return [texts.linesReactions(reactionText(message), saidLines(message, world).join(' '))];
    if (waiting !== undefined && waiting !== told.waiting)
      return [texts.slowWait(secondsText(waiting.until))];
    if (state === told.state) return [];
    if (state === 'failed' && error !== undefined) return [texts.notSent(errorText(error, language))];
    const direct = world.room?.peer;
    return state === 'read' && direct !== undefined && message.key === lastOwn(world)
      ? [texts.linesRead(nameOf(world, direct))]
      : [];
  }

  #peerNews(room: RoomSnapshot, world: World): string[] {
    const state = peerState(world, room);
    if (room.peer === undefined || state === undefined || state === this.#peer) return [];
    this.#peer = state;
    const { active, away, absent } = world.texts;
    const word = { active, away, offline: absent }[state];
    return [world.texts.linesPresence(nameOf(world, room.peer), word)];
  }

  /** What was said in other rooms; at first, how much there is unread. */
  #otherNews(ui: Ui, world: World): string[] {
    const first = !this.#wasOnline;
    if (world.connection.state === 'online') this.#wasOnline = true;
    const requests = world.rooms.length - world.requests;
    const asking = new Set(world.rooms.slice(requests).map(({ room }) => room));
    this.#requests = this.#requests.intersection(asking);
    return world.rooms.flatMap((room) => {
      const seq = room.latest?.seq ?? 0;
      const before = this.#heads.get(room.room);
      if (before === seq) return [];
      this.#heads.set(room.room, seq);
      if (room.room === ui.room || room.latest === undefined) return [];
      const title = roomTitle(world, room);
      if (first) {
        const told = this.#wasOnline && room.unreadCount > 0;
        return told
          ? [
              world.texts.linesRoom(
                title,
                unreadText(room.unreadCount, room.mentionCount, world) + keptText(room, world),
              ),
            ]
          : [];
      }
      const { kind, sender, content } = room.latest;
      if (sender === world.me || kind !== 'message' || content === undefined) return [];
      if (world.isBlocked(sender) || isQuiet(room, world)) return [];
      // What a stranger says is read where they stand, and not told unasked.
      if (asking.has(room.room)) {
        if (this.#requests.has(room.room)) return [];
        this.#requests.add(room.room);
        return [world.texts.linesRequest(title)];
      }
      const said = `${nameOf(world, sender)}: ${spokenLines({ content }, world.texts.linesSpoiler).join(' ')}`;
      return [room.roomKind !== 'direct' ? world.texts.linesIn(title, said) : said];
    });
  }

  /** Who asks to be a contact: nothing is said with it that would be told as a message. */
  #requestNews(ui: Ui, world: World): string[] {
    if (!this.#wasOnline) return [];
    return world.rooms.flatMap((room) => {
      if (room.relation?.state !== 'requested-by-them' || this.#requests.has(room.room)) return [];
      this.#requests.add(room.room);
      // Of the open room the banner says it.
      const isTold = room.room === ui.room || isQuiet(room, world);
      return isTold ? [] : [world.texts.linesRequest(roomTitle(world, room))];
    });
  }
}

function keptText(room: RoomSummary, world: World): string {
  return keptWords(room, world)
    .map((word) => world.texts.linesKept(word))
    .join('');
}

/** What others put on a message: one's own is no news to oneself. */
function othersOn({ reactions }: Pick<Message, 'reactions'>): string {
  return reactions
    .map(({ reaction, count, mine }) => `${reaction}${count - (mine ? 1 : 0)}`)
    .sort()
    .join(' ');
}

function unreadText(count: number, mentions: number, { texts }: World): string {
  if (count === 0) return '';
  const named = mentions === 0 ? '' : texts.linesNamed(mentionText(mentions));
  return texts.linesUnread(countText(count)) + named;
}

function unreadSince(divider: number | undefined, messages: readonly Message[], me: UserId): number {
  if (divider === undefined) return 0;
  return messages.filter((message) => isUnread(message, divider, me)).length;
}

/** What is told of a room that is opened: the unread ones, else the last few. */
function toldFirst(messages: readonly Message[], divider: number | undefined): readonly Message[] {
  const unread = divider === undefined ? [] : messages.filter(({ seq }) => (seq ?? 0) > divider);
  return unread.length > 0 ? unread.slice(-UNREAD_TOLD_MAX) : messages.slice(-LAST_TOLD);
}

/** What stands in the place of a message that is no more. */
function goneText({ deleted, expired }: Message, texts: World['texts']): string | undefined {
  if (deleted) return `(${texts.deleted})`;
  return expired ? `(${texts.expired})` : undefined;
}

/** A message as it is read aloud: who, when, what; each further line of it on a line of its own. */
export function messageLines(message: Message, world: World): string[] {
  const { texts } = world;
  const clock = clockText(message.at);
  if (message.kind !== 'message') return [`${clock} ${eventText(message, world)}`];
  const own = message.sender === world.me;
  const name = own ? texts.you : nameOf(world, message.sender);
  const [first = '', ...rest] = saidLines(message, world);
  const length = wholeLength(message);
  const notes = [
    ...(message.edited ? [`(${texts.edited})`] : []),
    ...(message.expiresAfter === undefined || message.expired
      ? []
      : [texts.linesVanishes(durationText(message.expiresAfter, world.language))]),
    ...(length === undefined ? [] : [texts.linesLonger(length.toLocaleString('en'))]),
    ...(message.forwarded === undefined ? [] : [originText(message, world)]),
    ...(message.quote === undefined ? [] : [texts.linesReply(quoteText(message.quote, world))]),
    ...(message.reactions.length === 0 ? [] : [reactionText(message)]),
    ...(message.waiting === undefined ? [] : [texts.slowWait(secondsText(message.waiting.until))]),
    ...(message.error === undefined ? [] : [texts.notSent(errorText(message.error, world.language))]),
  ];
  return [
    `${name}, ${clock}: ${first}`,
    ...rest.map((line) => `  ${line}`),
    ...notes.map((note) => `  ${note}`),
  ];
}

function saidLines(message: Message, { texts }: World): string[] {
  const gone = goneText(message, texts);
  if (gone !== undefined) return [gone];
  if (message.folded) return [texts.folded];
  if (textOf(message) === undefined) return [texts.notText(shownInline(message.content?.type ?? '?'))];
  return spokenLines(message, texts.linesSpoiler);
}
