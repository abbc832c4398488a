import type { Message } from '@maru/client';
import { quickReply } from '@maru/protocol';
import { shownInline, shownLines } from '../text/shown-text.ts';
import { whenText } from '../view/times.ts';
import { listFolder, putInFolder } from './folder-commands.ts';
import { ask, chosen, type Given, inRoom, isSaid, told } from './given.ts';
import { quoteOf } from './quote-of.ts';
import { showStars, star } from './star-commands.ts';
import { type Step, step, warn } from './step.ts';
import { outText, textOf, type World } from './world.ts';

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
  star,
  stars: showStars,
  folder: putInFolder,
  list: listFolder,
  q: (given: Given) => (given.rest === '' ? list(given) : inRoom(given, (room) => send(given, room))),
  'q-add': ({ ui, world, rest, usage }: Given) => {
    const [, shortcut = '', text = ''] = /^(\S+)\s+([\s\S]+)$/.exec(rest) ?? [];
    const parsed = quickReply.safeParse({ shortcut, text });
    if (!parsed.success) return usage;
    const kept = world.texts.quickReplyKept(shownInline(shortcut));
    return told({ ui }, kept, { kind: 'keep-reply', shortcut, text });
  },
  'q-remove': ({ ui, world, rest, usage }: Given) => {
    if (rest === '') return usage;
    if (!world.quickReplies.some(({ shortcut }) => shortcut === rest))
      return warn(ui, world.texts.noQuickReply(shownInline(rest)));
    const gone = world.texts.quickReplyGone(shownInline(rest));
    return told({ ui }, gone, { kind: 'drop-reply', shortcut: rest });
  },
} as const;

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
  const quote = textOf(message) === undefined ? '…' : quoteOf(message);
  return ask(ui, world.texts.askHide(quote), { kind: 'hide', room: ui.room, seq });
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

function send({ ui, world, rest }: Given, room: NonNullable<World['room']>): Step {
  const reply = world.quickReplies.find(({ shortcut }) => shortcut === rest);
  if (reply === undefined) return warn(ui, world.texts.noQuickReply(shownInline(rest)));
  const out = outText(room, world);
  if (out !== undefined) return warn(ui, out);
  const gone = { ...ui, position: 'end' as const, selected: undefined };
  return step(gone, { kind: 'send', room: room.room, text: reply.text, keepsDraft: true });
}
