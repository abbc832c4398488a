import { expect, test } from 'bun:test';
import { newUserId } from '@maru/protocol';
import { inviteFirstAdministrator } from './first-administrator.ts';
import { systemRandom } from './system-clock.ts';
import { composedServer } from './testing/composed-server.ts';

const PASSWORD = 'correct horse';

function closedServer() {
  const server = composedServer({ config: { signUp: 'closed' } });
  const start = () => inviteFirstAdministrator(server.engine.directory, server.clock, systemRandom);
  const signUp = (handle: string, invite = '') => {
    const body = { handle, name: handle, password: PASSWORD, device: { name: 'laptop' }, invite };
    return server.client.outcome('signUp', { body });
  };
  return { ...server, start, signUp };
}

test('[ADMIN8] of the invites of two starts the newer makes the administrator, also at once', async () => {
  const { start, signUp, engine } = closedServer();
  const [older, newer] = [await start(), await start()];
  const outcomes = await Promise.all([signUp('mallory', older), signUp('ada', newer), signUp('eve', newer)]);
  expect(outcomes.toSorted()).toEqual(['done', 'invite-required', 'sign-up-closed']);
  expect(outcomes[0]).toBe('sign-up-closed');
  const page = { after: undefined, limit: 10, only: 'administrators' } as const;
  expect(await engine.directory.listUsers(page)).toHaveLength(1);
  expect(await start()).toBeUndefined();
});

test('[ADMIN4] the last administrator does not go, and no earlier invite comes back to life', async () => {
  const { start, signUp, client } = closedServer();
  const [older, newer] = [await start(), await start()];
  expect(await signUp('ada', newer)).toBe('done');
  const body = { handle: 'ada', password: PASSWORD, device: { name: 'laptop' } };
  const { token } = await client.call('logIn', { body });
  expect(await client.refused('deleteMe', { token, body: { password: PASSWORD } })).toBe(
    'last-administrator',
  );
  expect((await client.call('getMe', { token })).administrator).toBe(true);
  expect(await signUp('mallory', older)).toBe('sign-up-closed');
});

test('[ADMIN4] somebody imported is made an administrator only when they can log in', async () => {
  const server = composedServer();
  const root = await server.person('root', { administrator: true });
  const imported = { user: newUserId(), handle: 'imported', name: 'Imported', at: server.clock.now() };
  await server.engine.directory.createPlaceholders([imported]);
  const of = { token: root.token, params: { user: imported.user } };
  expect(await server.client.refusal('makeAdministrator', of)).toMatchObject({
    code: 'bad-request',
    field: 'user',
  });
  await server.client.call('resetPassword', of);
  await server.client.call('makeAdministrator', of);
});
