import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { limits, routes } from '@maru/protocol';
import {
  ARRIVAL,
  type ComposedServer,
  composedServer,
  type TestPerson,
} from '../../main/testing/composed-server.ts';

const OWN = { origin: 'http://127.0.0.1:8787' };
const FOREIGN = { origin: 'https://evil.example' };
const PHONE = { name: "Mina's phone" };
const PASSWORD = 'correct horse';

let server: ComposedServer;
let mina: TestPerson;

beforeEach(async () => {
  server = composedServer();
  mina = await server.person('mina');
});
afterEach(() => server[Symbol.asyncDispose]());

const ask = (address?: string) =>
  server.client.call('requestDevice', { body: { device: PHONE }, ...(address !== undefined && { address }) });
const look = (code: string, { token } = mina) =>
  server.client.call('lookAtDevice', { token, body: { code } });
const confirm = (code: string, { token } = mina) =>
  server.client.call('confirmDevice', { token, body: { code } });
const standing = (secret: string) => server.client.call('waitForDevice', { body: { secret } });
const claim = (secret: string, check: string) =>
  server.client.outcome('claimDevice', { body: { secret, check } });
const wrongOf = (check: string) => check.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));
const deviceNames = async () =>
  (await server.client.call('listDevices', { token: mina.token })).devices.map(({ name }) => name);
/** Whether a code, or a secret, says anything to anybody. */
const isOver = async (request: { code: string; secret: string }): Promise<string[]> => [
  await server.client.outcome('waitForDevice', { body: { secret: request.secret } }),
  await server.client.outcome('lookAtDevice', { token: mina.token, body: { code: request.code } }),
];
const OVER = ['device-request-invalid', 'device-request-invalid'];

test('[LINKDEV3] a device is let in by another: code one way, digits the other', async () => {
  const { code, secret } = await ask();
  expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{4}$/);
  expect(await standing(secret)).toEqual({ state: 'waiting' });
  expect(await look(code)).toMatchObject({ name: "Mina's phone", state: 'waiting' });
  const { check } = await confirm(code);
  expect(check).toMatch(/^\d{4}$/);
  expect(await standing(secret)).toEqual({ state: 'confirmed', account: { handle: 'mina', name: 'mina' } });
  const signedIn = await server.client.call('claimDevice', { body: { secret, check } });
  expect(signedIn).toMatchObject({ user: mina.user, handle: 'mina' });
  expect(signedIn.device).not.toBe(mina.device);
  const me = await server.client.call('getMe', { token: signedIn.token });
  expect(me).toMatchObject({ user: mina.user, device: signedIn.device });
  expect(await deviceNames()).toEqual(['laptop', "Mina's phone"]);
  expect(await look(code)).toMatchObject({ state: 'signed-in', device: signedIn.device });
});

describe('[LINKDEV1] a request', () => {
  test('ends after its time, and is no request at that moment', async () => {
    const request = await ask();
    expect(request.expiresAt).toBe(server.clock.now() + limits.DEVICE_REQUEST_TTL_MS);
    server.clock.advance(limits.DEVICE_REQUEST_TTL_MS - 1);
    expect(await standing(request.secret)).toEqual({ state: 'waiting' });
    const { check } = await confirm(request.code);
    server.clock.advance(1);
    expect(await isOver(request)).toEqual(OVER);
    expect(await claim(request.secret, check)).toBe('device-request-invalid');
  });

  test('counts as a log-in', async () => {
    await server[Symbol.asyncDispose]();
    server = composedServer({ config: { logInsPerSecond: 0.001 } });
    for (let count = 0; count < 60; count++) await ask();
    expect(await server.client.refused('requestDevice', { body: { device: PHONE } })).toBe('rate-limited');
    const { secret } = await ask('198.51.100.1');
    // Asking what has become of it does not count.
    for (let count = 0; count < 100; count++) await standing(secret);
  });

  test('is one of so many from a network, whatever addresses it has, until they end', async () => {
    for (let count = 0; count < 100; count++) await ask(`2001:db8:1:${count}::1`);
    const again = { body: { device: PHONE }, address: '2001:db8:1:ffff::1' };
    expect(await server.client.refusal('requestDevice', again)).toMatchObject({
      code: 'rate-limited',
      retryAfterMs: 10_000,
    });
    await ask('2001:db8:2::1');
    server.clock.advance(limits.DEVICE_REQUEST_TTL_MS);
    await ask('2001:db8:1:ffff::1');
  });

  test('stands in no log, and in no address', async () => {
    const { code, secret } = await ask();
    await confirm(code);
    expect(server.logged.join()).not.toContain(code);
    for (const { path } of [routes.waitForDevice, routes.lookAtDevice, routes.claimDevice])
      expect(path).not.toContain('{');
    expect(secret).toMatch(/^[\w-]{43}$/);
  });

  test('names its link where the server knows its address', async () => {
    expect(await ask()).not.toHaveProperty('link');
    await server[Symbol.asyncDispose]();
    server = composedServer({ config: { publicUrl: new URL('https://example.org/chat/') } });
    const { code, link } = await ask();
    expect(link).toBe(`https://example.org/chat/#device=${code}`);
  });
});

