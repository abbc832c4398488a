import { describe, expect, test } from 'bun:test';
import { differences, type WireLock, wireLock } from './testing/wire-lock.ts';
import { PROTOCOL_VERSION } from './version.ts';

const file = (name: string) => Bun.file(new URL(`../${name}`, import.meta.url));
const locked = (await file('wire-lock.json').json()) as WireLock;

const ADVICE = `The wire is not as it was locked. Is every change additive: new optional fields, new kinds, wider limits?
Then old clients read it: npm run wire-lock -w packages/protocol -- 'What changed, in a sentence.'
If not, old clients would misread it: make a new version (version.ts) or a capability instead.
(After an update of Zod the same schemas may be written differently: compare before you lock.)`;

describe('the wire', () => {
  test('[WIRE4] is as it was locked', () => {
    const changes = differences(locked, wireLock());
    if (changes.length > 0) throw new Error(`${ADVICE}\n${changes.join('\n')}`);
    expect(wireLock()).toEqual(locked);
  });

  test('[WIRE4] has a history whose newest line is the lock of this version', async () => {
    const lines = (await file('WIRE-HISTORY.md').text()).trimEnd().split('\n');
    const [, version, date, what, mark] = (lines.at(-1) ?? '').split('|').map((cell) => cell.trim());
    expect(version).toBe(String(PROTOCOL_VERSION));
    expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(what).not.toBe('');
    expect(mark).toBe(`\`${locked.sha256.slice(0, 12)}\``);
  });

  test('[WIRE4] is locked frame by frame and route by route', () => {
    const parts = Object.keys(locked.parts);
    for (const part of [
      'up hello',
      'up send',
      'up create direct',
      'down welcome',
      'down synced',
      'http signUp',
      'errors',
    ]) {
      expect(parts).toContain(part);
    }
    const changed: WireLock = {
      ...locked,
      parts: { ...locked.parts, 'up send': 'other', 'up rant': 'new' },
    };
    expect(differences(locked, changed)).toEqual(['new: up rant', 'changed: up send']);
    expect(differences(changed, locked)).toEqual(['gone: up rant', 'changed: up send']);
  });
});
