import type { Message } from '@maru/client';
import type { UserId } from '@maru/protocol';
import type { Position, Ui } from '../state/ui.ts';
import { isUnread, type World } from '../state/world.ts';
import { layoutOf } from './layout.ts';
import { type BlockContext, messageBlock } from './message-block.ts';
import type { Line } from './span.ts';

/** Rows that one text may take, so that others stand beside it on the screen. */
const TEXT_ROWS_MIN = 5;
const TEXT_ROWS_MAX = 24;

/** A row of the messages, and whose it is. */
export interface PaneRow {
  readonly line: Line;
  readonly key: string;
}

/** Messages, and how they are broken into rows: enough to scroll in them. */
export interface Pane {
  readonly messages: readonly Message[];
  readonly height: number;
  readonly context: BlockContext;
}

export function paneOf(ui: Ui, world: World): Pane {
  const { width, height, airy } = layoutOf(ui);
  const messages = world.room?.messages ?? [];
  const query = ui.search?.query;
  const firstUnread = firstUnreadOf(messages, ui.divider, world.me)?.key;
  const textRows = Math.min(TEXT_ROWS_MAX, Math.max(TEXT_ROWS_MIN, Math.floor(height * 0.7)));
  const context = {
    world,
    width,
    airy,
    textRows,
    firstUnread,
    selected: ui.selected,
    query,
  };
  return { messages, height, context };
}

function blockAt({ messages, context }: Pane, index: number): readonly Line[] {
  const message = messages[index];
  return message === undefined ? [] : messageBlock(message, messages[index - 1], context);
}

/** The place of a position: the last message of which something is shown, and how many of its rows are below the edge. */
function placeOf(pane: Pane, position: Position): { index: number; hidden: number } {
  const end = { index: pane.messages.length - 1, hidden: 0 };
  if (position === 'end') return end;
  const index = pane.messages.findIndex(({ key }) => key === position.key);
  if (index === -1) return end;
  // It may have fewer rows than when the position was taken.
  return { index, hidden: Math.min(position.hidden, Math.max(0, blockAt(pane, index).length - 1)) };
}

function positionAt({ messages }: Pane, index: number, hidden: number): Position {
  const key = messages[index]?.key;
  const atEnd = index >= messages.length - 1 && hidden <= 0;
  return key === undefined || atEnd ? 'end' : { key, hidden };
}

/** The rows that are shown, from the top; fewer than the height where there are no more. */
export function visibleRows(pane: Pane, position: Position): PaneRow[] {
  const rows: PaneRow[] = [];
  let { index, hidden } = placeOf(pane, position);
  while (rows.length < pane.height && index >= 0) {
    const block = blockAt(pane, index);
    const key = pane.messages[index]?.key ?? '';
    for (let row = block.length - 1 - hidden; row >= 0 && rows.length < pane.height; row--) {
      rows.push({ line: block[row] ?? [], key });
    }
    hidden = 0;
    index--;
  }
  return rows.reverse();
}

/** Moves the edge by rows: positive is towards the end. It stops where the first row is at the top. */
export function scrollBy(pane: Pane, position: Position, rows: number): Position {
  const moved = rows < 0 ? moveUp(pane, position, -rows) : moveDown(pane, position, rows);
  const missing = pane.height - visibleRows(pane, moved).length;
  return missing > 0 ? moveDown(pane, moved, missing) : moved;
}

function moveUp(pane: Pane, position: Position, rows: number): Position {
  let { index, hidden } = placeOf(pane, position);
  hidden += rows;
  while (index > 0 && hidden >= blockAt(pane, index).length) {
    hidden -= blockAt(pane, index).length;
    index--;
  }
  return positionAt(pane, index, Math.min(hidden, Math.max(0, blockAt(pane, index).length - 1)));
}

function moveDown(pane: Pane, position: Position, rows: number): Position {
  let { index, hidden } = placeOf(pane, position);
  hidden -= rows;
  while (hidden < 0 && index < pane.messages.length - 1) {
    index++;
    hidden += blockAt(pane, index).length;
  }
  return positionAt(pane, index, hidden);
}

/** Whether the first row that there is stands on the screen. */
export function atTop(pane: Pane, position: Position): boolean {
  const first = pane.messages[0];
  return first === undefined || visibleRows(pane, position)[0]?.key === first.key;
}

/** The position at which a message stands at the top, or where the end leaves no room for that, lower. */
export function positionAtTop(pane: Pane, key: string): Position {
  const index = pane.messages.findIndex((each) => each.key === key);
  if (index === -1) return 'end';
  return moveDown(pane, { key, hidden: blockAt(pane, index).length }, pane.height);
}

/** The nearest position at which the whole message is shown, or as much of it as there is room for. */
export function positionShowing(pane: Pane, position: Position, key: string): Position {
  const index = pane.messages.findIndex((each) => each.key === key);
  if (index === -1) return position;
  const size = Math.min(blockAt(pane, index).length, pane.height);
  const shown = visibleRows(pane, position).filter((row) => row.key === key).length;
  if (shown >= size) return position;
  const place = placeOf(pane, position);
  return place.index <= index ? positionAt(pane, index, 0) : positionAtTop(pane, key);
}

/** The first message by somebody else behind the read mark, if what lies between the two is loaded. */
function firstUnreadOf(
  messages: readonly Message[],
  divider: number | undefined,
  me: UserId,
): Message | undefined {
  if (divider === undefined || (messages[0]?.seq ?? 0) > divider + 1) return undefined;
  return messages.find((message) => isUnread(message, divider, me));
}
