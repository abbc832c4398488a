import { Database } from 'bun:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '@maru/server';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import { maru } from './maru.ts';

const folder = temporaryFolder();
const original = path.join(folder.path, 'original');
let copies = 0;

beforeAll(async () => {
  const file = path.join(folder.path, '2004-11-15.txt');
  const lines = Array.from(
    { length: 200 },
    (_, i) => `[10:00] <nick${i % 5}> ${i === 100 ? '긴 글 '.repeat(2_000) : i}\n`,
  );
  writeFileSync(file, lines.join(''));
  expect((await maru('import', 'irc', file, '--data', original)).code).toBe(0);
});
afterAll(() => folder[Symbol.dispose]());

/** What `maru verify` finds in a copy in which something was changed behind the server's back. */
async function found(database: 'log.db' | 'views.db', ...statements: string[]): Promise<readonly Finding[]> {
  const copy = path.join(folder.path, `copy-${++copies}`);
  cpSync(original, copy, { recursive: true });
  const opened = new Database(path.join(copy, database));
  let changes = 0;
  for (const statement of statements) changes += opened.run(statement).changes;
  opened.close();
  expect(changes).toBeGreaterThan(0);
  const { code, out } = await maru('verify', '--data', copy, '--json');
  const { found: count, findings } = JSON.parse(out) as { found: number; findings: Finding[] };
  expect({ code, count }).toEqual({ code: 1, count: findings.length });
  return findings;
}

const codes = (findings: readonly Finding[]) => new Set(findings.map(({ code }) => code));

test('[DUR6] what nobody has touched has no findings', async () => {
  const { code, out } = await maru('verify', '--data', original);
  expect({ code, out: out.includes('201 entries in 1 rooms; everything is as it must be') }).toEqual({
    code: 0,
    out: true,
  });
});

describe('maru verify finds in the log', () => {
  test('[ORD1] a missing event', async () => {
    const findings = await found('log.db', 'DELETE FROM entries WHERE position = 50');
    expect(findings).toContainEqual(expect.objectContaining({ code: 'gap', position: 51 }));
    expect(findings).toContainEqual(expect.objectContaining({ code: 'gap', seq: 51 }));
  });

  test('[UNREAD2] an ordinal that is not what was counted, once', async () => {
    const findings = await found('log.db', 'UPDATE entries SET ordinal = ordinal + 1 WHERE position = 50');
    expect(findings.filter(({ code }) => code === 'ordinal')).toEqual([
      expect.objectContaining({ seq: 50, position: 50, detail: 'is 50, counted 49' }),
    ]);
  });

  test('[ORD2] a time that goes back', async () => {
    expect(
      codes(await found('log.db', 'UPDATE entries SET at = at - 3600000 WHERE position = 50')),
    ).toContain('time');
  });

  test('[ONCE1] a command that is stored twice', async () => {
    const copied =
      'UPDATE entries SET command = (SELECT command FROM entries WHERE position = 49) WHERE position = 50';
    expect(codes(await found('log.db', copied))).toContain('double');
  });

  test('[PRIV2] a member whom no event made one, and one who was forgotten', async () => {
    const stranger = `INSERT INTO members SELECT room, randomblob(16), joined, visible_from, "left", how, joined_ordinal,
      peer, position FROM members LIMIT 1`;
    expect(codes(await found('log.db', stranger))).toContain('projection');
    const lost = 'DELETE FROM members WHERE user = (SELECT user FROM members LIMIT 1)';
    expect(codes(await found('log.db', lost))).toContain('projection');
  });

  test('[LIMIT5] a body that is not what its event names', async () => {
    expect(codes(await found('log.db', 'UPDATE bodies SET body = body || body'))).toEqual(new Set(['body']));
  });

  test('an entry that can not be read', async () => {
    expect(codes(await found('log.db', 'UPDATE entries SET kind = 31 WHERE position = 50'))).toContain(
      'unreadable',
    );
  });

  test('a person without an account', async () => {
    expect(codes(await found('log.db', "DELETE FROM users WHERE name = 'nick3'"))).toEqual(new Set(['user']));
  });
});

describe('maru verify finds in the projections', () => {
  test.each([
    ['a span of the index', 'DELETE FROM spans WHERE first > 64'],
    ['a command', 'DELETE FROM commands WHERE position = 50'],
    ['a room', 'UPDATE rooms SET ordinal = ordinal - 1'],
    ["a user's room", 'UPDATE user_rooms SET own = own + 1 WHERE own > 0'],
    ['a deletion that nobody made', 'INSERT INTO deleted SELECT no, 5, creator FROM rooms'],
  ])('%s', async (_what, statement) => {
    expect(codes(await found('views.db', statement))).toContain('projection');
  });
});

test('what is found in the projections is gone when they were made anew', async () => {
  const copy = path.join(folder.path, `copy-${++copies}`);
  cpSync(original, copy, { recursive: true });
  writeFileSync(path.join(copy, 'views.db'), '');
  expect((await maru('verify', '--data', copy)).code).toBe(0);
});