describe('[LINKDEV2] who looks', () => {
  test('sees from where the device asks, and when, by a code however it is typed', async () => {
    const { code } = await ask('198.51.100.9');
    const askedAt = server.clock.now();
    server.clock.advance(5_000);
    const typed = ` ${code.replace('-', ' ').toUpperCase()}`;
    expect(await look(typed)).toMatchObject({ address: '198.51.100.9', sameNetwork: false, askedAt });
    const { code: near } = await ask();
    expect(await look(near)).toMatchObject({ address: ARRIVAL.address, sameNetwork: true });
  });

  test('learns the same of a code that never was, has ended, or is another account’s', async () => {
    const jun = await server.person('jun');
    const { code, secret } = await ask();
    await confirm(code, jun);
    const outcomes = async (given: string) => [
      await server.client.outcome('lookAtDevice', { token: mina.token, body: { code: given } }),
      await server.client.outcome('confirmDevice', { token: mina.token, body: { code: given } }),
      await server.client.outcome('refuseDevice', { token: mina.token, body: { code: given } }),
    ];
    const never = await outcomes('0000-0000');
    expect(never).toEqual(Array(3).fill('device-request-invalid'));
    expect(await outcomes(code)).toEqual(never);
    expect(await standing(secret)).toMatchObject({ account: { handle: 'jun' } });
  });

  test('guesses ten times, and then once a minute; right codes cost nothing', async () => {
    const { code } = await ask();
    for (let count = 0; count < 30; count++) await look(code);
    const guess = (given: string, { token } = mina) =>
      server.client.outcome('lookAtDevice', { token, body: { code: given } });
    for (let count = 0; count < 10; count++) expect(await guess(`0000-000${count}`)).not.toBe('rate-limited');
    expect(await guess(code)).toBe('rate-limited');
    expect(await server.client.outcome('confirmDevice', { token: mina.token, body: { code } })).toBe(
      'rate-limited',
    );
    expect(await guess(code, await server.person('jun'))).toBe('done');
    server.clock.advance(60_000);
    expect(await guess(code)).toBe('done');
  });
});

