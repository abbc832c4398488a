import { describe, expect, test } from 'bun:test';
import type { Log, LogEntry } from '../log.ts';
import type { Position } from '../position.ts';
import { type EngineHarness, openWorld } from './harness.ts';
import { encode } from './script.ts';

/** Contract of `Log`. */
export function testLog(harness: EngineHarness): void {
  describe(`Log (${harness.name})`, () => {
    const world = openWorld(harness);

    test('an append moves the head and is replayed as it was given', async () => {
      const { append, log, script } = world();
      const [ana, ben, cho] = script.people();
      const before = log.head;
      const created = script.group(ana, [ben]);
      const { room } = created;
      const entries: LogEntry[] = [
        created,
        script.send(room, ana, {
          body: encode('the whole of it'),
          event: { mentions: [ben.user], expiresAfter: 60, expiresAt: 2e12 },
        }),
        script.send(room, ben, { named: false, event: { sentAt: 5 } }),
        script.refuse(room, ben, 'forbidden'),
        script.add(room, ana, [cho]),
        script.marks(room, cho, { read: 5, readOrdinal: 2, readOwn: 0, unread: true }),
        script.rename(room, ana, '새 이름 👩‍👩‍👧'),
        script.setHistory(room, ana, 'since-joined'),
        script.remove(room, ana, cho),
        script.leave(room, ben),
      ];
      await append(...entries);
      expect(log.head).toBe((before + entries.length) as Position);
      expect(await replayed(log, before)).toEqual(entries);
    });

    test('a replay begins above the given position and ends at the head', async () => {
      const { append, log, script } = world();
      const ana = script.person();
      const created = script.group(ana);
      await append(created);
      const sent = Array.from({ length: 2_500 }, () => script.send(created.room, ana));
      await append(...sent);
      expect(await replayed(log, created.position)).toEqual(sent);
      expect(await replayed(log, log.head)).toEqual([]);
    });

    test('what is appended after a replay was asked for is not part of it', async () => {
      const { append, log, script } = world();
      const ana = script.person();
      const created = script.group(ana);
      await append(created);
      const replay = log.replay((created.position - 1) as Position);
      await append(script.send(created.room, ana));
      const entries: LogEntry[] = [];
      for await (const batch of replay) entries.push(...batch);
      expect(entries).toEqual([created]);
    });

    test('an append at another place than the next one is refused, and changes nothing', async () => {
      const { append, log, script } = world();
      const ana = script.person();
      const created = script.group(ana);
      const sent = script.send(created.room, ana);
      const { head } = log;
      expect(await append(sent).catch(String)).toContain('position');
      await append(created, sent);
      expect(await append(sent).catch(String)).toContain('position');
      expect(await replayed(log, head)).toEqual([created, sent]);
    });

    test('[PRIV8] a deletion erases the content and body of its target and of the edits', async () => {
      const { append, log, rooms, script } = world();
      const [ana, ben] = script.people();
      const created = script.group(ana, [ben]);
      const { room } = created;
      const sent = script.send(room, ana, { content: 'secret one', body: encode('secret body') });
      const kept = script.send(room, ana, { content: 'kept' });
      const edit = script.edit(room, ana, sent.event.seq, 'secret two', encode('secret edit'));
      await append(created, sent, kept, edit);
      await append(script.edit(room, ana, sent.event.seq, 'secret three'));
      await append(script.delete(room, ana, sent.event.seq));
      const entries = await replayed(log, (created.position - 1) as Position);
      expect(JSON.stringify(entries)).not.toContain('secret');
      expect(JSON.stringify(await rooms.events(room, 1, 100))).not.toContain('secret');
      expect(await rooms.body(room, sent.event.seq)).toBeUndefined();
      expect(await rooms.body(room, edit.event.seq)).toBeUndefined();
      const { content: _content, ...envelope } = sent.event;
      expect(entries[1]).toEqual({ type: 'event', position: sent.position, room, event: envelope });
      expect(entries[2]).toEqual(kept);
    });

    test('[TIME2] what expires is erased with its edits, whether it came before or in the same append', async () => {
      const { append, log, rooms, script } = world();
      const [ana, ben] = script.people();
      const created = script.group(ana, [ben]);
      const { room } = created;
      const first = script.sendUntil(room, ana, 1_000, {
        content: 'secret one',
        body: encode('secret body'),
      });
      const edit = script.edit(room, ana, first.event.seq, 'secret two', encode('secret edit'));
      await append(created, first, edit);
      const second = script.sendUntil(room, ben, 1_000, { content: 'secret three' });
      const change = script.edit(room, ben, second.event.seq, 'secret four');
      const gone = script.expire(room, [
        [first.event.seq, ana],
        [second.event.seq, ben],
      ]);
      const kept = script.send(room, ben, { content: 'kept' });
      await append(second, change, gone, kept);
      const entries = await replayed(log, (created.position - 1) as Position);
      expect(JSON.stringify(entries)).not.toContain('secret');
      expect(JSON.stringify(await rooms.events(room, 1, 100))).not.toContain('secret');
      expect(await rooms.body(room, first.event.seq)).toBeUndefined();
      expect(await rooms.body(room, edit.event.seq)).toBeUndefined();
      const { content: _content, ...envelope } = first.event;
      expect(entries[1]).toEqual({ type: 'event', position: first.position, room, event: envelope });
      expect(entries.at(-1)).toEqual(kept);
    });

    test('[PRIV8] a message, its edit and its deletion may come in one append', async () => {
      const { append, log, rooms, script } = world();
      const ana = script.person();
      const created = script.group(ana);
      const sent = script.send(created.room, ana, { content: 'secret', body: encode('secret') });
      const edit = script.edit(created.room, ana, sent.event.seq, 'secret');
      await append(created, sent, edit, script.delete(created.room, ana, sent.event.seq));
      expect(JSON.stringify(await replayed(log, (created.position - 1) as Position))).not.toContain('secret');
      expect(await rooms.target(created.room, sent.event.seq)).toMatchObject({ deleted: true });
      expect(await rooms.body(created.room, sent.event.seq)).toBeUndefined();
    });

    test('[DUR1][DUR6] what was appended is there after a restart, and the epoch is the same', async () => {
      const { append, log, reopen, script } = world();
      const [ana, ben] = script.people();
      const created = script.group(ana, [ben]);
      const { room } = created;
      const entries = [
        created,
        script.send(room, ben),
        script.refuse(room, ana, 'forbidden'),
        script.leave(room, ben),
      ];
      await append(...entries);
      await reopen();
      const again = world();
      expect(again.log.head).toBe(log.head);
      expect(again.log.epoch).toBe(log.epoch);
      expect(await replayed(again.log, (created.position - 1) as Position)).toEqual(entries);
      expect(await again.rooms.state(room)).toEqual(script.state(room));
    });
  });
}

/** The entries above a position, in one list. */
async function replayed(log: Log, after: number): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  for await (const batch of log.replay(after as Position)) entries.push(...batch);
  return entries;
}
