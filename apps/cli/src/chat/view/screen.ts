import type { Ui } from '../state/ui.ts';
import type { World } from '../state/world.ts';
import { widthOf } from '../text/clusters.ts';
import { bannerLine, bannerText } from './banner.ts';
import { composerView } from './composer-view.ts';
import { footerLine, sayingLines } from './footer.ts';
import { headerLine, typingText } from './header.ts';
import { type Layout, layoutOf } from './layout.ts';
import { atTop, paneOf, visibleRows } from './message-pane.ts';
import { panelLines } from './panel.ts';
import { popupLines } from './popup.ts';
import { ruleWith } from './rule.ts';
import { sidebarRows } from './sidebar.ts';
import { fitLine, type Line, span } from './span.ts';
import type { Region } from './target.ts';

/** What stands on the screen: rows from the top, the cursor, and what a click would hit. */
export interface Screen {
  readonly rows: readonly Line[];
  readonly cursor: { readonly row: number; readonly column: number } | undefined;
  readonly regions: readonly Region[];
}

/** The whole screen: a function of the state and of what the SDK knows. */
export function screenOf(ui: Ui, world: World): Screen {
  const layout = layoutOf(ui);
  if (layout.tooSmall) {
    const line = fitLine([span(world.texts.tooSmall)], ui.columns);
    return { rows: [line, ...Array.from({ length: ui.rows - 1 }, () => [])], cursor: undefined, regions: [] };
  }
  if (layout.sidebar === ui.columns) return listScreen(ui, world, layout);
  const conversation = conversationOf(ui, world, layout);
  if (layout.sidebar === 0) return conversation;
  const list = sidebarRows(ui, world, layout.sidebar, ui.rows);
  const rows = conversation.rows.map((row, index) => [
    ...(list[index]?.line ?? [span(' '.repeat(layout.sidebar))]),
    span('│', 'dim'),
    ...row,
  ]);
  return { ...conversation, rows, regions: [...listRegions(list, layout.sidebar), ...conversation.regions] };
}

/** Only the list, with what is written below it. */
function listScreen(ui: Ui, world: World, layout: Layout): Screen {
  const list = sidebarRows(ui, world, ui.columns, ui.rows - 2 - layout.composer);
  const { lines, row, column } = composerView(ui, world, ui.columns, layout.composer);
  const offered = offeredLines(ui, world, ui.columns, list.length - 3);
  const above = list.map(({ line }) => line);
  const rows = [
    ...above.slice(0, above.length - offered.length),
    ...offered,
    [span('─'.repeat(ui.columns), 'dim')],
    ...lines,
    footerLine(ui, world, ui.columns),
  ];
  const regions = listRegions(list, ui.columns);
  return {
    rows: rows.map((each) => fitLine(each, ui.columns)),
    cursor: { row: list.length + 1 + row, column },
    regions,
  };
}

function listRegions(list: ReturnType<typeof sidebarRows>, width: number): Region[] {
  return list.flatMap(({ room }, row) =>
    room === undefined ? [] : [{ row, from: 0, to: width, target: { kind: 'room' as const, room } }],
  );
}

function conversationOf(ui: Ui, world: World, layout: Layout): Screen {
  const { width, left, top, height } = layout;
  const body = bodyOf(ui, world, layout);
  const composer = composerView(ui, world, width, layout.composer);
  const offered = offeredLines(ui, world, width, height);
  // The newest messages stay above what is offered.
  const skipped = world.room === undefined ? 0 : offered.length;
  const below = moreBelow(ui, world);
  const rows: Line[] = [
    headerLine(world, width),
    bannerLine(world, width),
    ...body.rows.slice(skipped, skipped + height - offered.length),
    ...offered,
    ruleWith(typingLine(world), below === '' ? [] : [span(` ${below} `, 'accent')], width),
    ...composer.lines,
    footerLine(ui, world, width),
  ];
  const regions = body.keys
    .slice(skipped, skipped + height - offered.length)
    .flatMap((key, index): Region[] => {
      if (key === undefined) return [];
      return [{ row: top + index, from: left, to: left + width, target: { kind: 'message', key } }];
    });
  if ((world.room?.pins.length ?? 0) > 0 && bannerText(world) === '')
    regions.push({ row: top - 1, from: left, to: left + width, target: { kind: 'pin' } });
  const ruleRow = top + height;
  const columns = left + width;
  const end: Region = {
    row: ruleRow,
    from: columns - widthOf(below) - 2,
    to: columns,
    target: { kind: 'end' },
  };
  return {
    rows: rows.map((row) => fitLine(row, width)),
    cursor: { row: ruleRow + 1 + composer.row, column: left + composer.column },
    regions: below === '' ? regions : [...regions, end],
  };
}

/** Above what is written: what could be put in, and what has no room in the last line. */
function offeredLines(ui: Ui, world: World, width: number, height: number): Line[] {
  const saying = sayingLines(ui, world, width).slice(0, Math.max(0, height));
  const { completion } = ui;
  return completion === undefined
    ? saying
    : [...popupLines(completion, width, height - saying.length), ...saying];
}

function typingLine(world: World): Line {
  const typing = typingText(world);
  return typing === '' ? [] : [span('─ ', 'dim'), span(`${typing} `, 'accent')];
}

function moreBelow(ui: Ui, { room, texts }: World): string {
  return ui.panel !== undefined || (ui.position === 'end' && room?.atEnd !== false) ? '' : texts.moreBelow;
}

/** The rows between the rules, as many as there is room for, and whose message each is. */
function bodyOf(
  ui: Ui,
  world: World,
  { width, height }: Layout,
): { rows: Line[]; keys: (string | undefined)[] } {
  const { room, texts } = world;
  if (ui.panel !== undefined) return fromTop(panelLines(ui.panel, width, height), height);
  if (room === undefined) {
    const steps = texts.firstSteps.split('\n').map((line): Line => [span(`  ${line}`)]);
    return fromTop([[], ...steps], height);
  }
  const pane = paneOf(ui, world);
  const rows = visibleRows(pane, ui.position);
  if (rows.length === 0) {
    return fromTop([[], [span(`  ${room.opened ? texts.emptyRoom : texts.loading}`, 'dim')]], height);
  }
  const missing = height - rows.length;
  const note = missing > 0 && !room.atStart && atTop(pane, ui.position);
  const space = Array.from({ length: missing }, (_, index): Line => {
    return note && index === missing - 1 ? [span(`  PageUp ↑`, 'dim')] : [];
  });
  return {
    rows: [...space, ...rows.map(({ line }) => line)],
    keys: [...space.map(() => undefined), ...rows.map(({ key }) => key)],
  };
}

function fromTop(lines: readonly Line[], height: number): { rows: Line[]; keys: undefined[] } {
  const rows = Array.from({ length: height }, (_, index) => lines[index] ?? []);
  return { rows, keys: rows.map(() => undefined) };
}
