import type { Message } from '@maru/client';
import { folder, quickReply } from '@maru/protocol';
import { clockText } from '../../terminal/date-time.ts';
import { shownInline, shownLines } from '../text/shown-text.ts';
import { dayText, whenText } from '../view/times.ts';
import { fold } from './completion.ts';
import { ask, chosen, type Given, inRoom } from './given.ts';
import { isStarred } from './stars.ts';
import { type Step, step, warn } from './step.ts';
import { isIn, nameOf, textOf } from './world.ts';

const QUOTE_CHARS = 30;
const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
/** Also as they are said in Korean. */
const UNITS: Readonly<Record<string, keyof typeof UNIT_MS>> = {
  m: 'm',
  h: 'h',
  d: 'd',
  분: 'm',
  시간: 'h',
  일: 'd',
};
const OFF = new Set(['off', '끔', '해제']);
const EVER = new Set(['', 'ever', '계속']);
const ALL = new Set(['all', '모두']);

/** Commands about what the user keeps for themselves. */
export const OWN_COMMANDS = {
  mute: (given: Given) => inRoom(given, ({ room }) => mute(given, room)),
  archive: (given: Given) =>
    inRoom(given, ({ room, archived }) => {
      const { archivedNow, unarchived } = given.world.texts;
      return told(given, archived ? unarchived : archivedNow, { kind: 'archive', room, on: !archived });
    }),
  'pin-room': (given: Given) =>
    inRoom(given, ({ room, pinned }) => {
      const { pinnedNow, unpinned } = given.world.texts;
      return told(given, pinned ? unpinned : pinnedNow, { kind: 'pin', room, on: !pinned });
    }),
  hide: (given: Given) => inRoom(given, ({ messages }) => hide(given, messages)),
  star: (given: Given) => inRoom(given, ({ messages }) => star(given, messages)),
  stars: (given: Given) => inRoom(given, (room) => stars(given, room)),
  folder: (given: Given) =>
    inRoom(given, ({ room }) => {
      const parsed = folder.shape.name.safeParse(given.rest);
      if (!parsed.success) return given.usage;
      const { texts, folders } = given.world;
      const name = parsed.data;
      const on = folders.find((each) => each.name === name)?.rooms.includes(room) !== true;
      const text = (on ? texts.inFolder : texts.outOfFolder)(shownInline(name));
      return told(given, text, { kind: 'folder', room, name, on });
    }),
  list: ({ ui, world, rest }: Given) => {
    if (rest === '') return step({ ...ui, folder: undefined });
    const found = world.folders.find(({ name }) => fold(name) === fold(rest));
    return found === undefined
      ? warn(ui, world.texts.noFolder(shownInline(rest)))
      : step({ ...ui, folder: found.name, listOnly: ui.room === undefined });
  },
  q: (given: Given) => (given.rest === '' ? list(given) : inRoom(given, ({ room }) => send(given, room))),
  'q-add': ({ ui, world, rest, usage }: Given) => {
    const [, shortcut = '', text = ''] = /^(\S+)\s+([\s\S]+)$/.exec(rest) ?? [];
    const parsed = quickReply.safeParse({ shortcut, text });
    if (!parsed.success) return usage;
    const notice = { tone: 'good' as const, text: world.texts.quickReplyKept(shownInline(shortcut)) };
    return step({ ...ui, notice }, { kind: 'keep-reply', shortcut, text });
  },
  'q-remove': ({ ui, world, rest, usage }: Given) => {
    if (rest === '') return usage;
    if (!world.quickReplies.some(({ shortcut }) => shortcut === rest))
      return warn(ui, world.texts.noQuickReply(shownInline(rest)));
    const notice = { tone: 'good' as const, text: world.texts.quickReplyGone(shownInline(rest)) };
    return step({ ...ui, notice }, { kind: 'drop-reply', shortcut: rest });
  },
} as const;

function told({ ui }: Given, text: string, effect: Step['effects'][number]): Step {
  return step({ ...ui, notice: { tone: 'good', text } }, effect);
}

