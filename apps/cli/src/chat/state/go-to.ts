import type { RoomSummary } from '@maru/client';
import { countText, type RoomId, type Seq } from '@maru/protocol';
import { EMPTY } from '../composer/composer.ts';
import { layoutOf } from '../view/layout.ts';
import { paneOf, positionAtTop, visibleRows } from '../view/message-pane.ts';
import { draftIn } from './drafts.ts';
import { jumpTo } from './jump.ts';
import { listedRooms } from './listed.ts';
import { type Step, step, warn } from './step.ts';
import { AFRESH, type Draft, type Ui } from './ui.ts';
import type { World } from './world.ts';

/** Leaves a room's draft where it is and goes to another room. */
export function goTo(ui: Ui, room: RoomId, world: World): Step {
  if (room === ui.room) return step({ ...ui, listOnly: false, panel: undefined, search: undefined });
  const drafts = withDraft(ui);
  const draft = ui.appends ? undefined : draftIn(drafts, room, world);
  const snapshot = world.snapshot(room);
  const unread = (snapshot?.unreadCount ?? 0) > 0;
  return step(
    {
      ...ui,
      ...AFRESH,
      ...draft,
      room,
      drafts,
      opening: true,
      divider: unread ? snapshot?.read : undefined,
      listOnly: false,
    },
    { kind: 'open', room, left: ui.room },
  );
}

/** A room that was asked for is there. What was written since is for it, and not for the one that is left. */
export function arrive(ui: Ui, room: RoomId, world: World): Step {
  const isForIt = ui.going || ui.room === undefined;
  if (!isForIt || ui.composer.text === '') return goTo({ ...ui, going: false }, room, world);
  const gone = goTo({ ...ui, going: false, composer: EMPTY }, room, world);
  return { ...gone, ui: { ...gone.ui, composer: ui.composer } };
}

function withDraft(ui: Ui): ReadonlyMap<RoomId, Draft> {
  if (ui.room === undefined) return ui.drafts;
  const drafts = new Map(ui.drafts);
  const { composer, purpose } = ui.stashed ?? ui;
  if (composer.text.trim() === '') drafts.delete(ui.room);
  else drafts.set(ui.room, { composer, purpose });
  return drafts;
}

/** The room's messages are there: shows the first unread one, where the rest would not fit with it. */
export function opened(before: Ui, room: RoomId, world: World): Step {
  if (before.room !== room) return step(before);
  const ui: Ui = { ...before, opening: false, toMention: false };
  if (before.toMention && (world.room?.unreadMentions.length ?? 0) > 0) return goToMention(ui, world);
  if (ui.divider === undefined) return step(ui);
  const pane = paneOf(ui, world);
  const { firstUnread } = pane.context;
  if (firstUnread !== undefined) return step({ ...ui, position: positionAtTop(pane, firstUnread) });
  const count = world.room?.unreadCount ?? 0;
  return count === 0 ? step(ui) : warn(ui, `${world.texts.newMessages(countText(count))} · Alt+U ↑`);
}

/** The next or previous room of the list. */
export function neighbour(ui: Ui, by: -1 | 1, world: World): Step {
  const rooms = listedRooms(ui, world);
  const at = rooms.findIndex(({ room }) => room === ui.room);
  const next = rooms[at === -1 ? (by === 1 ? 0 : rooms.length - 1) : (at + by + rooms.length) % rooms.length];
  return next === undefined ? step(ui) : goTo(ui, next.room, world);
}

/** To the first unread message here, else to the next room that has some; with `any`, else to the newest room. */
export function goToUnread(ui: Ui, world: World, any = false): Step {
  const { room } = world;
  const pane = paneOf(ui, world);
  const { firstUnread } = pane.context;
  if (firstUnread !== undefined) {
    const position = positionAtTop(pane, firstUnread);
    const there = visibleRows(pane, ui.position).some(({ key }) => key === firstUnread);
    if (!there) return step({ ...ui, position });
  } else if (
    room !== undefined &&
    ui.divider !== undefined &&
    (room.messages[0]?.seq ?? 0) > ui.divider + 1
  ) {
    // It is older than what is loaded.
    return step(ui, { kind: 'jump', room: room.room, seq: (ui.divider + 1) as Seq });
  }
  const next = nextUnread(ui, world) ?? (any ? world.rooms[0] : undefined);
  return next === undefined ? warn(ui, world.texts.nothingUnread) : goTo(ui, next.room, world);
}

function nextUnread(ui: Ui, world: World): RoomSummary | undefined {
  return nextRoom(ui, world, (each) => each.unreadCount > 0 || each.markedUnread);
}

/** The first room of which something holds, from the open one downwards and then from the top. */
function nextRoom(
  { room }: Ui,
  { rooms }: World,
  holds: (room: RoomSummary) => boolean,
): RoomSummary | undefined {
  const at = rooms.findIndex((each) => each.room === room);
  const turned = [...rooms.slice(at + 1), ...rooms.slice(0, at + 1)];
  const holding = turned.filter((each) => each.room !== room && holds(each));
  // What is muted can wait for the rest.
  return holding.find(({ muted }) => muted === undefined) ?? holding[0];
}

/** To the unread message here that names the user, or the one behind the chosen one; else to the next room with some. */
export function goToMention(ui: Ui, world: World): Step {
  const { room } = world;
  const from = room?.messages.find(({ key }) => key === ui.selected)?.seq ?? 0;
  const seq = room?.unreadMentions.find((each) => each > from);
  if (room !== undefined && seq !== undefined) return jumpTo(ui, seq as Seq, world);
  const next = nextRoom(ui, world, (each) => each.mentionCount > 0);
  if (next === undefined) return warn(ui, world.texts.nothingNamesYou);
  const gone = goTo(ui, next.room, world);
  return { ...gone, ui: { ...gone.ui, toMention: true } };
}

/** Whether there is room on the screen for older messages that are not loaded. */
export function needsOlder(ui: Ui, world: World): boolean {
  const { room } = world;
  if (room === undefined || room.room !== ui.room || !room.opened || room.atStart) return false;
  const pane = paneOf(ui, world);
  return visibleRows(pane, ui.position).length < pane.height;
}

/** Whether the newest messages are on the screen and somebody looks: then they are read. */
export function isReading(ui: Ui, world: World): boolean {
  const { room } = world;
  return (
    room !== undefined &&
    room.room === ui.room &&
    room.opened &&
    !ui.opening &&
    room.membership === 'member' &&
    room.unreadCount > 0 &&
    room.atEnd &&
    ui.focused &&
    hasMessages(ui) &&
    ui.panel === undefined &&
    ui.position === 'end'
  );
}

/** Whether the messages have a place on the screen: it is large enough, and the list does not have all of it. */
function hasMessages(ui: Ui): boolean {
  const { tooSmall, sidebar } = layoutOf(ui);
  return !tooSmall && sidebar < ui.columns;
}
