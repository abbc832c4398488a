import { describe, expect, spyOn, test } from 'bun:test';
import { systemClock } from '../../main/system-clock.ts';
import { type Asker, createPasswords } from './passwords.ts';

const passwords = createPasswords(systemClock);

async function hashOf(password: string): Promise<string> {
  const outcome = await passwords.hash(password);
  if (outcome.kind !== 'hash') throw new Error('busy');
  return outcome.hash;
}

test('[PRIV9] a password is stored as an argon2id hash of 19 MiB and two passes, salted', async () => {
  const first = await hashOf('correct horse');
  expect(first).toStartWith('$argon2id$v=19$m=19456,t=2,p=1$');
  expect(await hashOf('correct horse')).not.toBe(first);
});

test('only the right password matches, and none where there is no hash', async () => {
  const hash = await hashOf('correct horse');
  expect(await passwords.verify('correct horse', hash)).toEqual({ kind: 'verified', matches: true });
  expect(await passwords.verify('correct horsf', hash)).toEqual({ kind: 'verified', matches: false });
  expect(await passwords.verify('correct horse', undefined)).toEqual({ kind: 'verified', matches: false });
});

test('[LIMIT8] what goes beyond the queue is refused as busy, and says when to try again', async () => {
  const { hash, verify } = createPasswords(systemClock, 3);
  const calls = [
    hash('one'),
    verify('two', undefined),
    hash('three'),
    hash('four'),
    verify('five', undefined),
  ];
  const kinds = (await Promise.all(calls)).map(({ kind }) => kind);
  expect(kinds).toEqual(['hash', 'verified', 'hash', 'busy', 'busy']);
  const refused = await calls[3];
  expect(refused?.kind === 'busy' && refused.retryAfterMs).toBeGreaterThan(0);
  expect((await hash('six')).kind).toBe('hash');
});

test('[LIMIT8] hashing runs one at a time', async () => {
  const real = Bun.password.verify;
  let running = 0;
  let most = 0;
  using _watched = spyOn(Bun.password, 'verify').mockImplementation(async (...args) => {
    most = Math.max(most, ++running);
    const matches = await real(...args);
    running--;
    return matches;
  });
  await Promise.all([1, 2, 3, 4].map(() => passwords.verify('x', undefined)));
  expect(most).toBe(1);
  expect(running).toBe(0);
});

test('a stored hash that can not be read stops nobody else', async () => {
  const fault = await passwords.verify('x', 'no hash').catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(Error);
  expect((await passwords.verify('x', undefined)).kind).toBe('verified');
});

describe('[LIMIT10] while strangers fill the queue', () => {
  const flood = (count: number): Asker[] => Array(count).fill({ lane: 'anyone', key: 'flood' });

  /** Askers in the order in which they are served, and of each whether it was. */
  async function serve(queueMax: number, askers: readonly Asker[]) {
    const passwordsOfFew = createPasswords(systemClock, queueMax);
    const served: string[] = [];
    const kinds = askers.map(async (asker) => {
      const { kind } = await passwordsOfFew.verify('x', undefined, asker);
      if (kind === 'verified') served.push(asker.key);
      return kind;
    });
    return { kinds: await Promise.all(kinds), served };
  }

  test('who comes from elsewhere takes the place of their last', async () => {
    const { kinds, served } = await serve(4, [...flood(6), { lane: 'anyone', key: 'ada' }]);
    expect(kinds).toEqual(['verified', 'verified', 'verified', 'busy', 'busy', 'busy', 'verified']);
    expect(served).toEqual(['flood', 'flood', 'ada', 'flood']);
  });

  test('a known device has its own queue and every other turn', async () => {
    const known = { lane: 'known', key: 'ada' } as const;
    const { kinds, served } = await serve(3, [...flood(5), known, known]);
    expect(kinds.slice(-2)).toEqual(['verified', 'verified']);
    expect(served).toEqual(['flood', 'ada', 'flood', 'ada', 'flood']);
  });
});
