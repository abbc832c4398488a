import { beforeEach, describe, expect, test } from 'bun:test';
import { closeCodes } from '@maru/protocol';
import type { ComposedServer, TestPerson } from '../../../main/testing/composed-server.ts';
import { DEVICE, PASSWORD, type RootAndBen, rootAndBen } from '../../../main/testing/root-and-ben.ts';

let server: ComposedServer;
let root: TestPerson;
let ben: RootAndBen['ben'];
let of: RootAndBen['of'];

beforeEach(async () => {
  ({ server, root, ben, of } = await rootAndBen());
});

const suspend = () => server.client.call('suspendAccount', of(ben.user));
const unsuspend = () => server.client.call('unsuspendAccount', of(ben.user));
const logIn = (password = PASSWORD) =>
  server.client.outcome('logIn', { body: { handle: 'ben', password, device: DEVICE } });

describe('[ADMIN2] a suspended account', () => {
  test('loses its sessions at once, with the code for it', async () => {
    const [mine, other] = [await server.open(ben.token), await server.open(root.token)];
    await suspend();
    expect(mine.closed?.code).toBe(closeCodes.suspended.code);
    expect(other.closed).toBeUndefined();
  });

  test('is told so by every way in', async () => {
    const { ticket } = await server.client.call('getGateway', { token: ben.token });
    await suspend();
    expect(await server.client.refused('getMe', { token: ben.token })).toBe('account-suspended');
    expect(await server.client.refused('getGateway', { token: ben.token })).toBe('account-suspended');
    expect(await logIn()).toBe('account-suspended');
    const carrier = server.connect();
    carrier.say({ kind: 'hello', versions: [1], ticket });
    expect(await carrier.end()).toBe(closeCodes.unauthorized.code);
  });

  test('is, to who does not know its password, like any other', async () => {
    await suspend();
    expect(await logIn('wrong password')).toBe('invalid-credentials');
    const found = await server.client.call('findUser', { token: root.token, query: { handle: 'ben' } });
    expect(found).toEqual({ user: ben.user, handle: 'ben', name: 'Ben', changedAt: expect.any(Number) });
  });

  test('gets in by none of the things that were on their way', async () => {
    const { ticket } = await server.client.call('getGateway', { token: ben.token });
    const carrier = server.connect();
    carrier.say({ kind: 'hello', versions: [1], ticket });
    const [outcome] = await Promise.all([logIn(), suspend()]);
    expect(['account-suspended', 'invalid-credentials']).toContain(outcome);
    expect(await carrier.end()).not.toBe(closeCodes.comeBack.code);
    const { devices } = await server.client.call('listAccountDevices', of(ben.user));
    expect(devices.filter(({ signedIn, connected }) => signedIn || connected)).toEqual([]);
  });

  test('is offline to others at once', async () => {
    const me = { ...ben, token: ben.token ?? '' };
    const room = await server.contacts(root, me);
    const session = await server.open(ben.token);
    session.say({ kind: 'beat', state: 'active' });
    await session.take('beat');
    const present = async () =>
      (await server.client.call('getPresence', { token: root.token, params: { room } })).present;
    expect(await present()).toBe(1);
    await suspend();
    expect(await present()).toBe(0);
  });

  test('is logged by id, without a name', async () => {
    await suspend();
    expect(server.logged.join('\n')).toContain(ben.user);
    expect(server.logged.join('\n')).not.toContain('"ben"');
  });
});

test('[ADMIN3] rooms stay, and after the suspension there is all of them, by a new token', async () => {
  const { client } = server;
  const me = { ...ben, token: ben.token ?? '' };
  const room = await server.group(root, me);
  await server.send(me, room, 'before');
  await suspend();
  await server.send(root, room, 'meanwhile');
  const { members } = await client.call('getMembers', { token: root.token, params: { room } });
  expect(members.map(({ handle }) => handle)).toContain('ben');
  await unsuspend();
  expect(await client.refused('getMe', { token: ben.token })).toBe('unauthorized');
  const body = { handle: 'ben', password: PASSWORD, device: { ...DEVICE, device: ben.device } };
  const again = await client.call('logIn', { body });
  expect(again.device).toBe(ben.device);
  const { events } = await client.call('getEvents', { token: again.token, params: { room } });
  const texts = events.flatMap(({ content }) => (content?.type === 'text' ? [content.text] : []));
  expect(texts).toEqual(['before', 'meanwhile']);
});

test('[ADMIN4] the last administrator who can log in stays, and who comes after may take over', async () => {
  const { client } = server;
  expect(await client.refused('suspendAccount', of(root.user))).toBe('last-administrator');
  expect(await client.refused('unmakeAdministrator', of(root.user))).toBe('last-administrator');
  expect(await client.refused('listAccounts', { token: ben.token })).toBe('forbidden');
  await client.call('makeAdministrator', of(ben.user));
  // The token is the same: what it may do is asked for anew.
  expect((await client.call('getMe', { token: ben.token })).administrator).toBe(true);
  await client.call('unmakeAdministrator', { token: ben.token, params: { user: root.user } });
  expect(await client.refused('listAccounts', { token: root.token })).toBe('forbidden');
  expect(await client.refused('suspendAccount', { token: ben.token, params: { user: ben.user } })).toBe(
    'last-administrator',
  );
});

test('[ADMIN5] a reset ends every way in but one code, which only its answer says', async () => {
  const { client } = server;
  const session = await server.open(ben.token);
  const { recoveryCode } = await client.call('resetPassword', of(ben.user));
  expect(session.closed?.code).toBe(closeCodes.signedOut.code);
  expect(await client.refused('getMe', { token: ben.token })).toBe('unauthorized');
  expect(await logIn()).toBe('invalid-credentials');
  const recover = (code: string) =>
    client.outcome('recover', {
      body: { handle: 'ben', recoveryCode: code, newPassword: 'battery staple' },
    });
  const [old = ''] = ben.recoveryCodes;
  expect(old).not.toBe('');
  expect(await recover(old)).toBe('invalid-credentials');
  expect(await recover(recoveryCode)).toBe('done');
  expect(await recover(recoveryCode)).toBe('invalid-credentials');
  expect(await logIn('battery staple')).toBe('done');
  expect(server.logged.join('\n')).not.toContain(recoveryCode);
});
