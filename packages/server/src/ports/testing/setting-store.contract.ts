import { describe, expect, test } from 'bun:test';
import { QUICK_REPLIES_NAME, roomSettingName } from '@maru/protocol';
import type { SettingEntry } from '../log.ts';
import type { Position } from '../position.ts';
import { type EngineHarness, openWorld, type World } from './harness.ts';

const START = 0 as Position;
const stored = ({ name, value, position }: SettingEntry) => ({ name, value, position });

/** Contract of `SettingStore`. */
export function testSettingStore(harness: EngineHarness): void {
  describe(`SettingStore (${harness.name})`, () => {
    const world = openWorld(harness);

    test('[OWN1] the newest value of each name holds, and each user has their own', async () => {
      const { append, settings, script } = world();
      const [ana, ben] = script.people();
      const created = script.group(ana, [ben]);
      const name = roomSettingName('room', created.room);
      const first = script.set(ana, name, '{"archived":1}');
      const other = script.set(ben, name, '{"archived":2}');
      await append(created, first, other);
      const replies = script.set(ana, QUICK_REPLIES_NAME, '[{"shortcut":"네","text":"네, 알겠습니다 😀"}]');
      const second = script.set(ana, name, '{"pinned":1}');
      await append(replies, second);
      expect(await settings.setting(ana.user, name)).toEqual(stored(second));
      expect(await settings.setting(ben.user, name)).toEqual(stored(other));
      expect(await settings.setting(ben.user, QUICK_REPLIES_NAME)).toBeUndefined();
      expect(await settings.changes(ana.user, START)).toEqual([stored(replies), stored(second)]);
      expect(await settings.changes(ana.user, replies.position)).toEqual([stored(second)]);
      expect(await settings.changes(ana.user, second.position)).toEqual([]);
      expect(await settings.changes(script.person().user, START)).toEqual([]);
    });

    test('[OWN1] what was removed is told as removed, and takes no room', async () => {
      const { append, settings, script } = world();
      const [ana] = script.people();
      const created = script.group(ana);
      const name = roomSettingName('draft', created.room);
      await append(created, script.set(ana, name, '{"text":"안녕"}'));
      expect(await settings.usage(ana.user)).toEqual({ count: 1, bytes: 17 });
      const removed = script.set(ana, name, null);
      await append(removed);
      expect(await settings.changes(ana.user, START)).toEqual([stored(removed)]);
      expect(await settings.setting(ana.user, name)).toEqual(stored(removed));
      expect(await settings.usage(ana.user)).toEqual({ count: 0, bytes: 0 });
    });

    test('[OWN5] a value that was superseded is erased', async () => {
      const { append, log, script } = world();
      const [ana] = script.people();
      const created = script.group(ana);
      const name = roomSettingName('draft', created.room);
      const drafts = ['ㅇ', '아', '안', '안녕'].map((text) =>
        script.set(ana, name, JSON.stringify({ text })),
      );
      await append(created, ...drafts.slice(0, 2));
      await append(...drafts.slice(2));
      expect(await settingsIn(world(), created.position)).toEqual([
        ...drafts.slice(0, 3).map((draft) => ({ ...draft, value: null })),
        ...drafts.slice(3),
      ]);
      expect(log.head).toBe(drafts[3]?.position as Position);
    });

    test('the overview says where settings stand, and which rooms have hidden messages', async () => {
      const { append, settings, script } = world();
      const [ana, ben] = script.people();
      const [one, two] = [script.group(ana, [ben]), script.group(ana)];
      const hidden = roomSettingName('hidden', one.room);
      const last = script.set(ana, roomSettingName('room', two.room), '{"archived":0}');
      await append(one, two, last);
      expect(await settings.overview(ben.user)).toEqual({ newest: START, hiddenUpTo: new Map() });
      expect(await settings.overview(ana.user)).toEqual({ newest: last.position, hiddenUpTo: new Map() });
      const hiding = script.set(ana, hidden, '[[2,3],[7,7]]');
      await append(hiding);
      expect(await settings.overview(ana.user)).toEqual({
        newest: hiding.position,
        hiddenUpTo: new Map([[one.room, 7]]),
      });
      const shown = script.set(ana, hidden, null);
      await append(shown);
      expect(await settings.overview(ana.user)).toEqual({ newest: shown.position, hiddenUpTo: new Map() });
    });

    test('[OWN1] settings are there after a restart', async () => {
      const { append, reopen, script } = world();
      const [ana] = script.people();
      const entry = script.set(ana, QUICK_REPLIES_NAME, '[{"shortcut":"ok","text":"\\ud800 \\" 좋아요"}]');
      await append(entry);
      await reopen();
      expect(await world().settings.changes(ana.user, START)).toEqual([stored(entry)]);
    });
  });
}

async function settingsIn({ log }: World, after: Position): Promise<SettingEntry[]> {
  const found: SettingEntry[] = [];
  for await (const batch of log.replay(after)) {
    for (const entry of batch) if (entry.type === 'setting') found.push(entry);
  }
  return found;
}
