import { Database } from 'bun:sqlite';
import { beforeAll, expect, test } from 'bun:test';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PlacedHead } from '../../ports/inbox-store.ts';
import type { Position } from '../../ports/position.ts';
import { Script } from '../../ports/testing/script.ts';
import { expectAnswersOfReplay } from './testing/all-answers.ts';
import { openForTest } from './testing/open-for-test.ts';
import { scratchFolder } from './testing/scratch-folder.ts';

const scratch = scratchFolder();

const original = scratch.next();
const script = new Script(0 as Position);
const ana = script.person();
const created = script.group(ana);
let head: PlacedHead[];

/** Makes a folder with a room of twenty messages. */
beforeAll(async () => {
  await using engine = await openForTest(original);
  await engine.log.append([created, ...Array.from({ length: 20 }, () => script.send(created.room, ana))]);
  head = await engine.inboxes.heads([created.room]);
});

/** A copy of it. */
function filledFolder(): string {
  const folder = scratch.next();
  cpSync(original, folder, { recursive: true });
  return folder;
}

/** What can happen to the projections while no server runs. */
const ACCIDENTS: Readonly<Record<string, (views: string) => void>> = {
  missing: (views) => rmSync(views),
  damaged: (views) => writeFileSync(views, 'this is no database at all. '.repeat(400)),
  empty: (views) => writeFileSync(views, ''),
  'of another version': (views) => change(views, "UPDATE facts SET value = value + 1 WHERE name = 'schema'"),
  'of another log': (views) => change(views, "UPDATE facts SET value = value + 1 WHERE name = 'log'"),
  'ahead of the log': (views) => change(views, "UPDATE facts SET value = value + 1 WHERE name = 'through'"),
};

for (const [accident, happen] of Object.entries(ACCIDENTS)) {
  test(`[DUR6] projections that are ${accident} are made anew from the log, and a note says so`, async () => {
    const folder = filledFolder();
    happen(path.join(folder, 'views.db'));
    await using engine = await openForTest(folder);
    expect(engine.notes).toEqual(['the projections are made anew from the log']);
    expect(await engine.inboxes.heads([created.room])).toEqual(head);
    await expectAnswersOfReplay(engine);
  });
}

test('projections that are in order are kept, and nothing is noted', async () => {
  await using engine = await openForTest(filledFolder());
  expect(engine.notes).toEqual([]);
});

test('[DUR6] projections that lag far behind catch up before the engine is open', async () => {
  const folder = filledFolder();
  {
    await using engine = await openForTest(folder, { freezeViews: true });
    const later = new Script(engine.log.head);
    const { room, ...first } = later.group(ana);
    await engine.log.append([
      { room, ...first },
      ...Array.from({ length: 17_000 }, () => later.send(room, ana)),
    ]);
  }
  await using engine = await openForTest(folder);
  expect(engine.notes).toEqual([]);
  expect(await engine.inboxes.heads([created.room])).toEqual(head);
  const later = new Script(engine.log.head);
  const next = later.group(ana);
  await engine.log.append([next]);
  expect(await engine.rooms.state(next.room)).toEqual(later.state(next.room));
}, 60_000);

function change(views: string, sql: string): void {
  const database = new Database(views);
  database.exec(sql);
  database.close();
}
