import { expect, spyOn, test } from 'bun:test';
import { systemClock } from '../../main/system-clock.ts';
import { createPasswords } from './passwords.ts';

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
