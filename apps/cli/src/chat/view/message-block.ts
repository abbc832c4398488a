import type { Message } from '@maru/client';
import { countCodePoints, type Entity } from '@maru/protocol';
import { clockText, secondsText } from '../../terminal/date-time.ts';
import { isStarred } from '../state/stars.ts';
import { entitiesOf, nameOf, textOf, type World, wholeLength } from '../state/world.ts';
import { truncate } from '../text/fit-text.ts';
import { richLines } from '../text/rich-lines.ts';
import { shownInline } from '../text/shown-text.ts';
import { wrapLine } from '../text/wrap.ts';
import { errorText } from '../texts/error-texts.ts';
import { eventText } from './event-text.ts';
import { highlight } from './highlight.ts';
import { originText, quoteText } from './quote-text.ts';
import { reactionLines } from './reaction-lines.ts';
import { richRows } from './rich-rows.ts';
import { rule } from './rule.ts';
import { type Line, lineWidth, NAME_STYLES, type Span, type Style, span, spread } from './span.ts';
import { dayOf, dayText } from './times.ts';

/** Messages of one person that follow each other within this stand under one name. */
const TOGETHER_MS = 300_000;
/** On the right: how far a message is. */
const MARK_COLUMNS = 4;
const INDENT = 1;
const COVER = '░';

/** What else a message's rows depend on. */
export interface BlockContext {
  readonly world: World;
  readonly width: number;
  readonly airy: boolean;
  /** Rows that a text gets among others; the rest is shown when it is opened. */
  readonly textRows: number;
  /** The message above which the line of the unread stands. */
  readonly firstUnread: string | undefined;
  readonly selected: string | undefined;
  readonly query: string | undefined;
}

interface Known {
  readonly previous: Message | undefined;
  readonly stamp: string;
  readonly lines: readonly Line[];
}

const known = new WeakMap<Message, Known>();

/** The rows of a message, with what stands above it: the day, the line of the unread, the name. Kept while they hold. */
export function messageBlock(
  message: Message,
  previous: Message | undefined,
  context: BlockContext,
): readonly Line[] {
  const { world, width, airy, textRows, firstUnread, selected, query } = context;
  const chosen = selected === message.key;
  const others = message.sender === world.me ? (world.room?.memberCount ?? 0) : 0;
  const unread = firstUnread === message.key;
  const starred = isStarred(message, world);
  const stamp = [
    width,
    airy,
    textRows,
    unread,
    chosen,
    starred,
    query,
    others,
    world.names,
    dayOf(world.now),
  ].join(' ');
  const cached = known.get(message);
  if (cached?.stamp === stamp && cached.previous === previous) return cached.lines;
  const lines = [
    ...above(message, previous, context),
    ...said(message, context).map((line, row) => edge(line, chosen, starred && row === 0)),
  ];
  known.set(message, { previous, stamp, lines });
  return lines;
}

/** The chosen message has a bar beside it, one with a star its sign. */
function edge(line: Line, chosen: boolean, starred = false): Line {
  if (chosen) return [span('▌', 'accent'), ...line];
  return [starred ? span('*', 'accent') : span(' '), ...line];
}

function above(message: Message, previous: Message | undefined, context: BlockContext): Line[] {
  const { world, width, airy, firstUnread } = context;
  const lines: Line[] = [];
  if (previous === undefined || dayOf(previous.at) !== dayOf(message.at)) {
    if (airy && previous !== undefined) lines.push([]);
    lines.push(rule(dayText(message.at, world), width, 'dim'));
  }
  if (firstUnread === message.key) {
    if (airy && lines.length === 0) lines.push([]);
    lines.push(rule(world.texts.unreadFrom, width, 'warning'));
  }
  const heading = needsHeading(message, previous) || lines.length > 0;
  if (airy && heading && lines.length === 0) lines.push([]);
  if (message.kind === 'message' && heading)
    lines.push(edge(headingOf(message, context), context.selected === message.key));
  return lines;
}

function needsHeading(message: Message, previous: Message | undefined): boolean {
  if (previous === undefined) return true;
  // What happened to the room stands together.
  if (message.kind !== 'message') return previous.kind === 'message';
  if (previous.kind !== 'message') return true;
  return previous.sender !== message.sender || message.at - previous.at > TOGETHER_MS;
}

function headingOf({ sender, at }: Message, { world }: BlockContext): Line {
  return [span(nameOf(world, sender), nameStyle(sender)), span(`  ${clockText(at)}`, 'dim')];
}

/** Everybody has a colour, always the same. */
function nameStyle(user: string): Style {
  let sum = 0;
  for (let index = 0; index < user.length; index++) sum = (sum * 31 + user.charCodeAt(index)) >>> 0;
  return NAME_STYLES[sum % NAME_STYLES.length] ?? 'strong';
}

function said(message: Message, context: BlockContext): Line[] {
  const { world, width, query } = context;
  const columns = Math.max(4, width - INDENT - MARK_COLUMNS);
  if (message.kind !== 'message') {
    const text = `${clockText(message.at)} · ${eventText(message, world)}`;
    return wrapLine(text, columns).map((row) => [span(row.text, 'dim')]);
  }
  const body = bodyOf(message, context, columns);
  const lines = [
    ...originOf(message, context, columns),
    ...replyOf(message, context, columns),
    ...body.map((line) => highlight(line, query)),
    ...below(message, context, columns),
    ...reactionLines(message, columns),
  ];
  return withMark(lines, message, context);
}

