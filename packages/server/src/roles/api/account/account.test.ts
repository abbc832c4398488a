import { beforeEach, describe, expect, test } from 'bun:test';
import { limits, newDeviceId, newUserId } from '@maru/protocol';
import { type ComposedServer, composedServer } from '../../../main/testing/composed-server.ts';
import { hashCode } from '../../edge/secrets.ts';

const PASSWORD = 'correct horse';
const DEVICE = { name: 'laptop' };
let server: ComposedServer;

beforeEach(() => {
  server = composedServer();
});

type SignUpBody = NonNullable<Parameters<typeof server.client.call<'signUp'>>[1]>['body'];

const account = (handle: string, more: object = {}): NonNullable<SignUpBody> => ({
  handle,
  name: handle,
  password: PASSWORD,
  device: DEVICE,
  ...more,
});
const signUp = (handle: string, more?: object) =>
  server.client.call('signUp', { body: account(handle, more) });
const trySignUp = (handle: string, more?: object) =>
  server.client.outcome('signUp', { body: account(handle, more) });
const logIn = (handle: string, password = PASSWORD, device: object = {}) =>
  server.client.call('logIn', { body: { handle, password, device: { ...DEVICE, ...device } } });
const tryLogIn = (handle: string, password = PASSWORD) =>
  server.client.outcome('logIn', { body: { handle, password, device: DEVICE } });
const statusOf = async (token: string | undefined) =>
  (await server.client.respond('getMe', { token })).status;

describe('signing up', () => {
  test('makes an account, signs the device in and gives recovery codes', async () => {
    const made = await signUp('ada');
    expect(made).toMatchObject({ handle: 'ada', name: 'ada' });
    expect(made.token).toMatch(/^maru_/);
    expect(new Set(made.recoveryCodes).size).toBe(10);
    expect(await server.client.call('getMe', { token: made.token })).toEqual({
      user: made.user,
      device: made.device,
      handle: 'ada',
      name: 'ada',
      changedAt: server.clock.now(),
      administrator: false,
      settings: { hidePresence: false, findable: true, whoMayWrite: 'everyone', whoMayAdd: 'everyone' },
    });
  });

  test('[LIMIT7] takes what the schemas allow, and says which field is wrong', async () => {
    const field = async (change: object) =>
      (await server.client.refusal('signUp', { body: account('ada', change) })).field;
    expect(await field({ handle: 'ab' })).toBe('handle');
    expect(await field({ handle: 'a'.repeat(33) })).toBe('handle');
    expect(await field({ handle: 'a..b' })).toBe('handle');
    expect(await field({ name: 'a\u202eb' })).toBe('name');
    expect(await field({ name: '😀'.repeat(limits.DISPLAY_NAME_CHARS_MAX + 1) })).toBe('name');
    expect(await field({ password: '1234567' })).toBe('password');
    expect(await field({ device: { name: '' } })).toBe('device.name');
    const longest = { name: '😀'.repeat(limits.DISPLAY_NAME_CHARS_MAX), password: '12345678' };
    expect(await trySignUp('a'.repeat(32), longest)).toBe('done');
    expect(await trySignUp('abc')).toBe('done');
  });

  test('a handle is given once, at once included, and never again', async () => {
    const outcomes = await Promise.all([trySignUp('ada'), trySignUp('ada')]);
    expect(outcomes.toSorted()).toEqual(['done', 'handle-taken']);
    const { token } = await logIn('ada');
    await server.client.call('deleteMe', { token, body: { password: PASSWORD } });
    expect(await trySignUp('ada')).toBe('handle-taken');
  });
});