describe('[LINKDEV3] the check', () => {
  test('is not told to the new device, and a code that was let in is of no use without it', async () => {
    const { code, secret } = await ask();
    const { check } = await confirm(code);
    expect(JSON.stringify(await standing(secret))).not.toContain(check);
    expect(await claim(secret, wrongOf(check))).toBe('check-wrong');
    expect(await claim('another secret', check)).toBe('device-request-invalid');
    expect(await deviceNames()).toEqual(['laptop']);
  });

  test('may be wrong twice, and ends the request at the third time', async () => {
    const request = await ask();
    const { check } = await confirm(request.code);
    const wrong = { body: { secret: request.secret, check: wrongOf(check) } };
    const limit = { name: 'DEVICE_CHECK_TRIES_MAX', value: 3 };
    expect(await server.client.refusal('claimDevice', wrong)).toMatchObject({ limit, given: 1 });
    expect(await server.client.refusal('claimDevice', wrong)).toMatchObject({ limit, given: 2 });
    expect(await server.client.refusal('claimDevice', wrong)).toMatchObject({ limit, given: 3 });
    expect(await claim(request.secret, check)).toBe('device-request-invalid');
    expect(await isOver(request)).toEqual(OVER);
  });

  test('is asked for only when a device has let this one in', async () => {
    const { secret } = await ask();
    for (const check of ['0000', '0001', '0002', '0003'])
      expect(await claim(secret, check)).toBe('device-request-invalid');
    expect(await standing(secret)).toEqual({ state: 'waiting' });
  });

  test('gives the token once, however many ask for it at the same time', async () => {
    const { code, secret } = await ask();
    const { check } = await confirm(code);
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => claim(secret, check)));
    expect(outcomes.toSorted()).toEqual([
      'device-request-invalid',
      'device-request-invalid',
      'device-request-invalid',
      'device-request-invalid',
      'done',
    ]);
    expect(await claim(secret, check)).toBe('device-request-invalid');
    expect(await deviceNames()).toEqual(['laptop', "Mina's phone"]);
    expect(await server.client.outcome('confirmDevice', { token: mina.token, body: { code } })).toBe(
      'device-request-invalid',
    );
  });
});

describe('[LINKDEV4] the first answer holds', () => {
  test('the same account hears the same digits, another nothing', async () => {
    const { code } = await ask();
    const { check } = await confirm(code);
    expect((await confirm(code)).check).toBe(check);
    const jun = await server.person('jun');
    expect(await server.client.refused('confirmDevice', { token: jun.token, body: { code } })).toBe(
      'device-request-invalid',
    );
  });

  test.each(['before it is let in', 'after that'])('what is refused %s is over', async (when) => {
    const request = await ask();
    const check = when === 'after that' ? (await confirm(request.code)).check : '0000';
    await server.client.call('refuseDevice', { token: mina.token, body: { code: request.code } });
    expect(await isOver(request)).toEqual(OVER);
    expect(await claim(request.secret, check)).toBe('device-request-invalid');
  });

  test.each([
    ['let in', (code: string) => confirm(code), { state: 'confirmed' }],
    [
      'refused',
      (code: string) => server.client.call('refuseDevice', { token: mina.token, body: { code } }),
      'device-request-invalid',
    ],
  ] as const)('who waits hears at once when it is %s', async (_what, answer, expected) => {
    const { code, secret } = await ask();
    const waiting = server.client.respond('waitForDevice', {
      body: { secret, waitMs: limits.DEVICE_WAIT_MS_MAX },
    });
    expect(await Promise.race([waiting, settled()])).toBe('waits');
    await answer(code);
    const heard = (await (await waiting).json()) as object;
    expect(heard).toMatchObject(typeof expected === 'string' ? { code: expected } : expected);
  });

  test('a wait ends with its time, with another one, and with the server', async () => {
    const { secret } = await ask();
    const wait = () =>
      server.client.call('waitForDevice', { body: { secret, waitMs: limits.DEVICE_WAIT_MS_MAX } });
    const first = wait();
    await settled();
    const second = wait();
    expect(await first).toEqual({ state: 'waiting' });
    server.clock.advance(limits.DEVICE_WAIT_MS_MAX);
    expect(await second).toEqual({ state: 'waiting' });
    const third = wait();
    await settled();
    await server.drain();
    expect(await third).toEqual({ state: 'waiting' });
  });
});