interface Row {
  readonly text: string;
  readonly style: Style;
}

function bodyOf(message: Message, { world, textRows, selected }: BlockContext, columns: number): Line[] {
  const { texts } = world;
  if (message.deleted) return [[span(texts.deleted, 'dim')]];
  if (message.expired) return [[span(texts.expired, 'dim')]];
  if (isFolded(message, selected)) return [[span(truncate(texts.folded, columns), 'dim')]];
  const text = textOf(message);
  if (text === undefined) return [[span(texts.notText(shownInline(message.content?.type ?? '?')), 'dim')]];
  const base = message.state === 'pending' ? 'dim' : message.mentionsMe ? 'accent' : 'plain';
  // No more of a long text is broken into rows than is shown.
  const options = {
    base,
    spoiler: selected === message.key ? undefined : COVER,
    linesMax: textRows,
  } as const;
  return richLines(text.slice(0, columns * textRows), shownEntities(message, world), options)
    .flatMap((line) => richRows(line, columns))
    .slice(0, textRows);
}

/** Nobody is shown to be named who is not in the room, whatever the sender says. */
function shownEntities(message: Message, { room }: World): readonly Entity[] {
  const entities = entitiesOf(message);
  const members = room?.members;
  if (members === undefined) return entities;
  return entities.filter((entity) => entity.type !== 'mention' || members.has(entity.user));
}

/** What somebody wrote whom the user blocks: a line, until it is chosen. */
function isFolded({ folded, key }: Message, selected: string | undefined): boolean {
  return folded && key !== selected;
}

/** What stands below the text: that there is more, that it was changed, why it waits or was not sent. */
function below(message: Message, { world, textRows, selected }: BlockContext, columns: number): Line[] {
  if (isFolded(message, selected)) return [];
  const { texts, language } = world;
  const notes: Row[] = [];
  const gone = isGone(message);
  const text = gone ? '' : (textOf(message) ?? '');
  const cut = text.length > columns * textRows || text.split('\n', textRows + 1).length > textRows;
  const length = wholeLength(message) ?? (cut ? countCodePoints(text) : undefined);
  if (length !== undefined && !gone) {
    notes.push({ text: texts.longer(length.toLocaleString('en')), style: 'dim' });
  }
  if (message.edited && !gone) notes.push({ text: `(${texts.edited})`, style: 'dim' });
  if (message.waiting !== undefined)
    notes.push({ text: texts.slowWait(secondsText(message.waiting.until)), style: 'warning' });
  if (message.error !== undefined) {
    notes.push({ text: texts.notSent(errorText(message.error, language)), style: 'bad' });
  }
  return notes.flatMap((note) => wrapLine(note.text, columns).map((row) => [span(row.text, note.style)]));
}

function originOf(message: Message, { world, selected }: BlockContext, columns: number): Line[] {
  const isShown = !isGone(message) && !isFolded(message, selected);
  const origin = isShown ? originText(message, world) : '';
  return origin === '' ? [] : [[span(wrapLine(`↪ ${origin}`, columns)[0]?.text ?? '', 'dim')]];
}

function replyOf(message: Message, { world, selected }: BlockContext, columns: number): Line[] {
  const { quote } = message;
  if (isGone(message) || isFolded(message, selected) || quote === undefined) return [];
  return [[span(wrapLine(`↳ ${quoteText(quote, world)}`, columns)[0]?.text ?? '', 'dim')]];
}

/** Puts how far an own message is, and that it will vanish, at the right end of its last row. */
function withMark(lines: readonly Line[], message: Message, context: BlockContext): Line[] {
  if (isGone(message)) return [...lines];
  const mark = markOf(message, context.world);
  const vanishes = message.expiresAfter !== undefined;
  const last = lines.at(-1);
  if ((mark === undefined && !vanishes) || last === undefined) return [...lines];
  const words = wordsOf(message, context.world);
  const right: Line = [
    ...(words === '' ? [] : [span(` ${words}`, 'dim')]),
    ...(vanishes ? [span(' ⏱', 'dim')] : []),
    mark === undefined ? span(' ') : span(` ${mark.text.padEnd(2)} `, mark.style),
  ];
  const width = context.width - INDENT;
  const fits = lineWidth(last) + lineWidth(right) <= width;
  return [...lines.slice(0, -1), spread(last, fits ? right : right.slice(-1), width)];
}

/** Nothing of it is left to show. */
function isGone({ deleted, expired }: Message): boolean {
  return deleted || expired;
}

/** On its way, stored by the server, by the others' devices, read; failed. Others' messages have none. */
function markOf({ state }: Message, { connection }: World): Span | undefined {
  switch (state) {
    case 'received':
      return undefined;
    case 'pending':
      return span(connection.state === 'online' ? '…' : '⧗', 'dim');
    case 'sent':
      return span('✓', 'dim');
    case 'delivered':
      return span('✓✓', 'dim');
    case 'read':
      return span('✓✓', 'good');
    case 'failed':
      return span('✗', 'bad');
  }
}

function wordsOf({ state, receipts }: Message, { texts, room }: World): string {
  if (state === 'read') return texts.readMark;
  const others = (room?.memberCount ?? 1) - 1;
  return receipts !== undefined && receipts.read > 0 ? texts.readCount(receipts.read, others) : '';
}
