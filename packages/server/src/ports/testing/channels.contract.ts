import { describe, expect, test } from 'bun:test';
import { newRoomId, type RoomId } from '@maru/protocol';
import { type EngineHarness, openWorld } from './harness.ts';

/** Contract of `RoomStore` and `InboxStore` as to channels: readers who come and go without an event. */
export function testChannels(harness: EngineHarness): void {
  describe(`RoomStore's channels (${harness.name})`, () => {
    const world = openWorld(harness);

    test('[CHANNEL3] a reader is a member from the newest event on, and no event is made', async () => {
      const { append, rooms, inboxes, script } = world();
      const [ana, ben, cho] = script.people();
      const created = script.channel(ana);
      const { room } = created;
      await append(created, script.send(room, ana), script.reader(room, ben));
      await append(script.reader(room, cho), script.send(room, ana));
      const open = { visibleFrom: 1, left: undefined, how: undefined };
      expect(await rooms.intervals(room, ben.user)).toEqual([{ joined: 2, ...open }] as never);
      expect(await rooms.events(room, 1, 9)).toHaveLength(3);
      expect(await rooms.state(room)).toEqual(script.state(room));
      expect(await rooms.state(room)).toMatchObject({ memberCount: 3, members: new Map(), seq: 3 });
      expect(await inboxes.heads([room])).toMatchObject([{ memberCount: 3, seq: 3, roomKind: 'channel' }]);
      const [place] = await inboxes.roomsOf(ben.user);
      expect(place).toMatchObject({ room, marks: { read: 2, readOrdinal: 1, readOwn: 0 }, own: 0 });
      await append(script.reader(room, ben, 'left'), script.reader(room, cho, 'removed', ana));
      expect(await rooms.intervals(room, ben.user)).toEqual([
        { joined: 2, visibleFrom: 1, left: 3, how: 'left' },
      ] as never);
      expect((await rooms.intervals(room, cho.user)).at(-1)).toMatchObject({ left: 3, how: 'removed' });
      expect(await rooms.state(room)).toEqual(script.state(room));
      expect(await rooms.membersAfter(room, undefined, 10)).toEqual([{ user: ana.user, joined: 1 }] as never);
    });

    test('who goes and comes back before anything is said has one membership', async () => {
      const { append, rooms, inboxes, script } = world();
      const [ana, ben] = script.people();
      const created = script.channel(ana);
      const { room } = created;
      const back = script.reader(room, ben);
      await append(created, back, script.reader(room, ben, 'left'));
      const again = script.reader(room, ben);
      await append(again);
      expect(await rooms.intervals(room, ben.user)).toEqual([
        { joined: 1, visibleFrom: 1, left: undefined, how: undefined },
      ] as never);
      expect(await inboxes.roomsOf(ben.user)).toMatchObject([{ changedAt: again.position }]);
      await append(script.send(room, ana), script.reader(room, ben, 'left'), script.reader(room, ben));
      expect(await rooms.intervals(room, ben.user)).toHaveLength(2);
      expect(await rooms.state(room)).toMatchObject({ memberCount: 2 });
    });

    test('[ONCE4] what became of a reader’s command is found like any other', async () => {
      const { append, rooms, script } = world();
      const [ana, ben] = script.people();
      const created = script.channel(ana);
      const { room } = created;
      const joined = script.reader(room, ben);
      await append(created, joined, script.send(room, ana));
      const { clientMessageId = '' as never, at } = joined.reader;
      const outcome = { kind: 'event', seq: 1, at } as never;
      expect(await rooms.outcome(room, ben.device, clientMessageId)).toEqual(outcome);
      expect(await rooms.window(room, ben.device)).toEqual({ at, sent: [{ clientMessageId, outcome }] });
    });

    test('members come in pages, in the order of their ids', async () => {
      const { append, rooms, script } = world();
      const ana = script.person();
      const people = Array.from({ length: 7 }, () => script.person());
      const created = script.channel(ana);
      const { room } = created;
      await append(created, ...people.map((person) => script.reader(room, person)));
      const all = [ana, ...people].map(({ user }) => user).sort((a, b) => (a < b ? -1 : 1));
      const read: string[] = [];
      for (let page = await rooms.membersAfter(room, undefined, 3); page.length > 0; ) {
        expect(page.length).toBeLessThanOrEqual(3);
        read.push(...page.map(({ user }) => user));
        page = await rooms.membersAfter(room, page.at(-1)?.user, 3);
      }
      expect(read).toEqual(all);
      expect(await rooms.membersAfter(newRoomId(), undefined, 3)).toEqual([]);
    });

    test('the log gives back what was appended', async () => {
      const { append, log, script } = world();
      const [ana, ben] = script.people();
      const created = script.channel(ana);
      const { room } = created;
      const entries = [created, script.reader(room, ben), script.reader(room, ben, 'removed', ana)];
      await append(...entries);
      const from = (created.position - 1) as typeof created.position;
      const read = (await Array.fromAsync(log.replay(from))).flat();
      expect(read).toEqual(entries);
    });

    test('[CHANNEL7] counts those that somebody has made and anybody is in, also over a restart', async () => {
      const { script } = world();
      const [ana, ben] = script.people();
      const made = async () => {
        const { rooms } = world();
        return [await rooms.channelsMade(ana.user), await rooms.channelsMade(ben.user)];
      };
      const [first, second] = [script.channel(ana), script.channel(ana, 'Hidden', '', false)];
      await world().append(first, second, script.group(ana), script.channel(ben));
      expect(await made()).toEqual([2, 1]);
      await world().reopen();
      expect(await made()).toEqual([2, 1]);
      // Whose it is by now is another matter; one that nobody is in counts no more.
      await world().append(script.reader(first.room, ben), script.leave(first.room, ana));
      await world().append(script.leave(second.room, ana));
      expect(await made()).toEqual([1, 1]);
      await world().reopen();
      expect(await made()).toEqual([1, 1]);
    });

    test('[CHANNEL8] public channels are found by words, those with the most members first', async () => {
      const { append, rooms, script } = world();
      const [ana, ben, cho] = script.people();
      const words = ['마루와라'];
      const find = async (more: Partial<Parameters<typeof rooms.channels>[0]> = {}) => {
        return (await rooms.channels({ words, after: undefined, limit: 10, ...more })).map(
          ({ room }) => room,
        );
      };
      const small = script.channel(ana, 'Small 마루와라', 'of the House');
      const big = script.channel(ana, '마루와라 big');
      const hidden = script.channel(ana, '마루와라 hidden', '', false);
      const group = script.group(ana);
      await append(small, big, hidden, group);
      expect(await find()).toEqual([small.room, big.room]);
      await append(script.reader(big.room, ben));
      expect(await find()).toEqual([big.room, small.room]);
      expect(await find({ limit: 1 })).toEqual([big.room]);
      expect(await find({ limit: 1, after: big.room })).toEqual([small.room]);
      expect(await find({ after: small.room })).toEqual([]);
      expect(await find({ words: ['마루와라', 'house'] })).toEqual([small.room]);
      expect(await find({ words: ['마루와라', 'nowhere'] })).toEqual([]);
      await append(script.reader(small.room, ben), script.reader(small.room, cho));
      await append(script.describe(big.room, ana, 'all of the 마루와라'), script.leave(small.room, ana));
      expect(await find()).toEqual([small.room, big.room]);
      const found = await rooms.channels({ words, after: undefined, limit: 10 });
      expect(found.map(({ room, description, memberCount }) => [room, description, memberCount])).toEqual([
        [small.room, 'of the House', 2],
        [big.room, 'all of the 마루와라', 2],
      ] satisfies [RoomId, string, number][] as never);
      await append(script.reader(big.room, ben, 'left'), script.leave(big.room, ana));
      expect(await find()).toEqual([small.room]);
    });
  });
}
