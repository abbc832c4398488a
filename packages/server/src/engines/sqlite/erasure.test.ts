import { expect, test } from 'bun:test';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { encode, Script } from '../../ports/testing/script.ts';
import { openForTest } from './testing/open-for-test.ts';
import { scratchFolder } from './testing/scratch-folder.ts';

const scratch = scratchFolder();

/** Whether any file of the folder holds the text. */
function holds(folder: string, text: string): boolean {
  return readdirSync(folder).some((file) => readFileSync(path.join(folder, file)).includes(text));
}

test('[TIME2] what has expired is in no file any more, nor an edit of it', async () => {
  const folder = scratch.next();
  await using engine = await openForTest(folder);
  const script = new Script(engine.log.head);
  const ana = script.person();
  const created = script.group(ana);
  const { room } = created;
  const secret = 'S3cr3t-'.repeat(500);
  const sent = Array.from({ length: 30 }, () =>
    script.sendUntil(room, ana, 1_000, { content: secret, body: encode(secret.repeat(20)) }),
  );
  const edits = sent.map(({ event }) => script.edit(room, ana, event.seq, `edited ${secret}`));
  await engine.log.append([created, ...sent, ...edits, script.send(room, ana, { content: 'stays-here' })]);
  await engine.checkpoint();
  expect(holds(folder, 'S3cr3t-')).toBe(true);
  await engine.log.append([
    script.expire(
      room,
      sent.map(({ event }) => [event.seq, ana] as const),
    ),
  ]);
  await engine.checkpoint();
  expect(holds(folder, 'S3cr3t-')).toBe(false);
  expect(holds(folder, 'stays-here')).toBe(true);
});

test('[PRIV8] what was deleted is in no file any more, write-ahead logs and freed pages included', async () => {
  const folder = scratch.next();
  await using engine = await openForTest(folder);
  const script = new Script(engine.log.head);
  const ana = script.person();
  const created = script.group(ana);
  const { room } = created;
  // Long enough to lie in pages of its own, too.
  const secret = 'S3cr3t-'.repeat(500);
  const sent = script.send(room, ana, { content: secret, body: encode(secret.repeat(20)) });
  const edit = script.edit(room, ana, sent.event.seq, `edited ${secret}`, encode(secret));
  const others = Array.from({ length: 50 }, () => script.send(room, ana, { content: 'stays-here' }));
  await engine.log.append([created, sent, edit, ...others]);
  await engine.checkpoint();
  expect(holds(folder, 'S3cr3t-')).toBe(true);
  await engine.log.append([script.delete(room, ana, sent.event.seq)]);
  await engine.checkpoint();
  expect(holds(folder, 'S3cr3t-')).toBe(false);
  expect(holds(folder, 'stays-here')).toBe(true);
});
