import { describe, expect, test } from 'bun:test';
import { type DeviceId, newDeviceId } from '@maru/protocol';
import { type ComposedServer, composedServer } from '../../main/testing/composed-server.ts';
import { GUESS_EVERY_MS, GUESSES_AT_ONCE_MAX } from '../edge/guess-limits.ts';
import type { Asker, Passwords } from '../edge/passwords.ts';

const PASSWORD = 'correct horse';

/** Of no cost, so that a test can guess a lot; notes who asked. */
class PlainPasswords implements Passwords {
  readonly askers: (Asker | undefined)[] = [];

  async hash(password: string) {
    return { kind: 'hash' as const, hash: password };
  }

  async verify(password: string, hash: string | undefined, asker?: Asker) {
    this.askers.push(asker);
    return { kind: 'verified' as const, matches: password === hash };
  }
}

function serverWithPlainPasswords() {
  const passwords = new PlainPasswords();
  return Object.assign(composedServer({ passwords }), { passwords });
}

let addresses = 0;

/** From another address each time. */
function logIn(server: ComposedServer, handle: string, password: string, device?: DeviceId) {
  const body = { handle, password, device: { name: 'laptop', ...(device && { device }) } };
  return server.client.respond('logIn', { body, address: `192.0.${addresses >> 8}.${addresses++ & 255}` });
}

async function answer(response: Promise<Response>) {
  const { status, headers } = await response;
  return { status, retryAfter: headers.get('retry-after'), body: await (await response).json() };
}

function signUp(server: ComposedServer, handle: string) {
  const body = { handle, name: handle, password: PASSWORD, device: { name: 'laptop' } };
  return server.client.call('signUp', { body });
}

/** Uses up what guesses there are. */
async function guessAt(server: ComposedServer, handle: string, device?: DeviceId) {
  const statuses: number[] = [];
  for (let count = 0; count <= GUESSES_AT_ONCE_MAX; count++)
    statuses.push((await logIn(server, handle, `wrong ${count}`, device)).status);
  expect(statuses).toEqual([...Array(GUESSES_AT_ONCE_MAX).fill(401), 429]);
}

describe('[LIMIT9] wrong passwords for one handle', () => {
  test('are limited from wherever they come, and then the right one does not get in either', async () => {
    await using server = serverWithPlainPasswords();
    await signUp(server, 'ada');
    await signUp(server, 'ben');
    await guessAt(server, 'ada');
    expect(await answer(logIn(server, 'ADA', PASSWORD))).toMatchObject({
      status: 429,
      body: { code: 'rate-limited', retryable: true, retryAfterMs: GUESS_EVERY_MS },
    });
    expect((await logIn(server, 'ben', PASSWORD)).status).toBe(201);
    server.clock.advance(GUESS_EVERY_MS);
    expect((await logIn(server, 'ada', 'wrong')).status).toBe(401);
    expect((await logIn(server, 'ada', 'wrong')).status).toBe(429);
    server.clock.advance(GUESS_EVERY_MS);
    expect((await logIn(server, 'ada', PASSWORD)).status).toBe(201);
  });

  test('are refused before anything is hashed, however many come at once', async () => {
    await using server = serverWithPlainPasswords();
    await Promise.all(Array.from({ length: 40 }, () => logIn(server, 'nobody', 'wrong')));
    expect(server.passwords.askers).toHaveLength(GUESSES_AT_ONCE_MAX);
  });

  test('do not tell whether anybody has it', async () => {
    await using server = serverWithPlainPasswords();
    await signUp(server, 'ada');
    const answers = { ada: [] as unknown[], nobody: [] as unknown[] };
    for (const [handle, seen] of Object.entries(answers)) {
      for (let count = 0; count < GUESSES_AT_ONCE_MAX + 2; count++)
        seen.push(await answer(logIn(server, handle, 'wrong', count % 2 === 0 ? newDeviceId() : undefined)));
    }
    expect(answers.nobody).toEqual(answers.ada);
  });

  test('are not right ones, which cost nothing', async () => {
    await using server = serverWithPlainPasswords();
    await signUp(server, 'ada');
    for (let count = 0; count < 2 * GUESSES_AT_ONCE_MAX; count++)
      expect((await logIn(server, 'ada', PASSWORD)).status).toBe(201);
    await guessAt(server, 'ada');
  });

  test('lock nobody out of a device of their own, which has guesses of its own', async () => {
    await using server = serverWithPlainPasswords();
    const ada = await signUp(server, 'ada');
    const eve = await signUp(server, 'eve');
    await server.client.call('logOut', { token: ada.token });
    await guessAt(server, 'ada');
    expect((await logIn(server, 'ada', PASSWORD, ada.device)).status).toBe(201);
    // Nor does another's device, or a made-up one, open the way.
    expect((await logIn(server, 'ada', PASSWORD, eve.device)).status).toBe(429);
    expect((await logIn(server, 'ada', PASSWORD, newDeviceId())).status).toBe(429);
    await guessAt(server, 'ada', ada.device);
  });

  test('are counted, and told to the operator in one line without names', async () => {
    await using server = serverWithPlainPasswords();
    const lines = () => server.logged.filter((line) => line.includes('guessing'));
    for (let count = 0; count < 9; count++) await logIn(server, 'zqsecret', 'wrong');
    expect(lines()).toEqual([]);
    for (let count = 0; count < 20; count++) await logIn(server, 'zqsecret', 'wrong');
    expect(lines()).toHaveLength(1);
    server.clock.advance(60_000);
    await logIn(server, 'zqsecret', 'wrong');
    expect(lines().map((line) => JSON.parse(line))).toMatchObject([
      { wrong: 10, refused: 0 },
      { wrong: 1, refused: 19 },
    ]);
    expect(server.logged.join()).not.toMatch(/zqsecret|192\.0\./);
    expect(server.logInFailures()).toBe(30);
  });
});

test('[LIMIT9] one IPv6 site does not log in without end by being many networks', async () => {
  await using server = composedServer({ passwords: new PlainPasswords(), config: { logInsPerSecond: 1e-3 } });
  const malformed = { handle: 'x', password: '', device: { name: 'x' } };
  const outcome = (address: string) => server.client.outcome('logIn', { body: malformed, address });
  const outcomes: string[] = [];
  for (let count = 0; count < 481; count++)
    outcomes.push(await outcome(`2001:db8:1:${count.toString(16)}::1`));
  expect(outcomes.indexOf('rate-limited')).toBe(480);
  expect(await outcome('2001:db8:2::1')).toBe('bad-request');
});

test('[LIMIT10] log-ins wait by the network they come from, known devices apart from strangers', async () => {
  await using server = serverWithPlainPasswords();
  const ada = await signUp(server, 'ada');
  const body = { handle: 'ada', password: PASSWORD, device: { name: 'laptop' } };
  await server.client.call('logIn', { body, address: '2001:db8:1:2::3' });
  await server.client.call('logIn', { body: { ...body, device: { name: 'x', device: ada.device } } });
  const { token } = await server.client.call('logIn', { body, address: '192.0.2.1' });
  const change = { current: 'wrong', next: PASSWORD };
  await server.client.refused('changePassword', { token, body: change });
  expect(server.passwords.askers).toEqual([
    { lane: 'anyone', key: '2001:db8:1::/48' },
    { lane: 'known', key: ada.user },
    { lane: 'anyone', key: '192.0.2.1' },
    { lane: 'known', key: ada.user },
  ]);
});
