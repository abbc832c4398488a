import type { Ui } from '../state/ui.ts';
import { isIn, type World } from '../state/world.ts';
import { widthOf } from '../text/clusters.ts';
import { truncate } from '../text/fit-text.ts';
import { wrapLine } from '../text/wrap.ts';
import { type Line, type Span, span } from './span.ts';

/** What stands between two hints. */
const BETWEEN = ' · ';
/** Fewer of a hint say nothing. */
const ENOUGH_COLUMNS = 8;

/** The last line: what was to be said, what is asked, or which keys do what now. */
export function footerLine(ui: Ui, world: World, width: number): Line {
  const said = saidSpan(ui, world);
  const { text, style } = said !== undefined && fits(said, width) ? said : footerSpan(ui, world);
  return [span(' '), span(shorten(text, width - 1), style)];
}

/** What was to be said or is asked and has no room in the last line: whole, in rows above what is written. */
export function sayingLines(ui: Ui, world: World, width: number): Line[] {
  const said = saidSpan(ui, world);
  if (said === undefined || fits(said, width)) return [];
  const text = ui.confirm?.question ?? said.text;
  const rows = wrapLine(text, Math.max(2, width - 2));
  return [[span('─'.repeat(width), 'dim')], ...rows.map((row) => [span(' '), span(row.text, said.style)])];
}

/** Leaves out hints from the end until the rest has room; the one that says how to get out stays longest. */
function shorten(text: string, width: number): string {
  const hints = text.split(BETWEEN);
  const last = hints.at(-1)?.startsWith('Esc') === true ? hints.splice(-1) : [];
  while (hints.length > 1 && widthOf([...hints, ...last].join(BETWEEN)) > width) hints.pop();
  const [first = ''] = hints;
  const behind = last.map((each) => BETWEEN + each).join('');
  const short = [...hints, ...last].join(BETWEEN);
  if (widthOf(short) <= width) return short;
  const space = width - widthOf(behind);
  return space > ENOUGH_COLUMNS ? truncate(first, space) + behind : truncate(first, width);
}

function fits({ text }: Span, width: number): boolean {
  return widthOf(text) <= width - 1;
}

/** What is asked, with the keys that answer; what was to be said; that nothing goes on. */
function saidSpan(ui: Ui, { texts, connection }: World): Span | undefined {
  if (ui.confirm !== undefined) return span(`${ui.confirm.question}  ${texts.confirmKeys}`, 'warning');
  if (ui.notice !== undefined) return span(ui.notice.text, ui.notice.tone);
  if (connection.state !== 'stopped') return undefined;
  const { reason } = connection;
  return span(reason === 'signed-out' ? texts.signedOut : texts.stoppedForGood(reason), 'bad');
}

/** Which keys do what now, and what holds. */
function footerSpan(ui: Ui, { texts, connection, room, deadLetters }: World): Span {
  if (ui.confirm !== undefined) return span(texts.confirmKeys, 'warning');
  if (ui.completion !== undefined) return span(texts.completing, 'dim');
  if (ui.panel !== undefined) return span(texts.panelHint, 'dim');
  if (ui.search !== undefined) {
    const { query, at, count } = ui.search;
    return span(texts.searching(query, at, count), 'accent');
  }
  if (ui.selected !== undefined) return span(texts.selecting(room?.can.pin === true), 'accent');
  if (ui.purpose.kind === 'edit') return span(texts.editing, 'accent');
  if (ui.purpose.kind === 'reply') return span(texts.replyingTo(ui.purpose.name), 'accent');
  if (room !== undefined && !isIn(room)) return span(texts.notMember, 'warning');
  if (connection.state === 'waiting') return span(texts.offlineNote, 'warning');
  // Messages are seen where they stand.
  const refused = deadLetters.filter(({ command }) => command.kind !== 'send').length;
  return refused === 0 ? span(texts.hint, 'dim') : span(texts.refusedCount(refused), 'warning');
}
