import type { RoomSummary } from '@maru/client';
import { countText, type RoomId } from '@maru/protocol';
import { listedRooms } from '../state/listed.ts';
import { isQuiet } from '../state/quiet.ts';
import type { Ui } from '../state/ui.ts';
import { mentionText, peerState, roomTitle, type World } from '../state/world.ts';
import { truncate } from '../text/fit-text.ts';
import { shownInline } from '../text/shown-text.ts';
import { rule } from './rule.ts';
import { signOf } from './sign-of.ts';
import { fitLine, type Line, lineWidth, reversed, type Span, span, spread } from './span.ts';

/** A row of the list, and the room that it stands for. */
export interface SidebarRow {
  readonly line: Line;
  readonly room: RoomId | undefined;
}

/** The list of rooms: so many rows, each as wide as asked for. */
export function sidebarRows(ui: Ui, world: World, width: number, height: number): SidebarRow[] {
  const { texts, handle } = world;
  const rooms = listedRooms(ui, world);
  const isAll = rooms === world.rooms;
  const title = isAll ? texts.rooms : shownInline(ui.folder ?? '');
  const head: Line = spread([span(` ${title}`, 'title')], [span(`@${handle} `, 'dim')], width);
  const rows: SidebarRow[] = [
    { line: head, room: undefined },
    { line: [span('─'.repeat(width), 'dim')], room: undefined },
  ];
  if (rooms.length === 0)
    rows.push({ line: fitLine([span(` ${texts.noRooms}`, 'dim')], width), room: undefined });
  const listed = rooms.map((room) => ({ line: roomLine(room, ui, world, width), room: room.room }));
  // A folder has what the user put into it, and no section of its own for requests.
  const requests = isAll ? world.requests : 0;
  const asking = { line: rule(`${texts.requests} ${requests}`, width, 'warning'), room: undefined };
  const all: SidebarRow[] =
    requests === 0 ? listed : [...listed.slice(0, -requests), asking, ...listed.slice(-requests)];
  const space = height - rows.length;
  const current = all.findIndex(({ room }) => room !== undefined && room === ui.room);
  const first = Math.max(0, Math.min(current - Math.floor(space / 2), all.length - space));
  rows.push(...all.slice(first, first + space));
  while (rows.length < height) rows.push({ line: [span(' '.repeat(width))], room: undefined });
  return rows.slice(0, height);
}

function roomLine(room: RoomSummary, ui: Ui, world: World, width: number): Line {
  const unread = room.unreadCount > 0 || room.markedUnread;
  const right: Span[] = [];
  const quiet = isQuiet(room, world) || room.archived;
  if (room.draft !== undefined && room.room !== ui.room) right.push(span('✎ ', 'dim'));
  if (room.muted !== undefined) right.push(span('⌀ ', 'dim'));
  if (room.mentionCount > 0)
    right.push(span(`@${mentionText(room.mentionCount)} `, quiet ? 'dim' : 'warning'));
  if (room.unreadCount > 0) right.push(span(`${countText(room.unreadCount)} `, quiet ? 'dim' : 'accent'));
  else if (room.markedUnread) right.push(span('• ', 'accent'));
  const title = truncate(roomTitle(world, room), Math.max(1, width - 3 - lineWidth(right) - 1));
  const left = [
    span(room.pinned ? '‣' : ' ', 'dim'),
    badgeOf(room, world),
    span(' '),
    span(title, titleStyle(room, unread && !quiet)),
  ];
  const line = spread(left, right, width);
  return room.room === ui.room ? reversed(line) : line;
}

function titleStyle({ archived }: RoomSummary, loud: boolean): Span['style'] {
  if (archived) return 'dim';
  return loud ? 'strong' : 'plain';
}

/** Whether the other one is there; groups and channels have signs of their own. */
function badgeOf(room: RoomSummary, world: World): Span {
  if (room.membership === 'creating') return span('…', 'dim');
  if (room.roomKind !== 'direct') return span(signOf(room), 'dim');
  switch (peerState(world, room)) {
    case 'active':
      return span('●', 'good');
    case 'away':
      return span('◐', 'warning');
    case 'offline':
      return span('○', 'dim');
    case undefined:
      return span('·', 'dim');
  }
}
