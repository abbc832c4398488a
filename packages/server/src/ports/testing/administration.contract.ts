import { describe, expect, test } from 'bun:test';
import { type DeviceId, newUserId, type UserId } from '@maru/protocol';
import type { NewUser } from '../directory.ts';
import { AT, newDevice, newUser } from './accounts.ts';
import { type EngineHarness, openWorld } from './harness.ts';

/** Contract of those methods of `Directory` by which administrators look after accounts and invites. */
export function testAdministration(harness: EngineHarness): void {
  describe(`Directory, for administrators (${harness.name})`, () => {
    const world = openWorld(harness);
    const signUp = async (change: Partial<NewUser> = {}): Promise<UserId> => {
      const account = newUser(change);
      expect(await world().directory.createUser(account)).toBe('created');
      return account.user;
    };
    const signIn = async (user: UserId) => {
      const request = newDevice(user);
      return { ...request, outcome: await world().directory.signIn(request, 50) };
    };
    /** Makes `who` the only administrator who can log in. */
    const onlyAdministrators = async (...who: UserId[]) => {
      const { directory } = world();
      for (const user of who) await directory.setAdministrator(user, true);
      const page = { after: undefined, limit: 1_000, only: 'administrators' } as const;
      for (const { user } of await directory.listUsers(page)) {
        if (!who.includes(user)) await directory.setAdministrator(user, false);
      }
    };

    test('[ADMIN6] users are listed by handle, a page at a time, each once', async () => {
      const { directory } = world();
      const letters = [...'gfedcba'];
      const handles = letters.map((letter) => `list.${letter}`);
      for (const handle of handles) await signUp({ handle });
      const read: string[] = [];
      let after = 'list';
      for (;;) {
        const page = await directory.listUsers({ after, limit: 3, only: undefined });
        const mine = page.map(({ handle }) => handle).filter((handle) => handle.startsWith('list.'));
        read.push(...mine);
        if (mine.length < 3) break;
        after = mine.at(-1) ?? after;
      }
      expect(read).toEqual(handles.toReversed());
      expect(await directory.listUsers({ after: 'zzzz', limit: 3, only: undefined })).toEqual([]);
    });

    test('[ADMIN6] those who are suspended, and administrators, are listed by themselves', async () => {
      const { directory } = world();
      const [boss, calm, wild] = [await signUp(), await signUp(), await signUp()];
      await onlyAdministrators(boss);
      await directory.suspendUser(wild, AT);
      const list = async (only: 'administrators' | 'suspended') =>
        (await directory.listUsers({ after: undefined, limit: 100, only })).map(({ user }) => user);
      expect(await list('administrators')).toEqual([boss]);
      expect(await list('suspended')).toContain(wild);
      expect(await list('suspended')).not.toContain(calm);
      await directory.unsuspendUser(wild);
      expect(await list('suspended')).not.toContain(wild);
    });

    test('[ADMIN2] a suspension ends all tokens, says of each why, and lets no device in', async () => {
      const { directory } = world();
      const [user, other] = [await signUp(), await signUp()];
      const [one, two, gone] = [await signIn(user), await signIn(user), await signIn(user)];
      const spared = await signIn(other);
      await directory.signOut(user, gone.device);
      const ended = await directory.suspendUser(user, AT + 1);
      expect(new Set(ended)).toEqual(new Set([one.device, two.device]));
      expect(await directory.user(user)).toMatchObject({ suspendedAt: AT + 1, passwordHash: 'argon' });
      for (const { tokenHash } of [one, two]) {
        expect(await directory.deviceByToken(tokenHash)).toBeUndefined();
        expect(await directory.endedBySuspension(tokenHash)).toBe(true);
      }
      expect(await directory.endedBySuspension(gone.tokenHash)).toBe(false);
      expect(await directory.endedBySuspension(spared.tokenHash)).toBe(false);
      expect(await directory.deviceByToken(spared.tokenHash)).toMatchObject({ device: spared.device });
      expect((await signIn(user)).outcome).toBe('suspended');
      expect(await directory.suspendUser(user, AT + 2)).toEqual([]);
      expect(await directory.user(user)).toMatchObject({ suspendedAt: AT + 1 });
      expect(await directory.suspendUser(newUserId(), AT)).toBe('not-found');
    });

    test('[ADMIN3] who is unsuspended signs in again, by new tokens only', async () => {
      const { directory } = world();
      const user = await signUp();
      const { tokenHash } = await signIn(user);
      await directory.suspendUser(user, AT);
      expect(await directory.unsuspendUser(user)).toBe(true);
      expect(await directory.user(user)).toMatchObject({ suspendedAt: undefined });
      expect(await directory.deviceByToken(tokenHash)).toBeUndefined();
      expect(await directory.endedBySuspension(tokenHash)).toBe(false);
      expect((await signIn(user)).outcome).toBe('signed-in');
      expect(await directory.unsuspendUser(user)).toBe(true);
      expect(await directory.unsuspendUser(newUserId())).toBe(false);
    });

    test('[ADMIN2] a sign-in and a suspension at once: no token outlives both', async () => {
      const { directory } = world();
      for (let i = 0; i < 10; i++) {
        const user = await signUp();
        const [{ tokenHash }] = await Promise.all([signIn(user), directory.suspendUser(user, AT)]);
        expect(await directory.deviceByToken(tokenHash)).toBeUndefined();
      }
    });

    test('[ADMIN4] two administrators who act upon each other at once: one stays', async () => {
      const { directory } = world();
      const [one, two] = [await signUp(), await signUp()];
      await onlyAdministrators(one, two);
      const answers = await Promise.all([directory.suspendUser(one, AT), directory.suspendUser(two, AT)]);
      expect(answers.filter((answer) => answer === 'last-administrator')).toHaveLength(1);
      const left = answers[0] === 'last-administrator' ? one : two;
      expect(await directory.setAdministrator(left, false)).toBe('last-administrator');
      // Who is suspended can't log in, and doesn't count.
      const gone = left === one ? two : one;
      await directory.unsuspendUser(gone);
      expect(await directory.setAdministrator(left, false)).toBe('done');
      expect(await directory.suspendUser(gone, AT)).toBe('last-administrator');
      expect(await directory.user(left)).toMatchObject({ administrator: false });
      expect(await directory.setAdministrator(newUserId(), true)).toBe('not-found');
    });

    test('[ADMIN4] the last administrator who can log in does not delete the account', async () => {
      const { directory } = world();
      const [one, two] = [await signUp(), await signUp()];
      const { device, tokenHash } = await signIn(one);
      await onlyAdministrators(one);
      const by = { user: one, device, passwordHash: 'argon' };
      expect(await directory.deleteUser(one, AT, by)).toBe('last-administrator');
      expect(await directory.deleteUser(one, AT)).toBe('last-administrator');
      expect(await directory.deviceByToken(tokenHash)).toMatchObject({ device, administrator: true });
      await directory.setAdministrator(two, true);
      const answers = await Promise.all([directory.deleteUser(one, AT, by), directory.deleteUser(two, AT)]);
      expect(answers).toEqual([[device], 'last-administrator']);
      expect(await directory.hasAdministrator()).toBe(true);
    });

    test('[ADMIN4] nobody becomes an administrator who can not log in, or counts as one', async () => {
      const { directory } = world();
      const [boss, imported] = [await signUp(), await signUp({ passwordHash: undefined })];
      await onlyAdministrators(boss);
      expect(await directory.setAdministrator(imported, true)).toBe('placeholder');
      expect(await directory.user(imported)).toMatchObject({ administrator: false });
      await signUp({ administrator: true, passwordHash: undefined });
      expect(await directory.setAdministrator(boss, false)).toBe('last-administrator');
      expect(await directory.suspendUser(boss, AT)).toBe('last-administrator');
      await directory.resetPassword(imported, 'locked', 'code of the imported');
      expect(await directory.setAdministrator(imported, true)).toBe('done');
      expect(await directory.setAdministrator(boss, false)).toBe('done');
    });

    test('[ADMIN5] a reset leaves one way in: its recovery code', async () => {
      const { directory } = world();
      const user = await signUp({ recoveryHashes: ['reset a', 'reset b'] });
      const { device, tokenHash } = await signIn(user);
      expect(await directory.resetPassword(user, 'locked', 'reset c')).toEqual([device]);
      expect(await directory.deviceByToken(tokenHash)).toBeUndefined();
      expect(await directory.user(user)).toMatchObject({ passwordHash: 'locked' });
      expect(await directory.recover(user, 'reset a', 'x')).toBe('invalid');
      expect(await directory.recover(user, 'reset c', 'new')).toEqual([]);
      expect(await directory.recover(user, 'reset c', 'newer')).toBe('invalid');
      expect(await directory.resetPassword(newUserId(), 'locked', 'x')).toBe('not-found');
    });

    describe('[ADMIN5] what was begun by a password that is no more changes nothing', () => {
      const ways: Record<string, (user: UserId, device: DeviceId) => Promise<unknown>> = {
        'another password': (user, device) =>
          world().directory.setPassword({ user, device, passwordHash: 'argon' }, 'new'),
        'a reset': (user) => world().directory.resetPassword(user, 'locked', `reset of ${user}`),
        'a recovery': (user) => world().directory.recover(user, `code of ${user}`, 'recovered'),
        'a suspension': (user) => world().directory.suspendUser(user, AT),
        'a suspension that is over': async (user) => {
          await world().directory.suspendUser(user, AT);
          await world().directory.unsuspendUser(user);
        },
        'a log-out': (user, device) => world().directory.signOut(user, device),
      };
      test.each(Object.entries(ways))('%s', async (_, end) => {
        const { directory } = world();
        const user = newUserId();
        await signUp({ user, recoveryHashes: [`code of ${user}`] });
        const { device } = await signIn(user);
        const by = { user, device, passwordHash: 'argon' };
        await end(user, device);
        const before = await directory.user(user);
        expect(await directory.setPassword(by, 'late')).toBe('outdated');
        expect(await directory.setRecoveryCodes(by, [`late of ${user}`])).toBe('outdated');
        expect(await directory.deleteUser(user, AT, by)).toBe('outdated');
        expect(await directory.user(user)).toEqual(before);
        expect(await directory.recover(user, `late of ${user}`, 'x')).toBe('invalid');
      });

      test("and so does another user's device, or another password", async () => {
        const { directory } = world();
        const [user, other] = [await signUp(), await signUp()];
        const [mine, theirs] = [await signIn(user), await signIn(other)];
        const by = { user, device: mine.device, passwordHash: 'argon' };
        for (const wrong of [
          { ...by, device: theirs.device },
          { ...by, passwordHash: 'other' },
        ]) {
          expect(await directory.setPassword(wrong, 'late')).toBe('outdated');
          expect(await directory.setRecoveryCodes(wrong, ['late'])).toBe('outdated');
          expect(await directory.deleteUser(user, AT, wrong)).toBe('outdated');
        }
        expect(await directory.user(user)).toMatchObject({ passwordHash: 'argon', deletedAt: undefined });
      });

      test('of two at once, one changes the password', async () => {
        const { directory } = world();
        const user = await signUp();
        const devices = [await signIn(user), await signIn(user)];
        const change = ({ device }: { device: DeviceId }) =>
          directory.setPassword({ user, device, passwordHash: 'argon' }, `of ${device}`);
        const answers = await Promise.all(devices.map(change));
        expect(answers.filter((answer) => answer === 'outdated')).toHaveLength(1);
        const winner = devices[answers.findIndex((answer) => answer !== 'outdated')];
        expect((await directory.user(user))?.passwordHash).toBe(`of ${winner?.device}`);
      });
    });

    test('recovery codes are replaced all at once', async () => {
      const { directory } = world();
      const user = await signUp({ recoveryHashes: ['old a', 'old b'] });
      const { device, tokenHash } = await signIn(user);
      const by = { user, device, passwordHash: 'argon' };
      expect(await directory.setRecoveryCodes(by, ['new a', 'new b'])).toBe('done');
      expect(await directory.deviceByToken(tokenHash)).toBeDefined();
      expect(await directory.recover(user, 'old a', 'x')).toBe('invalid');
      expect(await directory.setRecoveryCodes(by, ['newer'])).toBe('done');
      expect(await directory.recover(user, 'new b', 'x')).toBe('invalid');
      expect(await directory.recover(user, 'newer', 'x')).toEqual([device]);
      expect(await directory.setRecoveryCodes({ ...by, user: newUserId() }, ['x'])).toBe('outdated');
    });

    test('a deleted account is listed, and nothing is done to it any more', async () => {
      const { directory } = world();
      const user = await signUp({ handle: 'zz.deleted' });
      const { tokenHash } = await signIn(user);
      await directory.suspendUser(user, AT);
      await directory.deleteUser(user, AT + 1);
      const [listed] = await directory.listUsers({ after: 'zz.deletec', limit: 1, only: undefined });
      expect(listed).toMatchObject({ user, deletedAt: AT + 1, suspendedAt: undefined });
      expect(await directory.endedBySuspension(tokenHash)).toBe(false);
      expect(await directory.suspendUser(user, AT)).toBe('not-found');
      expect(await directory.unsuspendUser(user)).toBe(false);
      expect(await directory.setAdministrator(user, true)).toBe('not-found');
      expect(await directory.resetPassword(user, 'locked', 'x')).toBe('not-found');
    });

    test('[ADMIN6] open invites are listed by when they expire, a page at a time, and taken back', async () => {
      const { directory } = world();
      const by = await signUp();
      const hash = (digit: string) => `${digit.repeat(16)}rest of the hash`;
      const far = AT + 1e9;
      await directory.createInvite(hash('c'), by, far, false);
      await directory.createInvite(hash('b'), undefined, far, true);
      await directory.createInvite(hash('a'), by, far + 1, false);
      await directory.createInvite(hash('d'), by, far - 1, false);
      await directory.createInvite(hash('e'), by, far - 2, false);
      const list = async (after: { expiresAt: number; id: string } | undefined, limit: number) =>
        (await directory.openInvites({ now: far - 2, after, limit })).map(({ id }) => id.charAt(0)).join('');
      expect(await list(undefined, 10)).toBe('dbca');
      expect(await list(undefined, 2)).toBe('db');
      expect(await list({ expiresAt: far, id: 'b'.repeat(16) }, 10)).toBe('ca');
      const [, made] = await directory.openInvites({ now: far - 2, after: undefined, limit: 2 });
      expect(made).toEqual({ id: 'b'.repeat(16), by: undefined, expiresAt: far, administrator: true });
      await signUp({ inviteHash: hash('c') });
      expect(await list(undefined, 10)).toBe('dba');
      expect(await directory.revokeInvite('c'.repeat(16))).toBe(false);
      expect(await directory.revokeInvite('d'.repeat(16))).toBe(true);
      expect(await directory.revokeInvite('d'.repeat(16))).toBe(false);
      expect(await directory.invite(hash('d'), AT)).toBeUndefined();
      expect(await list(undefined, 10)).toBe('ba');
    });

    test('[DUR6] a suspension is there after a restart', async () => {
      const user = await signUp();
      const { tokenHash } = await signIn(user);
      await world().directory.suspendUser(user, AT);
      await world().reopen();
      expect(await world().directory.user(user)).toMatchObject({ suspendedAt: AT });
      expect(await world().directory.endedBySuspension(tokenHash)).toBe(true);
      expect((await signIn(user)).outcome).toBe('suspended');
    });
  });
}
