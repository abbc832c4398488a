import { describe, expect, test } from 'bun:test';
import type { Seq } from '@maru/protocol';
import { systemClock } from '../../main/system-clock.ts';
import { composedServer } from '../../main/testing/composed-server.ts';
import { createPasswords } from '../edge/passwords.ts';

const LOG_IN = { handle: 'nobody', password: 'x', device: { name: 'laptop' } };

describe('[LIMIT6] log-ins from one address', () => {
  test('beyond their rate are refused with the time to wait; other addresses keep theirs', async () => {
    await using server = composedServer({ config: { logInsPerSecond: 1 } });
    const logIn = (address: string) => server.client.respond('logIn', { body: LOG_IN, address });
    expect((await logIn('192.0.2.1')).status).toBe(401);
    // What has the wrong form counts, too, and spares the test the hashing.
    const malformed = { ...LOG_IN, password: '' };
    for (let count = 1; count < 60; count++) {
      expect(await server.client.refused('logIn', { body: malformed, address: '192.0.2.1' })).toBe(
        'bad-request',
      );
    }
    const refused = await logIn('192.0.2.1');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({
      code: 'rate-limited',
      retryable: true,
      retryAfterMs: 1_000,
    });
    expect((await logIn('192.0.2.2')).status).toBe(401);
    server.clock.advance(1_000);
    expect((await logIn('192.0.2.1')).status).toBe(401);
    expect((await logIn('192.0.2.1')).status).toBe(429);
  });

  test('count with sign-ups and recoveries, and by the network for IPv6', async () => {
    await using server = composedServer({ config: { logInsPerSecond: 1e-3 } });
    const codes: string[] = [];
    for (let count = 0; count < 31; count++) {
      const address = `2001:db8:1:2::${count.toString(16)}`;
      const body = { handle: 'x', name: 'x', password: 'x', device: { name: 'x' } };
      codes.push(await server.client.outcome('signUp', { body, address }));
      codes.push(
        await server.client.outcome('recover', {
          body: { handle: 'x', recoveryCode: 'x', newPassword: 'x' },
          address,
        }),
      );
    }
    expect(codes.slice(0, 60)).not.toContain('rate-limited');
    expect(codes.slice(60)).toEqual(['rate-limited', 'rate-limited']);
  });

  test('[PRIV10] are not used up by pages of others, whatever those make their visitors send', async () => {
    await using server = composedServer({ config: { logInsPerSecond: 1e-3 } });
    const json = { ...LOG_IN, password: '' };
    // What a page may send without asking first, with the origin that browsers add, and where they add none.
    for (const headers of [
      { 'content-type': 'text/plain' },
      { 'content-type': 'text/plain', origin: 'https://evil.example' },
      { 'content-type': 'application/x-www-form-urlencoded', origin: 'null' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]) {
      const expected = 'content-type' in headers ? 'bad-request' : 'origin-refused';
      for (const route of ['logIn', 'signUp', 'recover'] as const)
        for (let count = 0; count < 30; count++)
          expect(await server.client.refused(route, { body: json as never, headers })).toBe(expected);
    }
    for (const headers of [{}, { origin: 'http://127.0.0.1:8787' }])
      expect(await server.client.outcome('logIn', { body: LOG_IN, headers })).toBe('invalid-credentials');
  });

  test('what costs nothing is not counted', async () => {
    await using server = composedServer({ config: { logInsPerSecond: 1e-3 } });
    for (let count = 0; count < 100; count++) await server.client.call('getServer');
    expect(await server.client.outcome('logIn', { body: LOG_IN })).toBe('invalid-credentials');
  });
});

test('[LIMIT6] requests of one device are limited, and others keep theirs', async () => {
  await using server = composedServer({ config: { commandsPerSecond: 5 } });
  const [ada, eve] = [await server.person('ada'), await server.person('eve')];
  const outcomes: string[] = [];
  for (let count = 0; count < 22; count++)
    outcomes.push(await server.client.outcome('getMe', { token: ada.token }));
  expect(outcomes.lastIndexOf('done')).toBe(19);
  expect(outcomes.slice(20)).toEqual(['rate-limited', 'rate-limited']);
  expect(await server.client.outcome('getMe', { token: eve.token })).toBe('done');
  server.clock.advance(200);
  expect(await server.client.outcome('getMe', { token: ada.token })).toBe('done');
});

test('[LIMIT6] a request counts by what it makes the server do', async () => {
  await using server = composedServer({ config: { commandsPerSecond: 5 } });
  const ada = await server.person('ada');
  const room = await server.group(ada);
  /** What somebody new is answered who asks so often. */
  const outcomes = async (
    handle: string,
    times: number,
    ...call: Parameters<typeof server.client.outcome>
  ) => {
    const { token } = await server.person(handle);
    const answers: string[] = [];
    for (let count = 0; count < times; count++) {
      answers.push(await server.client.outcome(call[0], { ...call[1], token }));
    }
    return answers;
  };
  expect(await outcomes('syncs', 3, 'getSync')).toEqual(['done', 'done', 'rate-limited']);
  const users = Array.from({ length: 500 }, () => ada.user);
  expect(await outcomes('looks-up', 2, 'getUsers', { body: { users } })).toEqual(['done', 'rate-limited']);
  for (const route of ['getMembers', 'getReceipts', 'getPresence'] as const) {
    const answers = await outcomes(route.toLowerCase(), 5, route, { params: { room } });
    expect(answers).toEqual([...Array(4).fill('not-found'), 'rate-limited']);
  }
  for (const route of ['listContacts', 'listScheduled'] as const)
    expect(await outcomes(route.toLowerCase(), 3, route)).toEqual(['done', 'done', 'rate-limited']);
  const params = { room, seq: 1 as Seq };
  expect(await outcomes('versions', 3, 'getVersions', { params })).toEqual([
    ...Array(2).fill('not-found'),
    'rate-limited',
  ]);
  expect(await outcomes('reactions', 5, 'getReactions', { params })).toEqual([
    ...Array(4).fill('not-found'),
    'rate-limited',
  ]);
});

test('[LIMIT6] [LIMIT8] who is signed in does not keep others from logging in by asking for their own password', async () => {
  await using server = composedServer({ config: { logInsPerSecond: 1 } });
  const [ada, eve] = [await server.person('ada'), await server.person('eve')];
  const change = (token: string) =>
    server.client.outcome('changePassword', { token, body: { current: 'wrong', next: '12345678' } });
  const end = () => server.client.outcome('deleteMe', { token: eve.token, body: { password: 'wrong' } });
  const outcomes: string[] = [];
  for (let count = 0; count < 6; count++) outcomes.push(await change(eve.token), await end());
  expect(outcomes.lastIndexOf('invalid-credentials')).toBe(9);
  expect(outcomes.slice(10)).toEqual(['rate-limited', 'rate-limited']);
  expect(await change(ada.token)).toBe('invalid-credentials');
  server.clock.advance(6_000);
  expect(await change(eve.token)).toBe('invalid-credentials');
});

test('[LIMIT6] 10 MB a second from one device are too many, by HTTP as by sockets', async () => {
  await using server = composedServer({ config: { bytesPerSecond: 1_000_000 } });
  const [ada, eve] = [await server.person('ada'), await server.person('eve')];
  const body = { users: [], padding: 'x'.repeat(60_000) };
  const outcomes: string[] = [];
  for (let count = 0; count < 60; count++) {
    outcomes.push(await server.client.outcome('getUsers', { token: ada.token, body }));
  }
  expect(outcomes.indexOf('rate-limited')).toBe(49);
  expect(new Set(outcomes)).toEqual(new Set(['done', 'rate-limited']));
  expect(await server.client.outcome('getUsers', { token: eve.token, body })).toBe('done');
  server.clock.advance(1_000);
  expect(await server.client.outcome('getUsers', { token: ada.token, body })).toBe('done');
});

test('[LIMIT8] more log-ins than hashing can take are told to come again', async () => {
  await using server = composedServer({ passwords: createPasswords(systemClock, 3) });
  const outcomes = await Promise.all(
    Array.from({ length: 5 }, () => server.client.respond('logIn', { body: LOG_IN })),
  );
  expect(outcomes.map(({ status }) => status)).toEqual([401, 401, 401, 503, 503]);
  expect(Number(outcomes[4]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await outcomes[4]?.json()).toMatchObject({ code: 'busy', retryable: true });
});
