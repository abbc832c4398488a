import { describe, expect, test } from 'bun:test';
import { newRoomId, type Seq } from '@maru/protocol';
import { type EngineHarness, openWorld } from './harness.ts';

/** Contract of `RoomStore` as to what stands on messages. */
export function testReactions(harness: EngineHarness): void {
  describe(`RoomStore's reactions (${harness.name})`, () => {
    const world = openWorld(harness);

    test('[TALK2] a message is read with each kind and by how many people, the most first', async () => {
      const { append, rooms, script } = world();
      const [ana, ben, cho] = script.people();
      const created = script.group(ana, [ben, cho]);
      const { room } = created;
      const [sent, bare] = [script.send(room, ana), script.send(room, ana)];
      await append(created, sent, bare);
      const target = sent.event.seq;
      const read = async () => (await rooms.events(room, target, target))[0]?.reactions;
      expect(await read()).toBeUndefined();
      await append(script.react(room, ana, target, '👍'), script.react(room, ben, target, '❤️'));
      await append(script.react(room, cho, target, '❤️'));
      const [heart, thumb] = [
        { reaction: '❤️', count: 2, mine: false },
        { reaction: '👍', count: 1, mine: false },
      ];
      expect(await read()).toEqual({ seq: 6 as Seq, kinds: [heart, thumb] });
      await append(script.react(room, ana, target, '👍', false));
      expect(await read()).toEqual({ seq: 7 as Seq, kinds: [heart] });
      await append(
        script.react(room, ben, target, '❤️', false),
        script.edit(room, ana, target, 'edited'),
        script.react(room, cho, target, '❤️', false),
      );
      expect(await read()).toEqual({ seq: 10 as Seq, kinds: [] });
      const [, , events] = [0, 0, await rooms.events(room, 1, 4)];
      expect(events.map(({ reactions }) => reactions?.seq)).toEqual([
        undefined,
        10,
        undefined,
        undefined,
      ] as never);
      expect(events[1]?.edited).toMatchObject({ seq: 9 });
    });

    test('who has put what on a message, the oldest first, and what is whose', async () => {
      const { append, rooms, script } = world();
      const [ana, ben] = script.people();
      const created = script.group(ana, [ben]);
      const { room } = created;
      const sent = script.send(room, ana);
      const target = sent.event.seq;
      await append(
        created,
        sent,
        script.react(room, ben, target, '👍'),
        script.react(room, ana, target, '❤️'),
      );
      await append(script.react(room, ben, target, '😂'), script.react(room, ben, target, '👍', false));
      await append(script.react(room, ana, target, '👍'));
      expect(await rooms.reactions(room, target)).toEqual([
        { user: ana.user, reaction: '❤️', seq: 4 as Seq },
        { user: ben.user, reaction: '😂', seq: 5 as Seq },
        { user: ana.user, reaction: '👍', seq: 7 as Seq },
      ]);
      const { all, own } = await rooms.reacted(room, target, ana.user);
      expect(all?.kinds.map(({ reaction }) => reaction).toSorted()).toEqual(['❤️', '👍', '😂'].toSorted());
      expect(own.toSorted((a, b) => a.seq - b.seq)).toEqual([
        { reaction: '❤️', seq: 4 as Seq },
        { reaction: '👍', seq: 7 as Seq },
      ]);
      expect(await rooms.reacted(room, target, ben.user)).toMatchObject({
        own: [{ reaction: '😂', seq: 5 }],
      });
      expect(await rooms.reactions(newRoomId(), target)).toEqual([]);
      expect(await rooms.reacted(room, 1 as Seq, ana.user)).toEqual({ all: undefined, own: [] });
    });

    test('[TALK5] a deletion takes all that stands on the message with it', async () => {
      const { append, rooms, script } = world();
      const [ana, ben] = script.people();
      const created = script.group(ana, [ben]);
      const { room } = created;
      const [sent, other] = [script.send(room, ana), script.send(room, ben)];
      const target = sent.event.seq;
      await append(created, sent, other, script.react(room, ben, target, '👍'));
      await append(script.react(room, ana, other.event.seq, '❤️'), script.delete(room, ana, target));
      expect((await rooms.events(room, target, target))[0]?.reactions).toBeUndefined();
      expect(await rooms.reactions(room, target)).toEqual([]);
      expect(await rooms.reacted(room, target, ben.user)).toEqual({ all: undefined, own: [] });
      expect((await rooms.reactions(room, other.event.seq)).length).toBe(1);
    });
  });
}