describe('who may sign up', () => {
  const invite = async (options: { administrator?: boolean; expiresInMs?: number } = {}) => {
    const code = `xxxx-xxxx-${options.administrator === true ? 'admin' : 'guest'}`;
    const expiresAt = server.clock.now() + (options.expiresInMs ?? 60_000);
    await server.engine.directory.createInvite(
      hashCode(code),
      undefined,
      expiresAt,
      options.administrator ?? false,
    );
    return code;
  };
  const attempt = (handle: string, code?: string) =>
    trySignUp(handle, code === undefined ? {} : { invite: code });

  test('invite: who has one, once, before it expires', async () => {
    server = composedServer({ config: { signUp: 'invite' } });
    expect(await attempt('ada')).toBe('invite-required');
    expect(await attempt('ada', 'xxxx')).toBe('invite-required');
    const code = await invite();
    expect(await attempt('ada', code.toUpperCase())).toBe('done');
    expect(await attempt('eve', code)).toBe('invite-required');
  });

  test('an expired invite lets nobody in', async () => {
    server = composedServer({ config: { signUp: 'invite' } });
    const code = await invite({ expiresInMs: 1_000 });
    server.clock.advance(1_000);
    expect(await attempt('ada', code)).toBe('invite-required');
  });

  test('one invite, two people at once: one comes in', async () => {
    server = composedServer({ config: { signUp: 'invite' } });
    const code = await invite();
    const outcomes = await Promise.all([attempt('ada', code), attempt('eve', code)]);
    expect(outcomes.toSorted()).toEqual(['done', 'invite-required']);
  });

  test('an administrator invites', async () => {
    server = composedServer({ config: { signUp: 'invite' } });
    const admin = await server.person('root', { administrator: true });
    const made = await server.client.call('createInvite', { token: admin.token, body: { expiresInS: 60 } });
    expect(made.expiresAt).toBe(server.clock.now() + 60_000);
    expect(made.link).toBeUndefined();
    expect(await attempt('ada', made.invite)).toBe('done');
  });

  test('[TLS4] and gives a link to the public URL, however they came themselves', async () => {
    server = composedServer({
      config: { signUp: 'invite', publicUrl: new URL('https://example.org/chat/') },
    });
    const admin = await server.person('root', { administrator: true });
    const { invite: code, link } = await server.client.call('createInvite', { token: admin.token, body: {} });
    expect(link).toBe(`https://example.org/chat/#invite=${code}`);
  });

  test('closed: nobody, not even with an invite', async () => {
    server = composedServer({ config: { signUp: 'closed' } });
    expect(await attempt('ada')).toBe('sign-up-closed');
    expect(await attempt('ada', await invite())).toBe('sign-up-closed');
  });

  test.each(['open', 'invite', 'closed'] as const)(
    "%s: the administrator's invite works while there is no administrator",
    async (policy) => {
      server = composedServer({ config: { signUp: policy } });
      const code = await invite({ administrator: true });
      expect(await attempt('ada', code)).toBe('done');
      expect(await server.engine.directory.userByHandle('ada')).toMatchObject({ administrator: true });
      await server.engine.directory.createInvite(
        hashCode('another'),
        undefined,
        server.clock.now() + 60_000,
        true,
      );
      expect(await attempt('eve', 'another')).toBe(
        policy === 'closed' ? 'sign-up-closed' : 'invite-required',
      );
    },
  );
});

describe('logging in', () => {
  test('gives the device a token, and the earlier one of that device ends', async () => {
    const made = await signUp('ada');
    const again = await logIn('ADA', PASSWORD, { device: made.device });
    expect(again).toMatchObject({ user: made.user, device: made.device });
    expect(await statusOf(again.token)).toBe(200);
    expect(await statusOf(made.token)).toBe(401);
  });

  test('a new device gets an id of its own, and so does one that names another person’s', async () => {
    const [ada, eve] = [await signUp('ada'), await signUp('eve')];
    const mine = await logIn('eve');
    expect(mine.device).not.toBe(eve.device);
    const foreign = await logIn('eve', PASSWORD, { device: ada.device });
    expect([ada.device, eve.device, mine.device]).not.toContain(foreign.device);
    expect(await statusOf(ada.token)).toBe(200);
  });

  test('a password in any Unicode form is the same password', async () => {
    await signUp('ada', { password: 'caf\u00e9-caf\u00e9' });
    expect(await tryLogIn('ada', 'cafe\u0301-cafe\u0301')).toBe('done');
  });

  test('no such handle, a wrong password, a person without one, an ended account: one answer', async () => {
    const gone = await signUp('gone');
    await signUp('ada');
    const imported = { user: newUserId(), handle: 'placeholder', name: 'Imported', at: 0 };
    await server.engine.directory.createPlaceholders([imported]);
    await server.client.call('deleteMe', { token: gone.token, body: { password: PASSWORD } });
    const answer = (handle: string, password = PASSWORD) =>
      server.client.refusal('logIn', { body: { handle, password, device: DEVICE } });
    const nobody = await answer('nobody');
    expect(nobody.code).toBe('invalid-credentials');
    expect(await answer('ada', 'wrong password')).toEqual(nobody);
    expect(await answer('placeholder')).toEqual(nobody);
    expect(await answer('gone')).toEqual(nobody);
  });

  test('an account has so many devices and not one more', async () => {
    const { user, token } = await signUp('ada');
    for (let count = 1; count < limits.DEVICES_MAX; count++) {
      const device = { device: newDeviceId(), user, name: 'x', tokenHash: `hash ${count}`, at: 0 };
      expect(await server.engine.directory.signIn(device, limits.DEVICES_MAX)).toBe('signed-in');
    }
    const body = { handle: 'ada', password: PASSWORD, device: DEVICE };
    expect(await server.client.refusal('logIn', { body })).toMatchObject({
      code: 'devices-full',
      limit: { name: 'DEVICES_MAX', value: limits.DEVICES_MAX },
    });
    const { devices } = await server.client.call('listDevices', { token });
    expect(devices).toHaveLength(limits.DEVICES_MAX);
    const other = devices.find(({ current }) => !current);
    await server.client.call('revokeDevice', { token, params: { device: other?.device ?? '' } });
    expect(await tryLogIn('ada')).toBe('done');
  });

  test('[WIRE6] a log-in names the gateway, and its ticket opens a session', async () => {
    const { gateway, user, device } = await signUp('ada');
    expect(gateway.url).toBe('ws://127.0.0.1:8787/v1/connect');
    expect(gateway.expiresAt).toBe(server.clock.now() + limits.TICKET_TTL_MS);
    const carrier = server.connect();
    carrier.say({ kind: 'hello', versions: [1], ticket: gateway.ticket });
    expect(await carrier.take('welcome')).toMatchObject({ user, device });
  });
});

