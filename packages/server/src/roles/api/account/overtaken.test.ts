import { beforeEach, describe, expect, test } from 'bun:test';
import type { ErrorCode } from '@maru/protocol';
import type { ComposedServer } from '../../../main/testing/composed-server.ts';
import { DEVICE, PASSWORD, type RootAndBen, rootAndBen } from '../../../main/testing/root-and-ben.ts';
import { ManualClock } from '../../../ports/testing/manual-clock.ts';
import { createPasswords } from '../../edge/passwords.ts';

let server: ComposedServer;
let ben: RootAndBen['ben'];
let of: RootAndBen['of'];
/** Runs after the next password was found right, before its answer is known: as if other hashes stood in the queue. */
let meanwhile: (() => Promise<unknown>) | undefined;

beforeEach(async () => {
  const clock = new ManualClock();
  const real = createPasswords(clock);
  const passwords: typeof real = {
    hash: real.hash,
    async verify(password, hash) {
      const outcome = await real.verify(password, hash);
      const run = meanwhile;
      meanwhile = undefined;
      await run?.();
      return outcome;
    },
  };
  ({ server, ben, of } = await rootAndBen({ clock, passwords }));
});

const recover = (recoveryCode: string, newPassword = 'given by the owner') =>
  server.client.outcome('recover', { body: { handle: 'ben', recoveryCode, newPassword } });
const logIn = (password: string) =>
  server.client.outcome('logIn', { body: { handle: 'ben', password, device: DEVICE } });

const changePassword = (next: string, token = ben.token) =>
  server.client.outcome('changePassword', { token, body: { current: PASSWORD, next } });
const tries: Record<string, () => Promise<ErrorCode | 'done'>> = {
  'a new password': () => changePassword('of the thief'),
  'new recovery codes': () =>
    server.client.outcome('renewRecoveryCodes', { token: ben.token, body: { password: PASSWORD } }),
  'the end of the account': () =>
    server.client.outcome('deleteMe', { token: ben.token, body: { password: PASSWORD } }),
};

describe('[ADMIN5] what was begun before an administrator reset the password leaves its code the one way in', () => {
  test.each(Object.entries(tries))('%s', async (_, attempt) => {
    let code = '';
    meanwhile = async () => {
      code = (await server.client.call('resetPassword', of(ben.user))).recoveryCode;
    };
    expect(await attempt()).toBe('invalid-credentials');
    expect(code).not.toBe('');
    expect(await logIn('of the thief')).toBe('invalid-credentials');
    expect(await recover(code)).toBe('done');
    expect(await logIn('given by the owner')).toBe('done');
  });
});

test.each(Object.entries(tries))(
  '[ADMIN2] %s, begun before a suspension, comes too late',
  async (_, attempt) => {
    const before = await server.engine.directory.user(ben.user);
    meanwhile = () => server.client.call('suspendAccount', of(ben.user));
    expect(await attempt()).toBe('invalid-credentials');
    const after = await server.engine.directory.user(ben.user);
    expect(after).toMatchObject({ passwordHash: before?.passwordHash, deletedAt: undefined });
  },
);

test('[PRIV9] a device that another signed out with a new password does not set one after it', async () => {
  const body = { handle: 'ben', password: PASSWORD, device: DEVICE };
  const other = await server.client.call('logIn', { body });
  meanwhile = () => changePassword('of the owner', other.token);
  expect(await changePassword('of the thief')).toBe('invalid-credentials');
  expect(await logIn('of the thief')).toBe('invalid-credentials');
  expect(await logIn('of the owner')).toBe('done');
});
