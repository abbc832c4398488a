import { describe, expect, test } from 'bun:test';
import { NO_FACTS, newRoomId, type Seq } from '@maru/protocol';
import { FACTS_RULES_VERSION, FIRST_RULES_VERSION } from '../../core/room/state.ts';
import { type EngineHarness, openWorld, type World } from './harness.ts';
import type { Person } from './script.ts';

/** Contract of `InboxStore`. */
export function testInboxStore(harness: EngineHarness): void {
  describe(`InboxStore (${harness.name})`, () => {
    const world = openWorld(harness);

    test('[SYNC1] the rooms of a user, past ones included', async () => {
      const { append, inboxes, script } = world();
      const [ana, ben, cho] = script.people();
      const group = script.group(ana, [ben]);
      const direct = script.direct(cho, ana);
      const foreign = script.group(ben);
      await append(group, direct, foreign);
      expect(await inboxes.roomsOf(script.person().user)).toEqual([]);
      const rooms = byRoom(await inboxes.roomsOf(ana.user));
      expect([...rooms.keys()].sort()).toEqual([group.room, direct.room].sort());
      expect(rooms.get(direct.room)?.peer).toBe(cho.user);
      expect(rooms.get(group.room)?.peer).toBeUndefined();
      expect(rooms.get(group.room)?.intervals).toEqual([
        { joined: 1 as Seq, visibleFrom: 1 as Seq, left: undefined, how: undefined },
      ]);
      const left = script.leave(group.room, ana);
      await append(left);
      const after = byRoom(await inboxes.roomsOf(ana.user)).get(group.room);
      expect(after?.intervals).toEqual([
        { joined: 1 as Seq, visibleFrom: 1 as Seq, left: 2 as Seq, how: 'left' },
      ]);
      expect(after?.changedAt).toBe(left.position);
    });

    test('[UNREAD4][DUR5] marks are those of the user', async () => {
      const { append, script } = world();
      const [ana, ben] = script.people();
      const created = script.group(ana, [ben]);
      await append(created, script.send(created.room, ben));
      const marks = { read: 2, readOrdinal: 1, readOwn: 0, unread: true };
      const entry = script.marks(created.room, ana, marks);
      await append(entry);
      expect(await roomOf(world(), ana, created.room)).toMatchObject({ marks, changedAt: entry.position });
      expect(await roomOf(world(), ben, created.room)).toMatchObject({ changedAt: created.position });
      const later = script.marks(created.room, ana, { ...marks, unread: false });
      await append(later);
      expect(await roomOf(world(), ana, created.room)).toMatchObject({
        marks: { ...marks, unread: false },
        changedAt: later.position,
      });
    });

    test('[UNREAD3] until a user marks, the mark stands where they joined', async () => {
      const { append, script } = world();
      const [ana, ben] = script.people();
      const created = script.group(ana);
      const { room } = created;
      await append(created, script.send(room, ana), script.send(room, ana));
      await append(script.add(room, ana, [ben]), script.send(room, ben));
      expect(await roomOf(world(), ben, room)).toMatchObject({
        marks: { read: 4, readOrdinal: 2, readOwn: 0, unread: false },
        own: 1,
      });
      // Who comes back stands at the new joining, with what they had written by then.
      await append(script.marks(room, ben, { read: 5, readOrdinal: 3, readOwn: 1, unread: true }));
      await append(
        script.leave(room, ben),
        script.send(room, ana),
        script.add(room, ana, [ben]),
        script.send(room, ben),
      );
      expect(await roomOf(world(), ben, room)).toMatchObject({
        marks: { read: 8, readOrdinal: 4, readOwn: 1, unread: false },
        own: 2,
      });
    });

    test('[UNREAD1] own counting events are counted, whichever way they came', async () => {
      const { append, script } = world();
      const [ana, ben] = script.people();
      const created = script.group(ana, [ben]);
      const { room } = created;
      await append(created);
      for (let round = 0; round < 5; round++) {
        await append(
          ...Array.from({ length: 60 }, () => script.send(room, ana)),
          script.send(room, ben),
          script.rename(room, ana, `round ${round}`),
        );
      }
      expect(await roomOf(world(), ana, room)).toMatchObject({ own: 300 });
      expect(await roomOf(world(), ben, room)).toMatchObject({ own: 5 });
    });

    test('heads follow every event', async () => {
      const { append, inboxes, script } = world();
      const [ana, ben, cho] = script.people();
      const created = script.group(ana, [ben]);
      const { room } = created;
      await append(created);
      const head = async () => (await inboxes.heads([room]))[0];
      const { creator, history, name, roomKind } = script.state(room);
      expect(await head()).toEqual({
        room,
        roomKind,
        name,
        creator,
        history,
        memberCount: 2,
        seq: 1 as Seq,
        ordinal: 0,
        at: created.event.at,
        position: created.position,
        deletedMax: 0,
        relation: undefined,
        relatedAt: 0,
        facts: NO_FACTS,
        rulesVersion: FIRST_RULES_VERSION,
      });
      const sent = script.send(room, ben);
      await append(sent, script.refuse(room, ben, 'forbidden'));
      expect(await head()).toMatchObject({ seq: 2, ordinal: 1, at: sent.event.at, position: sent.position });
      await append(script.add(room, ana, [cho]), script.send(room, cho), script.rename(room, ana, 'new'));
      expect(await head()).toMatchObject({ memberCount: 3, name: 'new', seq: 5, ordinal: 2 });
      await append(script.remove(room, ana, ben), script.setHistory(room, ana, 'since-joined'));
      expect(await head()).toMatchObject({ memberCount: 2, history: 'since-joined', name: 'new' });
      await append(script.delete(room, cho, 4 as Seq));
      expect(await head()).toMatchObject({ deletedMax: 4, seq: 8 });
      await append(script.delete(room, ben, 2 as Seq));
      expect(await head()).toMatchObject({ deletedMax: 4, seq: 9 });
      await append(script.describe(room, cho, '조용한 방'));
      expect(await head()).toMatchObject({ facts: { description: '조용한 방' }, rulesVersion: 2, seq: 10 });
      expect(await inboxes.heads([newRoomId()])).toEqual([]);
    });

    test('[UNREAD1] deleted events of others above a mark', async () => {
      const { append, inboxes, script } = world();
      const [ana, ben] = script.people();
      const created = script.group(ana, [ben]);
      const { room } = created;
      await append(
        created,
        ...Array.from({ length: 6 }, (_, i) => script.send(room, i % 2 === 0 ? ana : ben)),
      );
      await append(script.delete(room, ben, 3 as Seq), script.delete(room, ana, 4 as Seq));
      await append(script.delete(room, ben, 5 as Seq));
      expect(await inboxes.deletedAfter(room, 0, ana.user)).toBe(2);
      expect(await inboxes.deletedAfter(room, 3, ana.user)).toBe(1);
      expect(await inboxes.deletedAfter(room, 5, ana.user)).toBe(0);
      expect(await inboxes.deletedAfter(room, 0, ben.user)).toBe(1);
      expect(await inboxes.deletedAfter(newRoomId(), 0, ben.user)).toBe(0);
    });

    test('[UNREAD1][TIME2] what has expired counts no more', async () => {
      const { append, inboxes, script } = world();
      const [ana, ben] = script.people();
      const created = script.group(ana, [ben]);
      const { room } = created;
      const sent = Array.from({ length: 4 }, (_, i) => script.sendUntil(room, i % 2 === 0 ? ana : ben, 2e12));
      await append(created, ...sent);
      const gone = [
        [2 as Seq, ana],
        [3 as Seq, ben],
        [4 as Seq, ana],
      ] as const;
      await append(script.expire(room, gone));
      expect((await inboxes.heads([room]))[0]).toMatchObject({ deletedMax: 4, seq: 6, ordinal: 4 });
      expect(await inboxes.deletedAfter(room, 0, ana.user)).toBe(1);
      expect(await inboxes.deletedAfter(room, 0, ben.user)).toBe(2);
      expect(await inboxes.deletedAfter(room, 3, ben.user)).toBe(1);
      await append(script.expire(room, [[5 as Seq, ben]]));
      expect(await inboxes.deletedAfter(room, 3, ana.user)).toBe(1);
    });

    test('[TEXT5] messages that name somebody, as their newest edits have it', async () => {
      const { append, inboxes, script } = world();
      const [ana, ben, cho] = script.people();
      const created = script.group(ana, [ben, cho]);
      const { room } = created;
      const naming = (...people: Person[]) => ({ event: { mentions: people.map(({ user }) => user) } });
      const named = async (seq: number, { user }: Person) =>
        (await inboxes.mentionsAfter(room, seq, user)).map((mention) => mention.seq as number);
      await append(
        created,
        script.send(room, ana, naming(ben, cho, ana)),
        script.send(room, ana),
        script.send(room, cho, { event: { mentionsAll: true } }),
        script.send(room, ben, naming(cho)),
      );
      expect(await named(0, ben)).toEqual([2, 4]);
      expect(await named(2, ben)).toEqual([4]);
      expect(await named(0, cho)).toEqual([2, 5]);
      expect(await named(0, ana)).toEqual([4]);
      expect(await inboxes.mentionsAfter(room, 4, cho.user)).toEqual([{ seq: 5 as Seq, author: ben.user }]);
      await append(
        script.edit(room, ana, 2 as Seq, 'nobody'),
        script.edit(room, ben, 5 as Seq, 'x', undefined, naming(ana)),
      );
      await append(
        script.delete(room, cho, 4 as Seq),
        script.edit(room, ana, 3 as Seq, 'y', undefined, naming(ben)),
      );
      expect(await named(0, ben)).toEqual([3]);
      expect(await named(0, cho)).toEqual([]);
      expect(await named(0, ana)).toEqual([5]);
      expect(await inboxes.mentionsAfter(newRoomId(), 0, ben.user)).toEqual([]);
      expect(await inboxes.mentionedMax(room)).toBeGreaterThanOrEqual(5);
      expect(await inboxes.mentionedMax(newRoomId())).toBe(0);
    });

    test('[TEXT5][TIME2] what has expired names nobody', async () => {
      const { append, inboxes, script } = world();
      const [ana, ben] = script.people();
      const created = script.group(ana, [ben]);
      const { room } = created;
      const named = async () =>
        (await inboxes.mentionsAfter(room, 0, ben.user)).map(({ seq }) => seq as number);
      await append(
        created,
        script.sendUntil(room, ana, 2e12, { event: { mentions: [ben.user] } }),
        script.sendUntil(room, ana, 2e12, { event: { mentionsAll: true } }),
        script.send(room, ana, { event: { mentions: [ben.user] } }),
      );
      expect(await named()).toEqual([2, 3, 4]);
      await append(
        script.expire(room, [
          [2 as Seq, ana],
          [3 as Seq, ana],
        ]),
      );
      expect(await named()).toEqual([4]);
    });

    test('[TEXT2] who names everybody first in a room of older rules raises them', async () => {
      const { append, inboxes, script } = world();
      const [ana, ben] = script.people();
      const created = script.group(ana, [ben]);
      const event = { mentionsAll: true as const, rulesVersion: FACTS_RULES_VERSION };
      await append(created, script.send(created.room, ana, { event }), script.send(created.room, ben));
      const [head] = await inboxes.heads([created.room]);
      expect(head).toMatchObject({ rulesVersion: FACTS_RULES_VERSION, seq: 3, ordinal: 2 });
    });

    test('[TEXT5] the first hundred of them', async () => {
      const { append, inboxes, script } = world();
      const [ana, ben] = script.people();
      const created = script.group(ana, [ben]);
      const { room } = created;
      const sent = Array.from({ length: 120 }, () =>
        script.send(room, ana, { event: { mentions: [ben.user] } }),
      );
      await append(created, ...sent);
      await append(script.delete(room, ana, 2 as Seq), script.delete(room, ana, 121 as Seq));
      const found = await inboxes.mentionsAfter(room, 0, ben.user);
      expect(found.map(({ seq }) => seq as number)).toEqual(Array.from({ length: 100 }, (_, i) => i + 3));
      expect(await inboxes.mentionsAfter(room, 100, ben.user)).toHaveLength(20);
    });

    test('deleted events are counted up to a thousand', async () => {
      const { append, inboxes, script } = world();
      const [ana, ben] = script.people();
      const created = script.group(ana, [ben]);
      const { room } = created;
      const sent = Array.from({ length: 1_100 }, () => script.send(room, ana));
      await append(created, ...sent);
      await append(...sent.map(({ event }) => script.delete(room, ana, event.seq)));
      expect(await inboxes.deletedAfter(room, 0, ben.user)).toBe(1_000);
      expect(await inboxes.deletedAfter(room, 1_000, ben.user)).toBe(101);
    });

    test('members are those of the moment', async () => {
      const { append, inboxes, script } = world();
      const [ana, ben, cho] = script.people();
      const created = script.group(ana, [ben]);
      const { room } = created;
      await append(created, script.add(room, ana, [cho]), script.leave(room, ben));
      const members = await inboxes.members(room);
      expect(members).toHaveLength(2);
      expect(members).toContainEqual({ user: ana.user, joined: 1 as Seq });
      expect(members).toContainEqual({ user: cho.user, joined: 2 as Seq });
      expect(await inboxes.members(newRoomId())).toEqual([]);
    });

    test('[SOFT2] delivered marks are kept at their maximum, before and after they are stored', async () => {
      const { append, inboxes, script, settle } = world();
      const [ana, ben, cho] = script.people();
      const created = script.group(ana, [ben, cho]);
      const { room } = created;
      await append(created, script.send(room, ben));
      expect(await inboxes.watermarks(room)).toEqual([]);
      inboxes.saveDelivered([{ user: ana.user, room, delivered: 2 }]);
      inboxes.saveDelivered([
        { user: ana.user, room, delivered: 1 },
        { user: ben.user, room, delivered: 1 },
      ]);
      const marks = async () => sorted(await inboxes.watermarks(room));
      const expected = [
        { user: ana.user, delivered: 2, read: 0 },
        { user: ben.user, delivered: 1, read: 0 },
      ];
      expect(await marks()).toEqual(sorted(expected));
      await settle();
      inboxes.saveDelivered([{ user: ana.user, room, delivered: 1 }]);
      expect(await marks()).toEqual(sorted(expected));
      expect(await roomOf(world(), ana, room)).toMatchObject({ delivered: 2 });
      await append(script.marks(room, ben, { read: 2, readOrdinal: 1, readOwn: 1, unread: false }));
      await settle();
      expect(await marks()).toEqual(
        sorted([
          { user: ana.user, delivered: 2, read: 0 },
          { user: ben.user, delivered: 1, read: 2 },
        ]),
      );
      // Who has left has no watermark any more.
      await append(script.leave(room, ana));
      expect(await marks()).toEqual([{ user: ben.user, delivered: 1, read: 2 }]);
    });

    test('[SOFT6] when users were last active is kept over a restart with care', async () => {
      const { inboxes, reopen, script } = world();
      const [ana, ben] = script.people();
      inboxes.saveLastActive([{ user: ana.user, at: 1_000 }]);
      inboxes.saveLastActive([{ user: ana.user, at: 2_000 }]);
      expect(await inboxes.lastActive([ana.user, ben.user])).toEqual([{ user: ana.user, at: 2_000 }]);
      await reopen();
      const again = world().inboxes;
      expect(await again.lastActive([ana.user, ben.user])).toEqual([{ user: ana.user, at: 2_000 }]);
    });

    const reason = harness.frozen === true ? ' (skipped: frozen projections take nothing in)' : '';
    test.skipIf(reason !== '')(`delivered marks are kept over a restart with care${reason}`, async () => {
      const { append, inboxes, reopen, script } = world();
      const [ana, ben] = script.people();
      const created = script.group(ana, [ben]);
      await append(created);
      inboxes.saveDelivered([{ user: ben.user, room: created.room, delivered: 1 }]);
      await reopen();
      const marks = await world().inboxes.watermarks(created.room);
      expect(marks).toEqual([{ user: ben.user, delivered: 1, read: 0 }]);
    });
  });
}

function byRoom<T extends { room: string }>(rooms: readonly T[]): Map<string, T> {
  return new Map(rooms.map((room) => [room.room, room]));
}

async function roomOf({ inboxes }: World, { user }: Person, room: string) {
  return byRoom(await inboxes.roomsOf(user)).get(room);
}

function sorted<T extends { user: string }>(marks: readonly T[]): T[] {
  return marks.toSorted((a, b) => (a.user < b.user ? -1 : 1));
}
