import type { Message } from '@maru/client';
import { layoutOf } from '../view/layout.ts';
import { atTop, type Pane, paneOf, positionAtTop, positionShowing, scrollBy } from '../view/message-pane.ts';
import { panelRows } from '../view/panel.ts';
import { type Step, step } from './step.ts';
import type { Ui } from './ui.ts';
import type { World } from './world.ts';

/** Scrolls what is shown, the panel or the messages; loads more where they end. */
export function scroll(ui: Ui, rows: number, world: World): Step {
  if (ui.panel !== undefined) return step(scrollPanel(ui, rows));
  const { room } = world;
  if (room === undefined) return step(ui);
  const pane = paneOf(ui, world);
  const position = scrollBy(pane, ui.position, rows);
  const moved = { ...ui, position };
  if (rows < 0 && atTop(pane, position) && !room.atStart)
    return step(moved, { kind: 'older', room: room.room });
  if (rows > 0 && position === 'end' && !room.atEnd) {
    // What is loaded next stands below: the edge stays where it is.
    return step({ ...moved, position: fixed(pane) }, { kind: 'newer', room: room.room });
  }
  return step(moved);
}

/** The end of what is loaded, as a place that does not move with it. */
function fixed({ messages }: Pane): Ui['position'] {
  const last = messages.at(-1);
  return last === undefined ? 'end' : { key: last.key, hidden: 0 };
}

function scrollPanel(ui: Ui, rows: number): Ui {
  const { panel } = ui;
  if (panel === undefined) return ui;
  const { width, height } = layoutOf(ui);
  const last = Math.max(0, panelRows(panel, width).length - (height - 1));
  return { ...ui, panel: { ...panel, scroll: Math.min(last, Math.max(0, panel.scroll + rows)) } };
}

export function pageRows(ui: Ui): number {
  return Math.max(1, layoutOf(ui).height - 2);
}

export function toStart(ui: Ui, world: World): Step {
  if (ui.panel !== undefined) return step({ ...ui, panel: { ...ui.panel, scroll: 0 } });
  const first = world.room?.messages[0];
  if (first === undefined || world.room === undefined) return step(ui);
  const moved = { ...ui, position: positionAtTop(paneOf(ui, world), first.key) };
  return world.room.atStart ? step(moved) : step(moved, { kind: 'older', room: world.room.room });
}

export function toEnd(ui: Ui, world: World): Step {
  if (ui.panel !== undefined) return step(scrollPanel(ui, Number.MAX_SAFE_INTEGER));
  const moved: Ui = { ...ui, position: 'end', selected: undefined };
  const { room } = world;
  return room === undefined || room.atEnd ? step(moved) : step(moved, { kind: 'end', room: room.room });
}

/** Shows a message, and chooses it. */
export function show(ui: Ui, message: Message, world: World): Ui {
  const chosen = { ...ui, selected: message.key };
  const pane = paneOf(chosen, world);
  return { ...chosen, position: positionShowing(pane, ui.position, message.key) };
}

/** Chooses the message before or behind the chosen one; behind the last one, none. */
export function choose(ui: Ui, by: -1 | 1, world: World): Step {
  const messages = (world.room?.messages ?? []).filter(({ kind }) => kind === 'message');
  const at = messages.findIndex(({ key }) => key === ui.selected);
  const next = at === -1 ? messages.at(-1) : messages[at + by];
  if (next !== undefined) return step(show(ui, next, world));
  if (by === 1) return toEnd(ui, world);
  return scroll(ui, -pageRows(ui), world);
}
