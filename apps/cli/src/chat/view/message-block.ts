import type { Message } from '@maru/client';
import { countCodePoints } from '@maru/protocol';
import { clockText } from '../../terminal/date-time.ts';
import { nameOf, textOf, type World, wholeLength } from '../state/world.ts';
import { shownInline, shownLines } from '../text/shown-text.ts';
import { wrapLine } from '../text/wrap.ts';
import { errorText } from '../texts/error-texts.ts';
import { eventText } from './event-text.ts';
import { highlight } from './highlight.ts';
import { rule } from './rule.ts';
import { type Line, lineWidth, NAME_STYLES, type Span, type Style, span, spread } from './span.ts';
import { dayOf, dayText } from './times.ts';

/** Messages of one person that follow each other within this stand under one name. */
const TOGETHER_MS = 300_000;
/** On the right: how far a message is. */
const MARK_COLUMNS = 4;
const INDENT = 1;

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
  /** The newest of one's own messages: it says in words how far it is. */
  readonly lastOwn: string | undefined;
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
  const { world, width, airy, textRows, firstUnread, selected, query, lastOwn } = context;
  const chosen = selected === message.key;
  const last = lastOwn === message.key ? (world.room?.memberCount ?? 0) : 0;
  const unread = firstUnread === message.key;
  const stamp = [width, airy, textRows, unread, chosen, query, last, world.names, dayOf(world.now)].join(' ');
  const cached = known.get(message);
  if (cached?.stamp === stamp && cached.previous === previous) return cached.lines;
  const lines = [
    ...above(message, previous, context),
    ...said(message, context).map((line) => edge(line, chosen)),
  ];
  known.set(message, { previous, stamp, lines });
  return lines;
}

/** The chosen message has a bar beside it. */
function edge(line: Line, chosen: boolean): Line {
  return [chosen ? span('▌', 'accent') : span(' '), ...line];
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
    ...replyOf(message, context, columns),
    ...body.map(({ text, style }) => highlight(text, style, query)),
    ...below(message, context, columns),
  ];
  return withMark(lines, message, context);
}

interface Row {
  readonly text: string;
  readonly style: Style;
}

function bodyOf(message: Message, { world, textRows }: BlockContext, columns: number): Row[] {
  const { texts } = world;
  if (message.deleted) return [{ text: texts.deleted, style: 'dim' }];
  const text = textOf(message);
  if (text === undefined) {
    return [{ text: texts.notText(shownInline(message.content?.type ?? '?')), style: 'dim' }];
  }
  const style = message.state === 'pending' ? 'dim' : message.mentionsMe ? 'accent' : 'plain';
  // No more of a long text is broken into rows than is shown.
  const rows = shownLines(text.slice(0, columns * textRows)).slice(0, textRows);
  return rows
    .flatMap((line) => wrapLine(line, columns))
    .slice(0, textRows)
    .map((row) => ({ text: row.text, style }));
}

/** What stands below the text: that there is more, that it was changed, why it was not sent. */
function below(message: Message, { world, textRows }: BlockContext, columns: number): Line[] {
  const { texts, language } = world;
  const notes: Row[] = [];
  const text = message.deleted ? '' : (textOf(message) ?? '');
  const cut = text.length > columns * textRows || text.split('\n', textRows + 1).length > textRows;
  const length = wholeLength(message) ?? (cut ? countCodePoints(text) : undefined);
  if (length !== undefined && !message.deleted) {
    notes.push({ text: texts.longer(length.toLocaleString('en')), style: 'dim' });
  }
  if (message.edited && !message.deleted) notes.push({ text: `(${texts.edited})`, style: 'dim' });
  if (message.error !== undefined) {
    notes.push({ text: texts.notSent(errorText(message.error, language)), style: 'bad' });
  }
  return notes.flatMap((note) => wrapLine(note.text, columns).map((row) => [span(row.text, note.style)]));
}

function replyOf(message: Message, { world }: BlockContext, columns: number): Line[] {
  const { content, deleted } = message;
  if (deleted || content === undefined || !('replyTo' in content) || content.replyTo === undefined) return [];
  const target = world.room?.messages.find(({ seq }) => seq === content.replyTo);
  const quoted = target === undefined ? undefined : textOf(target);
  const text =
    target === undefined
      ? world.texts.replyUnknown
      : world.texts.reply(
          nameOf(world, target.sender),
          shownInline((quoted ?? world.texts.deleted).slice(0, 200)),
        );
  return [[span(wrapLine(`↳ ${text}`, columns)[0]?.text ?? '', 'dim')]];
}

/** Puts how far an own message is at the right end of its last row. */
function withMark(lines: readonly Line[], message: Message, context: BlockContext): Line[] {
  const mark = message.deleted ? undefined : markOf(message, context.world);
  const last = lines.at(-1);
  if (mark === undefined || last === undefined) return [...lines];
  const words = context.lastOwn === message.key ? wordsOf(message, context.world) : '';
  const right: Line = [
    ...(words === '' ? [] : [span(` ${words}`, 'dim')]),
    span(` ${mark.text.padEnd(2)} `, mark.style),
  ];
  const width = context.width - INDENT;
  const fits = lineWidth(last) + lineWidth(right) <= width;
  return [...lines.slice(0, -1), spread(last, fits ? right : right.slice(-1), width)];
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
