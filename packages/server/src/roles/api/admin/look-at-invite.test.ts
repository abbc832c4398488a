import { expect, test } from 'bun:test';
import { composedServer } from '../../../main/testing/composed-server.ts';

test('[ADMIN10] who has an invite sees whose it is, and it stays good for one sign-up', async () => {
  await using server = composedServer({ config: { signUp: 'invite' } });
  const root = await server.person('root', { administrator: true });
  const { invite, expiresAt } = await server.client.call('createInvite', {
    token: root.token,
    body: { expiresInS: 600 },
  });
  const look = (given: string) => server.client.outcome('lookAtInvite', { body: { invite: given } });
  const typed = invite.toUpperCase().replaceAll('-', ' ');
  for (let count = 0; count < 2; count++) {
    expect(await server.client.call('lookAtInvite', { body: { invite: typed } })).toEqual({
      by: { handle: 'root', name: 'root' },
      expiresAt,
      administrator: false,
    });
  }
  expect(await look('0000-0000-0000-0000')).toBe('invite-required');
  const account = { handle: 'ada', name: 'Ada', password: 'correct horse', device: { name: 'desk' } };
  await server.client.call('signUp', { body: { ...account, invite } });
  expect(await look(invite)).toBe('invite-required');
  const late = await server.client.call('createInvite', { token: root.token, body: { expiresInS: 600 } });
  server.clock.advance(600_000);
  expect(await look(late.invite)).toBe('invite-required');
});

test('[ADMIN10] a look counts as a sign-up', async () => {
  await using server = composedServer({ config: { logInsPerSecond: 0.001 } });
  const body = { invite: '0000-0000-0000-0000' };
  for (let count = 0; count < 60; count++)
    expect(await server.client.refused('lookAtInvite', { body })).toBe('invite-required');
  expect(await server.client.refused('lookAtInvite', { body })).toBe('rate-limited');
});
