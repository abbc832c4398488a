import { describe, expect, test } from 'bun:test';
import { limits, newDeviceId, newRoomId } from '@maru/protocol';
import { type EngineHarness, openWorld } from './harness.ts';

/** The part of `RoomStore`'s contract that is about what became of commands. */
export function testRoomCommands(harness: EngineHarness): void {
  describe(`RoomStore, commands (${harness.name})`, () => {
    const world = openWorld(harness);

    test('[ONCE4] the outcome of any command is found, however old', async () => {
      const { append, rooms, script } = world();
      const [ana, ben] = script.people();
      const created = script.group(ana, [ben]);
      const { room } = created;
      const first = script.send(room, ana);
      const refused = script.refuse(room, ana, 'forbidden');
      await append(created, first, refused);
      for (let i = 0; i < 20; i++) {
        await append(...Array.from({ length: 10 }, (_, n) => script.send(room, n % 2 === 0 ? ana : ben)));
      }
      const { seq, at, clientMessageId } = first.event;
      if (clientMessageId === undefined) throw new Error('unnamed');
      expect(await rooms.outcome(room, ana.device, clientMessageId)).toEqual({ kind: 'event', seq, at });
      expect(await rooms.outcome(room, ana.device, refused.refusal.clientMessageId)).toEqual({
        kind: 'refusal',
        code: 'forbidden',
      });
      // The id of another device, another room, or nobody's.
      expect(await rooms.outcome(room, ben.device, clientMessageId)).toBeUndefined();
      expect(await rooms.outcome(newRoomId(), ana.device, clientMessageId)).toBeUndefined();
      expect(await rooms.outcome(room, ana.device, script.clientMessageId())).toBeUndefined();
    });

    test('[ONCE3] a window holds the newest ids of a device, rising, and the time of the newest', async () => {
      const { append, rooms, script } = world();
      const [ana, ben] = script.people();
      const created = script.group(ana, [ben]);
      const { room } = created;
      await append(created);
      const sent = [];
      for (let round = 0; round < 8; round++) {
        const batch = [];
        for (let i = 0; i < 10; i++) {
          const entry = i === 5 ? script.refuse(room, ana, 'room-full') : script.send(room, ana);
          batch.push(entry, script.send(room, ben));
          sent.push(entry);
        }
        await append(...batch);
      }
      const window = await rooms.window(room, ana.device);
      const newest = sent.slice(-limits.SEND_WINDOW_IDS);
      expect(window?.sent).toEqual(
        newest.map((entry) =>
          entry.type === 'refusal'
            ? {
                clientMessageId: entry.refusal.clientMessageId,
                outcome: { kind: 'refusal', code: 'room-full' },
              }
            : {
                clientMessageId: entry.event.clientMessageId ?? ('' as never),
                outcome: { kind: 'event', seq: entry.event.seq, at: entry.event.at },
              },
        ),
      );
      const last = sent.at(-1);
      expect(window?.at).toBe(last?.type === 'event' ? last.event.at : 0);
      expect(await rooms.window(room, ana.device, 1)).toEqual({
        at: window?.at ?? 0,
        sent: window?.sent.slice(-1) ?? [],
      });
      expect(await rooms.window(room, newDeviceId())).toBeUndefined();
      expect(await rooms.window(newRoomId(), ana.device)).toBeUndefined();
    });

    test('[ONCE3] a window is in the order of ids, also where commands came in another', async () => {
      const { append, rooms, script } = world();
      const ana = script.person();
      const [low, high] = [script.clientMessageId(), script.clientMessageId()];
      const created = script.group(ana);
      const { room } = created;
      const second = script.send(room, ana, { event: { clientMessageId: high } });
      const first = script.send(room, ana, { event: { clientMessageId: low } });
      await append(created, second);
      await append(first);
      const window = await rooms.window(room, ana.device);
      const ids = window?.sent.map(({ clientMessageId }) => clientMessageId);
      expect(ids).toEqual([low, high, created.event.clientMessageId ?? ('' as never)]);
      expect(window?.at).toBe(first.event.at);
      expect(await rooms.outcome(room, ana.device, low)).toMatchObject({ seq: first.event.seq });
    });

    test('[ONCE3] a window knows nothing of an id below it that came later, and was refused for that', async () => {
      const { append, rooms, script } = world();
      const ana = script.person();
      const low = script.clientMessageId();
      const created = script.group(ana);
      const { room } = created;
      const sent = Array.from({ length: limits.SEND_WINDOW_IDS }, () => script.send(room, ana));
      const refused = script.refuse(room, ana, 'id-too-old');
      const { refusal } = refused;
      await append(created, ...sent);
      const before = await rooms.window(room, ana.device);
      expect(before?.at).toBe(sent.at(-1)?.event.at ?? 0);
      await append({ ...refused, refusal: { ...refusal, clientMessageId: low } });
      expect(refusal.at).toBeGreaterThan(before?.at ?? 0);
      expect(await rooms.window(room, ana.device)).toEqual(before);
      expect(await rooms.outcome(room, ana.device, low)).toEqual({ kind: 'refusal', code: 'id-too-old' });
    });
  });
}
