import { describe, expect, test } from 'bun:test';
import { newLinkSecret, newRoomId, type RelationEventAct, type RoomId, type Seq } from '@maru/protocol';
import { FACTS_RULES_VERSION } from '../../core/room/state.ts';
import type { LogEntry } from '../log.ts';
import type { Position } from '../position.ts';
import { type EngineHarness, openWorld } from './harness.ts';
import { testRoomCommands } from './room-commands.contract.ts';
import { encode } from './script.ts';

/** Contract of `RoomStore`. */
export function testRoomStore(harness: EngineHarness): void {
  testRoomCommands(harness);
  describe(`RoomStore (${harness.name})`, () => {
    const world = openWorld(harness);

    test('[ORD5] the state is what the log makes of it, after each entry', async () => {
      const { append, rooms, script } = world();
      const [ana, ben, cho] = script.people();
      const created = script.group(ana, [ben], 'since-joined');
      const { room } = created;
      const steps: (() => LogEntry)[] = [
        () => created,
        () => script.send(room, ana),
        () => script.add(room, ben, [cho]),
        () => script.refuse(room, cho, 'forbidden'),
        () => script.setHistory(room, ana, 'all'),
        () => script.rename(room, ana, 'other'),
        () => script.describe(room, ana, '조용한 방'),
        () => script.send(room, cho),
        () => script.send(room, cho),
        () => script.pin(room, ben, 8 as Seq),
        () => script.pin(room, ana, 9 as Seq),
        () => script.pin(room, ben, 2 as Seq),
        () => script.pin(room, ben, 9 as Seq, false),
        () => script.delete(room, cho, 8 as Seq),
        () => script.setRole(room, ana, ben, 'administrator'),
        () => script.setRole(room, ana, cho, 'owner'),
        () => script.remove(room, cho, ben),
        () => script.send(room, cho),
        () => script.delete(room, cho, 9 as Seq),
        () => script.add(room, ana, [ben]),
        () => script.makeLink(room, cho, newLinkSecret(new Uint8Array(16))),
        () => script.setSlowMode(room, cho, 30),
        () => script.send(room, ben),
        () => script.leave(room, ana),
      ];
      for (const step of steps) {
        await append(step());
        expect(await rooms.state(room)).toEqual(script.state(room));
      }
    });

    test('[LINK4] tells where somebody waits to be let in, until they are answered, and after a restart', async () => {
      const { script } = world();
      const [ana, ben, cho] = script.people();
      const secret = newLinkSecret(new Uint8Array(16));
      // What somebody writes about requests is no request.
      const groups = [1, 2, 3].map(() => script.group(ana));
      await world().append(...groups, ...groups.map(({ room }) => script.makeLink(room, ana, secret)));
      const [first, second, third] = groups.map(({ room }) => room);
      if (first === undefined || second === undefined || third === undefined) throw new Error('three');
      const asked = async () => {
        const { rooms } = world();
        return [(await rooms.askedBy(ben.user)).sort(byText), await rooms.askedBy(cho.user)];
      };
      await world().append(script.describe(third, ana, `"requests":[{"user":"${ben.user}"}]`));
      expect(await asked()).toEqual([[], []]);
      await world().append(script.askToJoin(first, ben, secret), script.askToJoin(second, ben, secret));
      await world().append(script.askToJoin(second, cho, secret));
      expect(await asked()).toEqual([[first, second].sort(byText), [second]]);
      await world().reopen();
      expect(await asked()).toEqual([[first, second].sort(byText), [second]]);
      await world().append(script.refuseJoin(first, ana, ben), script.add(second, ana, [cho]));
      expect(await asked()).toEqual([[second], []]);
      await world().reopen();
      expect(await asked()).toEqual([[second], []]);
    });

    test('[GROUP5] tells when somebody wrote last in a room, deleted or not, and after a restart', async () => {
      const { append, script, reopen } = world();
      const [ana, ben, cho] = script.people();
      const created = script.group(ana, [ben, cho]);
      const { room } = created;
      await append(created);
      const last = async () => {
        const { rooms } = world();
        return Promise.all([ana, ben, cho].map(({ user }) => rooms.lastMessageAt(room, user)));
      };
      expect(await last()).toEqual([undefined, undefined, undefined]);
      const [first, second] = [script.send(room, ben), script.send(room, ana)];
      await append(first, second, script.rename(room, ben, 'x'));
      expect(await last()).toEqual([second.event.at, first.event.at, undefined]);
      const third = script.send(room, ben);
      await append(third, script.delete(room, ben, third.event.seq));
      expect(await last()).toEqual([second.event.at, third.event.at, undefined]);
      await reopen();
      expect(await last()).toEqual([second.event.at, third.event.at, undefined]);
    });

    test('[LINK1] the secret of a link is read where it was made', async () => {
      const { append, script, reopen } = world();
      const [ana, ben] = script.people();
      const created = script.group(ana, [ben]);
      const secret = newLinkSecret(new Uint8Array(16).fill(7));
      await append(created, script.makeLink(created.room, ben, secret));
      await reopen();
      const [made] = await world().rooms.events(created.room, 2, 2);
      expect(made?.secret).toBe(secret);
    });

    test('a direct room has its state, and an unknown one has none', async () => {
      const { append, rooms, script } = world();
      const [ana, ben] = script.people();
      const created = script.direct(ana, ben);
      await append(created);
      expect(await rooms.state(created.room)).toEqual(script.state(created.room));
      expect(await rooms.state(newRoomId())).toBeUndefined();
    });

    test('[ORD5][REL1] what two people are to each other is what the log makes of it, also over a restart', async () => {
      const { append, script } = world();
      const [ana, ben, cho] = script.people();
      const rules = { rulesVersion: FACTS_RULES_VERSION };
      const created = script.direct(ana, ben, rules);
      const { room } = created;
      const old = script.direct(ana, cho);
      await append(created, old);
      const check = async () => {
        for (const id of [room, old.room]) {
          const { relation } = script.state(id);
          expect((await world().rooms.state(id))?.relation).toEqual(relation);
          expect((await world().inboxes.heads([id]))[0]?.relation).toEqual(relation);
        }
      };
      await check();
      const steps: [typeof ana, RelationEventAct][] = [
        [ana, 'write'],
        [ben, 'request'],
        [ana, 'write'],
        [ben, 'remove'],
        [ana, 'block'],
        [ana, 'unblock'],
      ];
      for (const [by, act] of steps) {
        const related = script.relate(room, by, act);
        await world().append(related, script.send(room, ben), script.relate(old.room, ana, 'write'));
        await check();
        const [head] = await world().inboxes.heads([room]);
        expect(head?.relatedAt).toBe(related.position);
        await world().reopen();
        await check();
      }
      expect((await world().rooms.events(room, 2, 2))[0]).toMatchObject({
        kind: 'message',
        change: { act: 'write' },
      });
    });

    test('[ORD6] a room keeps the rules that its creation names, also over a restart; without a name, the first', async () => {
      const { append, reopen, script } = world();
      const [ana, ben] = script.people();
      const [old, later] = [script.group(ana, [ben]), script.group(ana, [ben], 'all', { rulesVersion: 7 })];
      await append(old, later);
      await append(script.send(later.room, ben), script.refuse(later.room, ana, 'forbidden'));
      const versions = async () => {
        const { rooms, log } = world();
        const replayed: (number | undefined)[] = [];
        for await (const batch of log.replay((old.position - 1) as typeof old.position)) {
          for (const entry of batch) if (entry.type === 'event') replayed.push(entry.event.rulesVersion);
        }
        const states = await Promise.all([old, later].map(({ room }) => rooms.state(room)));
        return { states: states.map((state) => state?.rulesVersion), replayed };
      };
      const expected = { states: [1, 7], replayed: [undefined, 7, undefined] };
      expect(await versions()).toEqual(expected);
      expect(await world().rooms.state(later.room)).toEqual(script.state(later.room));
      await reopen();
      expect(await versions()).toEqual(expected);
    });

    test('events are given in rising order, cut to what there is', async () => {
      const { append, rooms, script } = world();
      const [ana, ben] = script.people();
      const created = script.group(ana, [ben]);
      const other = script.group(ben);
      const { room } = created;
      await append(created, other);
      const all = [created.event];
      for (let round = 0; round < 5; round++) {
        const batch = [];
        for (let i = 0; i < 37; i++) {
          batch.push(script.send(room, i % 3 === 0 ? ana : ben), script.send(other.room, ben));
          if (i % 5 === 0) batch.push(script.refuse(room, ana, 'forbidden'));
        }
        await append(...batch);
        all.push(
          ...batch.flatMap((entry) => (entry.type === 'event' && entry.room === room ? entry.event : [])),
        );
      }
      expect(await rooms.events(room, 1, all.length)).toEqual(all);
      for (const [from, to] of [
        [1, 1],
        [60, 70],
        [64, 65],
        [128, 130],
        [180, 500],
        [186, 186],
      ] as const) {
        expect(await rooms.events(room, from, to)).toEqual(all.slice(from - 1, to));
      }
      expect(await rooms.events(room, -5, 2)).toEqual(all.slice(0, 2));
      expect(await rooms.events(room, 187, 200)).toEqual([]);
      expect(await rooms.events(room, 5, 4)).toEqual([]);
      expect(await rooms.events(newRoomId(), 1, 10)).toEqual([]);
    });

    test('an event is read with its newest edit', async () => {
      const { append, rooms, script } = world();
      const ana = script.person();
      const created = script.group(ana);
      const { room } = created;
      const sent = script.send(room, ana);
      await append(created, sent);
      const first = script.edit(room, ana, sent.event.seq, 'first');
      await append(first);
      const second = script.edit(room, ana, sent.event.seq, 'second');
      await append(second, script.send(room, ana));
      const { seq, at } = second.event;
      const events = await rooms.events(room, 1, 10);
      expect(events[1]).toEqual({ ...sent.event, edited: { seq, at, content: encode('second') } });
      expect(events[2]).toEqual(first.event);
      expect(await rooms.events(room, sent.event.seq, sent.event.seq)).toEqual(events.slice(1, 2));
    });

    test('a deleted event keeps its envelope and shows no edit', async () => {
      const { append, rooms, script } = world();
      const [ana, ben] = script.people();
      const created = script.group(ana, [ben]);
      const { room } = created;
      const sent = script.send(room, ana, { event: { replyTo: 1 as Seq, mentions: [ben.user] } });
      await append(created, sent, script.edit(room, ana, sent.event.seq, 'edited'));
      await append(script.delete(room, ana, sent.event.seq));
      const { content: _content, ...envelope } = sent.event;
      expect(await rooms.events(room, sent.event.seq, sent.event.seq)).toEqual([envelope]);
    });

    test('what a decision needs of a target', async () => {
      const { append, rooms, script } = world();
      const ana = script.person();
      const created = script.group(ana);
      const { room } = created;
      const sent = script.send(room, ana, { event: { expiresAt: 99 } });
      await append(created, sent);
      expect(await rooms.target(room, created.event.seq)).toEqual({
        sender: ana.user,
        kind: 'created',
        deleted: false,
      });
      expect(await rooms.target(room, sent.event.seq)).toEqual({
        sender: ana.user,
        kind: 'message',
        deleted: false,
        expiresAt: 99,
      });
      await append(script.delete(room, ana, sent.event.seq));
      expect(await rooms.target(room, sent.event.seq)).toMatchObject({ deleted: true });
      expect(await rooms.target(room, 4 as Seq)).toBeUndefined();
    });

    test('[LIMIT5] the whole of a long content is given by its number', async () => {
      const { append, rooms, script } = world();
      const ana = script.person();
      const created = script.group(ana);
      const body = encode('가'.repeat(100_000));
      const sent = script.send(created.room, ana, { content: '가'.repeat(500), body });
      const edit = script.edit(created.room, ana, sent.event.seq, 'short', encode('longer'));
      await append(created, sent, edit);
      expect(await rooms.body(created.room, sent.event.seq)).toBe(body);
      expect(await rooms.body(created.room, edit.event.seq)).toBe(encode('longer'));
      expect(await rooms.body(created.room, created.event.seq)).toBeUndefined();
    });

    test('[PRIV2] intervals are the truth at once', async () => {
      const { append, rooms, script } = world();
      const [ana, ben] = script.people();
      const created = script.group(ana, [], 'since-joined');
      const { room } = created;
      await append(created);
      expect(await rooms.intervals(room, ben.user)).toEqual([]);
      await append(script.send(room, ana), script.add(room, ana, [ben]));
      const joined = { joined: 3 as Seq, visibleFrom: 3 as Seq, left: undefined, how: undefined };
      expect(await rooms.intervals(room, ben.user)).toEqual([joined]);
      await append(script.remove(room, ana, ben));
      const removed = { ...joined, left: 4 as Seq, how: 'removed' as const };
      expect(await rooms.intervals(room, ben.user)).toEqual([removed]);
      await append(
        script.setHistory(room, ana, 'all'),
        script.add(room, ana, [ben]),
        script.leave(room, ben),
      );
      const again = { joined: 6 as Seq, visibleFrom: 1 as Seq, left: 7 as Seq, how: 'left' as const };
      expect(await rooms.intervals(room, ben.user)).toEqual([removed, again]);
    });

    test('[UNREAD2] ordinals and own counts at any event', async () => {
      const { append, rooms, script } = world();
      const [ana, ben] = script.people();
      const created = script.group(ana, [ben]);
      const { room } = created;
      await append(created);
      const counts: { ordinal: number; own: number }[] = [{ ordinal: 0, own: 0 }];
      let [ordinal, own] = [0, 0];
      for (let round = 0; round < 6; round++) {
        const batch = [];
        for (let i = 0; i < 150; i++) {
          const [person, other] = i % 7 < 4 ? [ana, ben] : [ben, ana];
          if (i % 11 === 0) {
            batch.push(script.rename(room, other, `name ${i}`));
          } else {
            batch.push(script.send(room, person));
            ordinal++;
            if (person === ana) own++;
          }
          counts.push({ ordinal, own });
        }
        await append(...batch);
      }
      for (const [index, expected] of counts.entries()) {
        expect(await rooms.countsAt(room, (index + 1) as Seq, ana.user)).toEqual(expected);
      }
      expect(await rooms.countsAt(room, 5 as Seq, script.person().user)).toEqual({
        ordinal: counts[4]?.ordinal ?? 0,
        own: 0,
      });
      expect(await rooms.countsAt(room, (counts.length + 1) as Seq, ana.user)).toBeUndefined();
    });

    test('[TIME2] messages that will vanish are found by their time, until nothing is left of them', async () => {
      const { append, rooms, script, reopen } = world();
      const [ana, ben] = script.people();
      const [one, other] = [script.group(ana, [ben]), script.direct(ben, ana)];
      // Before all that other tests have written.
      const late = script.sendUntil(one.room, ana, 300);
      const early = script.sendUntil(other.room, ben, 100, { change: { type: 'related', act: 'write' } });
      await append(one, other, late, early, script.send(one.room, ana));
      const middle = script.sendUntil(one.room, ben, 200);
      const deleted = script.sendUntil(one.room, ana, 150);
      await append(middle, deleted, script.delete(one.room, ana, deleted.event.seq));
      const found = async (through: number, limit = 10, except: ReadonlySet<RoomId> = new Set()) =>
        (await world().rooms.expiring(through, limit, except)).map(({ expiresAt }) => expiresAt);
      expect(await rooms.expiring(100, 10)).toEqual([
        { room: other.room, seq: early.event.seq, sender: ben.user, expiresAt: 100 },
      ]);
      expect(await found(99)).toEqual([]);
      expect(await found(299)).toEqual([100, 200]);
      expect(await found(300)).toEqual([100, 200, 300]);
      expect(await found(300, 2)).toEqual([100, 200]);
      expect(await found(300, 10, new Set([one.room]))).toEqual([100]);
      await append(script.expire(one.room, [[middle.event.seq, ben]]));
      expect(await found(300)).toEqual([100, 300]);
      await reopen();
      expect(await found(300)).toEqual([100, 300]);
      await world().append(
        script.expire(other.room, [[early.event.seq, ben]]),
        script.expire(one.room, [[late.event.seq, ana]]),
      );
      expect(await found(300)).toEqual([]);
    });

    test('the newest event at or before a place in the log is found, wherever other rooms have theirs', async () => {
      const { append, rooms, script } = world();
      const [ana, ben] = script.people();
      const [one, other] = [script.group(ana, [ben]), script.group(ben)];
      await append(one, other);
      const placed = [one.position];
      for (let batch = 0; batch < 5; batch++) {
        const entries = Array.from({ length: 40 }, (_, i) =>
          i % 4 === 3 ? script.send(other.room, ben) : script.send(one.room, ana),
        );
        placed.push(...entries.filter(({ room }) => room === one.room).map(({ position }) => position));
        await append(...entries);
      }
      const expected = (position: number) => placed.filter((one) => one <= position).length;
      const [first = 0, last = 0] = [placed[0], placed.at(-1)];
      for (let position = first - 1; position <= last + 1; position++) {
        expect(await rooms.seqAt(one.room, position as Position)).toBe(expected(position));
      }
      expect(await rooms.seqAt(newRoomId(), last as Position)).toBe(0);
    });
  });
}

function byText(one: string, other: string): number {
  return one < other ? -1 : 1;
}