describe('[LINKDEV5] a confirmation ends', () => {
  const signUp = async () =>
    server.client.call('signUp', {
      body: { handle: 'ada', name: 'Ada', password: PASSWORD, device: { name: 'desk' } },
    });

  test.each([
    ['when its device logs out', (token: string) => server.client.call('logOut', { token })],
    [
      'when its device is revoked by another',
      async (token: string) => {
        const { device } = await server.client.call('getMe', { token });
        const body = { handle: 'ada', password: PASSWORD, device: { name: 'other' } };
        const other = await server.client.call('logIn', { body });
        await server.client.call('revokeDevice', { token: other.token, params: { device } });
      },
    ],
    [
      'with the password',
      (token: string) =>
        server.client.call('changePassword', { token, body: { current: PASSWORD, next: 'battery staple' } }),
    ],
    [
      'with the account',
      (token: string) => server.client.call('deleteMe', { token, body: { password: PASSWORD } }),
    ],
    [
      'with a suspension',
      async (token: string) => {
        const root = await server.person('root', { administrator: true });
        const { user } = await server.client.call('getMe', { token });
        await server.client.call('suspendAccount', { token: root.token, params: { user } });
      },
    ],
  ] as const)('%s', async (_when, end) => {
    const { token } = await signUp();
    const { code, secret } = await ask();
    const { check } = await server.client.call('confirmDevice', { token, body: { code } });
    await end(token ?? '');
    expect(await claim(secret, check)).toBe('device-request-invalid');
  });

  test('leaves no device signed in where its own is revoked at the same moment', async () => {
    const { directory } = server.engine;
    const { code, secret } = await ask();
    const { check } = await confirm(code);
    const signIn = directory.signIn.bind(directory);
    // The revocation is stored between the look at who confirmed and the new token.
    directory.signIn = async (...args) => {
      await directory.signOut(mina.user, mina.device);
      return signIn(...args);
    };
    expect(await claim(secret, check)).toBe('device-request-invalid');
    const devices = await directory.devices(mina.user);
    expect(devices.map(({ signedIn }) => signedIn)).toEqual([false, false]);
  });
});

describe('[LINKDEV6] the new device', () => {
  test('of a page gets its token as a cookie, and nowhere else', async () => {
    const body = { device: { ...PHONE, credential: 'cookie' as const } };
    const { code, secret } = await server.client.call('requestDevice', { body, headers: OWN });
    const { check } = await confirm(code);
    const response = await server.client.respond('claimDevice', { body: { secret, check }, headers: OWN });
    const [pair = ''] = (response.headers.get('set-cookie') ?? '').split(';');
    expect(pair).toMatch(/^maru_token=maru_[\w-]{43}$/);
    expect(await response.text()).not.toContain(pair.slice('maru_token='.length));
    expect((await server.client.call('getMe', { headers: { cookie: pair } })).handle).toBe('mina');
  });

  test('of another page gets none', async () => {
    const body = { device: { ...PHONE, credential: 'cookie' as const } };
    expect(await server.client.refused('requestDevice', { body })).toBe('origin-refused');
    expect(await server.client.refused('requestDevice', { body, headers: FOREIGN })).toBe('origin-refused');
    const { code, secret } = await server.client.call('requestDevice', { body, headers: OWN });
    const { check } = await confirm(code);
    const claimed = { body: { secret, check } };
    expect(await server.client.refused('claimDevice', { ...claimed, headers: FOREIGN })).toBe(
      'origin-refused',
    );
    expect(await server.client.refused('claimDevice', claimed)).toBe('origin-refused');
    expect(await claimedByPage(secret, check)).toBe('done');
  });

  test('keeps the id that it had in an earlier life', async () => {
    const { device } = await server.client.call('claimDevice', { body: await letIn({ name: 'phone' }) });
    const again = await server.client.call('claimDevice', { body: await letIn({ name: 'phone', device }) });
    expect(again.device).toBe(device);
    expect(await deviceNames()).toEqual(['laptop', 'phone']);
  });

  test('is one of as many as an account may have', async () => {
    for (let count = 1; count < limits.DEVICES_MAX; count++)
      await server.client.call('claimDevice', { body: await letIn({ name: `phone ${count}` }) });
    expect(await server.client.refused('claimDevice', { body: await letIn(PHONE) })).toBe('devices-full');
  });
});

const claimedByPage = (secret: string, check: string) =>
  server.client.outcome('claimDevice', { body: { secret, check }, headers: OWN });

async function letIn(device: { name: string; device?: string }): Promise<{ secret: string; check: string }> {
  const { code, secret } = await server.client.call('requestDevice', { body: { device } });
  // What counts as a log-in is there again.
  server.clock.advance(10);
  return { secret, check: (await confirm(code)).check };
}

/** After everything that is under way by now. */
async function settled(): Promise<'waits'> {
  await new Promise((resolve) => setImmediate(resolve));
  return 'waits';
}
