import type { Ui } from '../state/ui.ts';
import { isIn, type World } from '../state/world.ts';
import { widthOf } from '../text/clusters.ts';
import { truncate } from '../text/fit-text.ts';
import { type Line, type Span, span } from './span.ts';

/** What stands between two hints. */
const BETWEEN = ' · ';

/** The last line: what was to be said, what is asked, or which keys do what now. */
export function footerLine(ui: Ui, world: World, width: number): Line {
  const { text, style } = footerSpan(ui, world);
  return [span(' '), span(shorten(text, width - 1), style)];
}

/** Leaves out hints from the end until the rest has room. */
function shorten(text: string, width: number): string {
  let short = text;
  while (widthOf(short) > width && short.includes(BETWEEN))
    short = short.slice(0, short.lastIndexOf(BETWEEN));
  return truncate(short, width);
}

function footerSpan(ui: Ui, { texts, connection, room, deadLetters }: World): Span {
  if (ui.confirm !== undefined) return span(texts.confirming(ui.confirm.question), 'warning');
  if (ui.notice !== undefined) return span(ui.notice.text, ui.notice.tone);
  if (connection.state === 'stopped') {
    const { reason } = connection;
    return span(reason === 'signed-out' ? texts.signedOut : texts.stoppedForGood(reason), 'bad');
  }
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
