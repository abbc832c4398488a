import type { RoomSummary } from '@maru/client';
import type { RoomId } from '@maru/protocol';
import type { Ui } from '../state/ui.ts';
import { countText, peerState, roomTitle, type World } from '../state/world.ts';
import { truncate } from '../text/fit-text.ts';
import { fitLine, type Line, lineWidth, reversed, type Span, span, spread } from './span.ts';

/** A row of the list, and the room that it stands for. */
export interface SidebarRow {
  readonly line: Line;
  readonly room: RoomId | undefined;
}

/** The list of rooms: so many rows, each as wide as asked for. */
export function sidebarRows(ui: Ui, world: World, width: number, height: number): SidebarRow[] {
  const { rooms, texts, handle } = world;
  const head: Line = spread([span(` ${texts.rooms}`, 'title')], [span(`@${handle} `, 'dim')], width);
  const rows: SidebarRow[] = [
    { line: head, room: undefined },
    { line: [span('─'.repeat(width), 'dim')], room: undefined },
  ];
  if (rooms.length === 0)
    rows.push({ line: fitLine([span(` ${texts.noRooms}`, 'dim')], width), room: undefined });
  const space = height - rows.length;
  const current = rooms.findIndex(({ room }) => room === ui.room);
  const first = Math.max(0, Math.min(current - Math.floor(space / 2), rooms.length - space));
  for (const room of rooms.slice(first, first + space)) {
    rows.push({ line: roomLine(room, ui, world, width), room: room.room });
  }
  while (rows.length < height) rows.push({ line: [span(' '.repeat(width))], room: undefined });
  return rows.slice(0, height);
}

function roomLine(room: RoomSummary, ui: Ui, world: World, width: number): Line {
  const unread = room.unreadCount > 0 || room.markedUnread;
  const right: Span[] = [];
  if (ui.drafts.has(room.room) && room.room !== ui.room) right.push(span('✎ ', 'dim'));
  if (room.unreadCount > 0) right.push(span(`${countText(room.unreadCount)} `, 'accent'));
  else if (room.markedUnread) right.push(span('• ', 'accent'));
  const title = truncate(roomTitle(world, room), Math.max(1, width - 3 - lineWidth(right) - 1));
  const left = [span(' '), badgeOf(room, world), span(' '), span(title, unread ? 'strong' : 'plain')];
  const line = spread(left, right, width);
  return room.room === ui.room ? reversed(line) : line;
}

/** Whether the other one is there; a group has a sign of its own. */
function badgeOf(room: RoomSummary, world: World): Span {
  if (room.membership === 'creating') return span('…', 'dim');
  if (room.roomKind === 'group') return span('#', 'dim');
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