function mute(given: Given, room: NonNullable<Given['world']['room']>['room']): Step {
  const { texts, now } = given.world;
  const words = given.rest.toLowerCase().split(/\s+/);
  const mentions = !words.some((word) => ALL.has(word));
  const [time = '', ...more] = words.filter((word) => !ALL.has(word));
  if (more.length > 0) return given.usage;
  if (OFF.has(time)) return told(given, texts.unmuted, { kind: 'unmute', room });
  if (EVER.has(time)) return told(given, texts.mutedForEver, { kind: 'mute', room, mentions });
  const [, count, written = ''] = /^([1-9]\d{0,3})(\p{L}+)$/u.exec(time.normalize('NFC')) ?? [];
  const unit = UNITS[written];
  if (count === undefined || unit === undefined) return given.usage;
  const until = now + Number(count) * UNIT_MS[unit];
  return told(given, texts.mutedUntil(whenText(until, given.world)), { kind: 'mute', room, until, mentions });
}

function hide(given: Given, messages: readonly Message[]): Step {
  const { ui, world } = given;
  const message = chosen(ui, world) ?? messages.findLast(isSaid);
  if (message === undefined || ui.room === undefined) return warn(ui, world.texts.nothingToHide);
  const { seq } = message;
  if (seq === undefined) return warn(ui, world.texts.notYetSent);
  const quote = shownInline([...(textOf(message) ?? '…')].slice(0, QUOTE_CHARS).join(''));
  return ask(ui, world.texts.askHide(quote), { kind: 'hide', room: ui.room, seq });
}

function star(given: Given, messages: readonly Message[]): Step {
  const { ui, world } = given;
  const { texts } = world;
  const message = chosen(ui, world) ?? messages.findLast(isSaid);
  if (message === undefined || ui.room === undefined) return warn(ui, texts.nothingToStar);
  const { seq } = message;
  if (seq === undefined) return warn(ui, texts.notYetSent);
  const on = !isStarred(message, world);
  return told(given, on ? texts.starred : texts.unstarred, { kind: 'star', room: ui.room, seq, on });
}

function stars({ ui, world }: Given, room: NonNullable<Given['world']['room']>): Step {
  const { texts } = world;
  if (room.stars.length === 0) return warn(ui, texts.noStars);
  const loaded = room.messages.filter((message) => isStarred(message, world));
  const lines = loaded.map((message) => {
    const when = `${dayText(message.at, world)} ${clockText(message.at)}`;
    return `${nameOf(world, message.sender)}, ${when}: ${shownInline(textOf(message) ?? '')}`;
  });
  const more = room.stars.length - loaded.length;
  const text = [...lines, ...(more > 0 ? [texts.starsNotLoaded(String(more))] : [])].join('\n');
  return step({ ...ui, panel: { kind: 'text', title: texts.starsTitle, text, scroll: 0 } });
}

/** What failed is discarded. */
function isSaid({ kind, state }: Message): boolean {
  return kind === 'message' && state !== 'failed';
}

function list({ ui, world }: Given): Step {
  const { quickReplies, texts } = world;
  if (quickReplies.length === 0) return warn(ui, texts.noQuickReplies);
  const lines = quickReplies.map(({ shortcut, text }) => {
    const [first = '', ...rest] = shownLines(text);
    return [`${shownInline(shortcut)}  ${first}`, ...rest.map((line) => `    ${line}`)].join('\n');
  });
  const panel = { kind: 'text' as const, title: texts.quickReplies, text: lines.join('\n'), scroll: 0 };
  return step({ ...ui, panel });
}

function send({ ui, world, rest }: Given, room: NonNullable<Given['world']['room']>['room']): Step {
  const reply = world.quickReplies.find(({ shortcut }) => shortcut === rest);
  if (reply === undefined) return warn(ui, world.texts.noQuickReply(shownInline(rest)));
  if (world.room === undefined || !isIn(world.room)) return warn(ui, world.texts.notMember);
  const gone = { ...ui, position: 'end' as const, selected: undefined };
  return step(gone, { kind: 'send', room, text: reply.text, keepsDraft: true });
}