describe('[PRIV9] what ends a token ends it at once, and closes its sockets', () => {
  test('logging out', async () => {
    await signUp('ada');
    const { token } = await logIn('ada');
    const carrier = await server.open(token);
    await server.client.call('logOut', { token });
    expect(await statusOf(token)).toBe(401);
    expect(carrier.closed?.code).toBe(4001);
  });

  test('revoking a device, and no other', async () => {
    const first = await signUp('ada');
    const second = await logIn('ada');
    const [mine, other] = [await server.open(first.token), await server.open(second.token)];
    await server.client.call('revokeDevice', { token: first.token, params: { device: second.device } });
    expect(await statusOf(second.token)).toBe(401);
    expect(other.closed?.code).toBe(4001);
    expect(await statusOf(first.token)).toBe(200);
    expect(mine.closed).toBeUndefined();
  });

  test('a new password: all other devices', async () => {
    const first = await signUp('ada');
    const second = await logIn('ada');
    const other = await server.open(second.token);
    expect(
      await server.client.refused('changePassword', {
        token: first.token,
        body: { current: 'wrong password', next: 'battery staple' },
      }),
    ).toBe('invalid-credentials');
    await server.client.call('changePassword', {
      token: first.token,
      body: { current: PASSWORD, next: 'battery staple' },
    });
    expect(await Promise.all([first.token, second.token].map(statusOf))).toEqual([200, 401]);
    expect(other.closed?.code).toBe(4001);
    expect(await tryLogIn('ada')).toBe('invalid-credentials');
    expect(await tryLogIn('ada', 'battery staple')).toBe('done');
  });

  test('a recovery code sets a new password, signs everything out, and works once', async () => {
    const { token, recoveryCodes } = await signUp('ada');
    const [code = '', another = ''] = recoveryCodes;
    const recover = (recoveryCode: string, handle = 'ada') =>
      server.client.outcome('recover', { body: { handle, recoveryCode, newPassword: 'battery staple' } });
    expect(await recover('0000-0000-0000-0000')).toBe('invalid-credentials');
    expect(await recover(code, 'nobody')).toBe('invalid-credentials');
    expect(await recover(code.toUpperCase().replaceAll('-', ' '))).toBe('done');
    expect(await statusOf(token)).toBe(401);
    expect(await tryLogIn('ada', 'battery staple')).toBe('done');
    expect(await recover(code)).toBe('invalid-credentials');
    expect(await recover(another)).toBe('done');
  });

  test('new recovery codes take the place of the old ones, and sign nobody out', async () => {
    const { token, recoveryCodes } = await signUp('ada');
    const renew = (password: string) =>
      server.client.outcome('renewRecoveryCodes', { token, body: { password } });
    expect(await renew('wrong password')).toBe('invalid-credentials');
    const renewed = await server.client.call('renewRecoveryCodes', { token, body: { password: PASSWORD } });
    expect(new Set(renewed.recoveryCodes).size).toBe(10);
    expect(await statusOf(token)).toBe(200);
    const recover = (recoveryCode = '') =>
      server.client.outcome('recover', {
        body: { handle: 'ada', recoveryCode, newPassword: 'battery staple' },
      });
    expect(await recover(recoveryCodes[0])).toBe('invalid-credentials');
    expect(await recover(renewed.recoveryCodes[0])).toBe('done');
    expect(await recover(renewed.recoveryCodes[1])).toBe('done');
  });

  test('the end of the account', async () => {
    const made = await signUp('ada');
    const second = await logIn('ada');
    const carrier = await server.open(second.token);
    expect(
      await server.client.refused('deleteMe', { token: made.token, body: { password: 'wrong password' } }),
    ).toBe('invalid-credentials');
    await server.client.call('deleteMe', { token: made.token, body: { password: PASSWORD } });
    expect(await Promise.all([made.token, second.token].map(statusOf))).toEqual([401, 401]);
    expect(carrier.closed?.code).toBe(4001);
    const other = await server.person('eve');
    expect(await server.client.refused('getUser', { token: other.token, params: { user: made.user } })).toBe(
      'not-found',
    );
  });
});

test('[PRIV6] a fault is logged by its kind and place, without what it quotes', async () => {
  await server.engine.directory.createUser({
    user: newUserId(),
    handle: 'ada',
    name: 'Ada',
    passwordHash: 'zqsecret is no hash',
    recoveryHashes: [],
    administrator: false,
    inviteHash: undefined,
    at: 0,
  });
  const body = { handle: 'ada', password: 'zqpassword', device: DEVICE };
  const response = await server.client.respond('logIn', { body });
  expect([response.status, await response.json()]).toMatchObject([
    500,
    { code: 'internal', retryable: true },
  ]);
  expect(server.logged).toHaveLength(1);
  expect(server.logged[0]).toContain('"route":"logIn"');
  expect(server.logged[0]).toContain('passwords.ts');
  expect(server.logged[0]).not.toContain('zq');
});
