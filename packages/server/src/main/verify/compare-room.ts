import type { RoomId, Seq, UserId } from '@maru/protocol';
import type { Engine } from '../../ports/engine.ts';
import type { Findings } from './finding.ts';
import type { ReplayedRooms } from './replayed-rooms.ts';

/** Events compared at a time. */
const PAGE_EVENTS = 500;

/** Compares everything that can be read of a room with what a replay gives. */
export async function compareRoom(
  engine: Engine,
  replayed: ReplayedRooms,
  room: RoomId,
  users: readonly UserId[],
  findings: Findings,
): Promise<void> {
  const { rooms, inboxes } = replayed.engine;
  const state = await rooms.state(room);
  if (state === undefined) return;
  const differs = (what: string, where: { seq?: number; user?: UserId } = {}) =>
    findings.add({ code: 'projection', detail: `${what}: not what a replay gives`, room, ...where });

  const stored = await engine.rooms.state(room);
  if (!Bun.deepEquals({ ...stored, windows: undefined }, { ...state, windows: undefined })) differs('state');
  const [head] = await inboxes.heads([room]);
  const [storedHead] = await engine.inboxes.heads([room]);
  const placed = head && {
    ...head,
    position: replayed.placeOf(head.position),
    relatedAt: replayed.placeOf(head.relatedAt),
  };
  if (!Bun.deepEquals(storedHead, placed)) differs('head');

  async function compareEdits(seq: Seq): Promise<void> {
    const edits = await rooms.edits(room, seq);
    if (!Bun.deepEquals(await engine.rooms.edits(room, seq), edits)) differs('edits', { seq });
  }

  async function compareReactions(seq: Seq): Promise<void> {
    const standing = await rooms.reactions(room, seq);
    if (!Bun.deepEquals(await engine.rooms.reactions(room, seq), standing)) differs('reactions', { seq });
  }

  for (let from = 1; from <= state.seq; from += PAGE_EVENTS) {
    const to = Math.min(state.seq, from + PAGE_EVENTS - 1);
    const expected = await rooms.events(room, from, to);
    const found = new Map((await engine.rooms.events(room, from, to)).map((event) => [event.seq, event]));
    for (const event of expected) {
      if (!Bun.deepEquals(found.get(event.seq), event)) differs('event', { seq: event.seq });
      if (event.edited !== undefined) await compareEdits(event.seq);
      if (event.reactions !== undefined) await compareReactions(event.seq);
      if (event.refersTo === undefined) continue;
      const target = await rooms.target(room, event.refersTo);
      if (!Bun.deepEquals(await engine.rooms.target(room, event.refersTo), target)) {
        differs('target', { seq: event.refersTo });
      }
    }
  }

  const byUser = <T extends { user: UserId }>(list: readonly T[]) =>
    list.toSorted((a, b) => (a.user < b.user ? -1 : 1));
  const members = byUser(await inboxes.members(room));
  if (!Bun.deepEquals(byUser(await engine.inboxes.members(room)), members)) differs('members');
  // Delivered marks are soft, and in no log.
  const read = (list: readonly { user: UserId; read: number }[]) =>
    byUser(list.filter((mark) => mark.read > 0).map(({ user, read }) => ({ user, read })));
  if (!Bun.deepEquals(read(await engine.inboxes.watermarks(room)), read(await inboxes.watermarks(room)))) {
    differs('watermarks');
  }

  for (const user of users) {
    const intervals = await rooms.intervals(room, user);
    if (!Bun.deepEquals(await engine.rooms.intervals(room, user), intervals)) differs('intervals', { user });
    for (const seq of new Set([state.seq, Math.ceil(state.seq / 2)])) {
      const counts = await rooms.countsAt(room, seq as typeof state.seq, user);
      if (!Bun.deepEquals(await engine.rooms.countsAt(room, seq as typeof state.seq, user), counts)) {
        differs('counts', { user, seq });
      }
    }
    const mentions = await inboxes.mentionsAfter(room, 0, user);
    if (!Bun.deepEquals(await engine.inboxes.mentionsAfter(room, 0, user), mentions)) {
      differs('mentions', { user });
    }
    const deleted = await inboxes.deletedAfter(room, 0, user);
    if ((await engine.inboxes.deletedAfter(room, 0, user)) !== deleted) differs('deleted', { user });
  }
}
