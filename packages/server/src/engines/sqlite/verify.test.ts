import { Database } from 'bun:sqlite';
import { beforeAll, expect, test } from 'bun:test';
import { cpSync } from 'node:fs';
import path from 'node:path';
import type { Seq } from '@maru/protocol';
import { encode, Script } from '../../ports/testing/script.ts';
import { openForTest } from './testing/open-for-test.ts';
import { scratchFolder } from './testing/scratch-folder.ts';
import { testOptions } from './testing/test-options.ts';
import { verifyDataFolder } from './verify.ts';

const scratch = scratchFolder();

const original = scratch.next();

/** Makes a folder in which everything has happened once. */
beforeAll(async () => {
  const folder = original;
  await using engine = await openForTest(folder);
  const script = new Script(engine.log.head);
  const [ana, ben, cho] = script.people();
  const { room, ...created } = script.group(ana, [ben]);
  await engine.log.append([
    { ...created, room },
    script.direct(ana, cho),
    script.send(room, ana, { body: encode('body') }),
    script.edit(room, ana, 2 as Seq, 'edited'),
    script.send(room, ben),
    script.refuse(room, ben, 'forbidden'),
    script.marks(room, ben, { read: 2, readOrdinal: 1, readOwn: 0, unread: false }),
    script.add(room, ana, [cho]),
    script.remove(room, ana, ben),
    script.delete(room, ana, 2 as Seq),
    ...Array.from({ length: 300 }, () => script.send(room, ana)),
  ]);
  // In two batches, so that rows of the first are changed by the second.
  await engine.checkpoint();
  await engine.log.append([
    ...Array.from({ length: 300 }, () => script.send(room, ana)),
    script.marks(room, ben, { read: 3, readOrdinal: 2, readOwn: 1, unread: true }),
  ]);
});

/** A copy of it. */
function filledFolder(): string {
  const folder = scratch.next();
  cpSync(original, folder, { recursive: true });
  return folder;
}

const verify = (folder: string) => verifyDataFolder(testOptions(folder));

test('a folder in order has no findings', async () => {
  const folder = filledFolder();
  expect(await verify(folder)).toEqual({ entries: 611, rooms: 2, findings: [] });
  expect(await verify(folder)).toEqual({ entries: 611, rooms: 2, findings: [] });
});

/** What may have gone wrong, as SQL, and what is found. */
const DAMAGES: Readonly<Record<string, { file: 'log.db' | 'views.db'; sql: string; found: string }>> = {
  'a lost entry': { file: 'log.db', sql: 'DELETE FROM entries WHERE position = 100', found: 'position' },
  'a number twice': {
    file: 'log.db',
    sql: 'UPDATE entries SET seq = seq - 1 WHERE position = 100',
    found: 'seq',
  },
  'an ordinal that does not count': {
    file: 'log.db',
    sql: 'UPDATE entries SET ordinal = ordinal + 1 WHERE position = 100',
    found: 'ordinal',
  },
  'time that goes back': {
    file: 'log.db',
    sql: 'UPDATE entries SET at = 1 WHERE position = 100',
    found: 'time',
  },
  'a lost membership': {
    file: 'log.db',
    sql: 'DELETE FROM members WHERE how IS NOT NULL',
    found: 'membership',
  },
  'a membership that nobody gave': {
    file: 'log.db',
    sql: 'UPDATE members SET "left" = NULL, how = NULL',
    found: 'membership',
  },
  'an old mark': { file: 'log.db', sql: 'UPDATE marks SET read = 1', found: 'marks' },
  'deleted content that is there': {
    file: 'log.db',
    sql: "UPDATE entries SET content = '{}' WHERE position = 3",
    found: 'erasure',
  },
  'a body that is there': { file: 'log.db', sql: "INSERT INTO bodies VALUES (3, '{}')", found: 'erasure' },
  'a head that stayed behind': {
    file: 'views.db',
    sql: 'UPDATE rooms SET seq = seq - 1',
    found: 'projection',
  },
  'a lost command': {
    file: 'views.db',
    sql: 'DELETE FROM commands WHERE position = 100',
    found: 'projection',
  },
  'a wrong place': {
    file: 'views.db',
    sql: 'UPDATE spans SET positions = zeroblob(length(positions)) WHERE first = 65',
    found: 'projection',
  },
  'an own count': { file: 'views.db', sql: 'UPDATE user_rooms SET own = own + 1', found: 'projection' },
  'a lost block of own events': { file: 'views.db', sql: 'DELETE FROM own_blocks', found: 'projection' },
};

for (const [damage, { file, sql, found }] of Object.entries(DAMAGES)) {
  test(`verify finds ${damage}`, async () => {
    const folder = filledFolder();
    const database = new Database(path.join(folder, file));
    expect(database.run(sql).changes).toBeGreaterThan(0);
    database.close();
    const { findings } = await verify(folder);
    expect(findings.map(({ what }) => what)).toContain(found as (typeof findings)[number]['what']);
  });
}
