import { expect } from 'bun:test';
import type { DeviceId, RoomId, Seq, UserId } from '@maru/protocol';
import type { Engine } from '../../../ports/engine.ts';
import type { Position } from '../../../ports/position.ts';
import { createMemoryEngine } from '../../memory/memory-engine.ts';

/** Every answer that an engine gives about a room and these people. */
export async function allAnswers(
  { rooms, inboxes }: Engine,
  room: RoomId,
  users: readonly UserId[],
  devices: readonly DeviceId[],
) {
  const state = await rooms.state(room);
  const numbers = Array.from({ length: state?.seq ?? 0 }, (_, index) => (index + 1) as Seq);
  const events = await rooms.events(room, 1, numbers.length + 1);
  const each = <Item, Answer>(items: readonly Item[], ask: (item: Item) => Promise<Answer>) =>
    Promise.all(items.map(ask));
  return {
    state,
    events,
    expiring: (await rooms.expiring(Number.POSITIVE_INFINITY, 1_000_000))
      .filter((one) => one.room === room)
      .toSorted((a, b) => a.seq - b.seq),
    page: await rooms.events(room, Math.ceil(numbers.length / 2), numbers.length),
    heads: await inboxes.heads([room]),
    members: (await inboxes.members(room)).toSorted((a, b) => (a.user < b.user ? -1 : 1)),
    pages: await rooms.membersAfter(room, undefined, 3),
    targets: await each(numbers, (seq) => rooms.target(room, seq)),
    edits: await each(numbers, (seq) => rooms.edits(room, seq)),
    reactions: await each(numbers, (seq) => rooms.reactions(room, seq)),
    bodies: await each(numbers, (seq) => rooms.body(room, seq)),
    users: await each(users, async (user) => ({
      intervals: await rooms.intervals(room, user),
      rooms: (await inboxes.roomsOf(user)).filter((one) => one.room === room),
      reacted: await each(numbers, async (seq) => {
        const { all, own } = await rooms.reacted(room, seq, user);
        return { all, own: own.toSorted((a, b) => a.seq - b.seq) };
      }),
      counts: await each(numbers, (seq) => rooms.countsAt(room, seq, user)),
      mentions: await each(numbers, (seq) => inboxes.mentionsAfter(room, seq - 1, user)),
      deleted: await each(numbers, (seq) => inboxes.deletedAfter(room, seq, user)),
    })),
    devices: await each(devices, async (device) => ({
      window: await rooms.window(room, device),
      outcomes: await each(events, async ({ clientMessageId }) => {
        return clientMessageId && (await rooms.outcome(room, device, clientMessageId));
      }),
    })),
  };
}

/** Expects that an engine answers as one in memory does into which its whole log was replayed. */
export async function expectAnswersOfReplay(engine: Engine): Promise<void> {
  const memory = createMemoryEngine();
  const rooms = new Map<RoomId, { users: Set<UserId>; devices: Set<DeviceId> }>();
  const keepers = new Set<UserId>();
  for await (const batch of engine.log.replay(0 as Position)) {
    await memory.log.append(batch);
    for (const entry of batch) {
      if (entry.type === 'setting') {
        keepers.add(entry.user);
        continue;
      }
      const room = rooms.get(entry.room) ?? { users: new Set(), devices: new Set() };
      rooms.set(entry.room, room);
      if (entry.type === 'reader') room.users.add(entry.reader.user);
      if (entry.type !== 'event') continue;
      for (const { user } of entry.members ?? []) room.users.add(user);
      if (entry.event.device !== undefined) room.devices.add(entry.event.device);
    }
  }
  expect(memory.log.head).toBe(engine.log.head);
  for (const [room, { users, devices }] of rooms) {
    const people = [[...users], [...devices]] as const;
    expect(await allAnswers(engine, room, ...people)).toEqual(await allAnswers(memory, room, ...people));
  }
  for (const user of keepers) {
    expect(await allSettings(engine, user)).toEqual(await allSettings(memory, user));
  }
}

/** Every answer that an engine gives about a user's settings. */
export async function allSettings({ settings }: Engine, user: UserId) {
  const changes = await settings.changes(user, 0 as Position);
  return {
    changes,
    later: await settings.changes(user, changes[0]?.position ?? (0 as Position)),
    each: await Promise.all(changes.map(({ name }) => settings.setting(user, name))),
    usage: await settings.usage(user),
    overview: await settings.overview(user),
  };
}
