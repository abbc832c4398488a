import { describe, expect, test } from 'bun:test';
import { type Cursor, type DeviceId, newDeviceId, newUserId, type UserId } from '@maru/protocol';
import type { AccountChange, NewUser } from '../directory.ts';
import { AT, newDevice, newUser } from './accounts.ts';
import { type EngineHarness, openWorld } from './harness.ts';

/** Contract of `Directory`. */
export function testDirectory(harness: EngineHarness): void {
  describe(`Directory (${harness.name})`, () => {
    const world = openWorld(harness);
    const signUp = async (change: Partial<NewUser> = {}): Promise<NewUser> => {
      const user = newUser(change);
      expect(await world().directory.createUser(user)).toBe('created');
      return user;
    };
    /** Signs a new device in, and gives its id and token. */
    const signIn = async (user: UserId): Promise<{ device: DeviceId; tokenHash: string }> => {
      const request = newDevice(user);
      expect(await world().directory.signIn(request, 50)).toBe('signed-in');
      return request;
    };

    test('a user is found by id and by handle, as it was given', async () => {
      const { directory } = world();
      const { user, handle } = await signUp();
      const record = {
        user,
        handle,
        name: '김하늘',
        status: '',
        avatar: undefined,
        profileAt: AT,
        passwordHash: 'argon',
        administrator: false,
        hidePresence: false,
        findable: true,
        whoMayWrite: 'everyone' as const,
        whoMayAdd: 'everyone' as const,
        createdAt: AT,
        suspendedAt: undefined,
        deletedAt: undefined,
      };
      expect(await directory.user(user)).toEqual(record);
      expect(await directory.userByHandle(handle)).toEqual(record);
      expect(await directory.users([newUserId(), user])).toEqual([record]);
      expect(await directory.user(newUserId())).toBeUndefined();
      expect(await directory.userByHandle('nobody')).toBeUndefined();
      expect(await directory.users([])).toEqual([]);
    });

    test('a thousand users are read at once', async () => {
      const { directory } = world();
      const users = Array.from({ length: 1_000 }, () => newUser());
      await Promise.all(users.map((user) => directory.createUser(user)));
      const found = await directory.users(users.map(({ user }) => user));
      expect(new Set(found.map(({ user }) => user))).toEqual(new Set(users.map(({ user }) => user)));
    });

    test('of many that want a handle at once, one gets it', async () => {
      const { directory } = world();
      const users = Array.from({ length: 20 }, () => newUser({ handle: 'wanted' }));
      const answers = await Promise.all(users.map((user) => directory.createUser(user)));
      expect(answers.filter((answer) => answer === 'created')).toHaveLength(1);
      expect(answers.filter((answer) => answer === 'handle-taken')).toHaveLength(19);
      const winner = users[answers.indexOf('created')];
      expect((await directory.userByHandle('wanted'))?.user).toBe(winner?.user as UserId);
      expect(await directory.users(users.map(({ user }) => user))).toHaveLength(1);
    });

    test('an invite makes one account, however many use it at once', async () => {
      const { directory } = world();
      await directory.createInvite('invite', undefined, AT + 1, true);
      expect(await directory.invite('invite', AT)).toMatchObject({ administrator: true });
      expect(await directory.invite('invite', AT + 1)).toBeUndefined();
      const users = Array.from({ length: 10 }, () => newUser({ inviteHash: 'invite' }));
      const answers = await Promise.all(users.map((user) => directory.createUser(user)));
      expect(answers.filter((answer) => answer === 'created')).toHaveLength(1);
      expect(answers.filter((answer) => answer === 'invite-invalid')).toHaveLength(9);
      expect(await directory.invite('invite', AT)).toBeUndefined();
    });

    test('an invite that is unknown or expired makes none, and a taken handle leaves it usable', async () => {
      const { directory } = world();
      const taken = await signUp();
      await directory.createInvite('late', taken.user, AT, false);
      await directory.createInvite('good', taken.user, AT + 1, false);
      expect(await directory.createUser(newUser({ inviteHash: 'unknown' }))).toBe('invite-invalid');
      expect(await directory.createUser(newUser({ inviteHash: 'late' }))).toBe('invite-invalid');
      expect(await directory.createUser(newUser({ inviteHash: 'good', handle: taken.handle }))).toBe(
        'handle-taken',
      );
      const good = { by: taken.user, expiresAt: AT + 1, administrator: false };
      expect(await directory.invite('good', AT)).toMatchObject(good);
      await signUp({ inviteHash: 'good' });
    });

    test('placeholders are made once a handle', async () => {
      const { directory } = world();
      const { user, handle } = await signUp();
      const fresh = newUserId();
      const wanted = [
        { user: newUserId(), handle, name: 'other', at: AT },
        { user: fresh, handle: 'irc.lee', name: 'Lee|away', at: AT },
      ];
      expect(await directory.createPlaceholders(wanted)).toEqual(
        new Map([
          [handle, user],
          ['irc.lee', fresh],
        ]),
      );
      const again = wanted.map((one) => ({ ...one, user: newUserId() }));
      expect((await directory.createPlaceholders(again)).get('irc.lee')).toBe(fresh);
      expect(await directory.user(fresh)).toMatchObject({ name: 'Lee|away', passwordHash: undefined });
    });

    test('[ADMIN8] one becomes the first administrator, by the newest invite for it', async () => {
      const { directory } = world();
      const invite = (hash: string, administrator: boolean) =>
        directory.createInvite(hash, undefined, AT + 1, administrator);
      // An account that nobody can log in to is no administrator, whatever its row says.
      await signUp({ administrator: true, passwordHash: undefined });
      expect(await directory.hasAdministrator()).toBe(false);
      for (const hash of ['first start', 'second start']) await invite(hash, true);
      for (const hash of ['guest', 'another guest']) await invite(hash, false);
      const first = newUser({ administrator: true, inviteHash: 'first start' });
      expect(await directory.createUser(first)).toBe('invite-invalid');
      const hashes = ['second start', 'guest'];
      const users = hashes.map((inviteHash) => newUser({ administrator: true, inviteHash }));
      const answers = await Promise.all(users.map((user) => directory.createUser(user)));
      expect(answers.toSorted()).toEqual(['created', 'invite-invalid']);
      expect(await directory.hasAdministrator()).toBe(true);
      const user = users[answers.indexOf('created')]?.user ?? fail();
      const { tokenHash } = await signIn(user);
      expect(await directory.deviceByToken(tokenHash)).toMatchObject({ administrator: true });
      expect(await directory.invite('second start', AT)).toBeUndefined();
      expect(await directory.invite('another guest', AT)).toMatchObject({ administrator: false });
    });

    test('[ADMIN8] whoever becomes an administrator ends the invites to become the first', async () => {
      const { directory } = world();
      await directory.createInvite('unused start', undefined, AT + 1, true);
      await signUp({ administrator: true });
      expect(await directory.invite('unused start', AT)).toBeUndefined();
    });

    test('name and setting are changed one by one', async () => {
      const { directory } = world();
      const { user } = await signUp();
      expect(await directory.updateUser(user, { name: 'new' }, AT)).toMatchObject({
        name: 'new',
        hidePresence: false,
      });
      expect(await directory.updateUser(user, { hidePresence: true }, AT)).toMatchObject({
        name: 'new',
        hidePresence: true,
      });
      const circles = {
        findable: false,
        whoMayWrite: 'contacts',
        whoMayAdd: 'contacts-of-contacts',
      } as const;
      for (const [setting, value] of Object.entries(circles)) {
        expect(await directory.updateUser(user, { [setting]: value }, AT + 9)).toMatchObject({
          [setting]: value,
          profileAt: AT + 1,
        });
      }
      expect(await directory.user(user)).toMatchObject({ ...circles, hidePresence: true });
      expect(await directory.updateUser(user, {}, AT)).toEqual((await directory.user(user)) ?? fail());
      expect(await directory.updateUser(newUserId(), { name: 'x' }, AT)).toBeUndefined();
    });

    test('[PEOPLE1] each change of what others see has a higher number than the one before', async () => {
      const { directory } = world();
      const { user } = await signUp();
      const change = async (...args: [AccountChange, number]) => {
        const { name, status, profileAt } = (await directory.updateUser(user, ...args)) ?? fail();
        expect(await directory.user(user)).toMatchObject({ name, status, profileAt });
        return [name, status, profileAt];
      };
      expect(await change({ status: '휴가 중' }, AT + 10)).toEqual(['김하늘', '휴가 중', AT + 10]);
      // The clock was put back.
      expect(await change({ name: 'new' }, AT)).toEqual(['new', '휴가 중', AT + 11]);
      expect(await change({ hidePresence: true }, AT + 50)).toEqual(['new', '휴가 중', AT + 11]);
      expect(await change({ status: '' }, AT + 50)).toEqual(['new', '', AT + 50]);
    });

    test('[PEOPLE6] an image is kept as long as somebody has it', async () => {
      const { directory } = world();
      const [a, b] = [await signUp(), await signUp()];
      const avatar = (letter: string) => ({ hash: letter.repeat(64), image: new Uint8Array([0, 255, 128]) });
      const [first, second] = [avatar('1'), avatar('2')];
      const setOf = async ({ user }: { user: UserId }, ...args: [typeof first | undefined, number]) => {
        const { avatar: hash, profileAt } = (await directory.setAvatar(user, ...args)) ?? fail();
        expect(await directory.user(user)).toMatchObject({ avatar: hash, profileAt });
        return [hash, profileAt];
      };
      const isKept = async ({ hash }: typeof first) => (await directory.avatarImage(hash)) !== undefined;
      expect(await isKept(first)).toBe(false);
      expect(await setOf(a, first, AT + 5)).toEqual([first.hash, AT + 5]);
      expect(new Uint8Array((await directory.avatarImage(first.hash)) ?? [])).toEqual(first.image);
      expect(await setOf(a, first, AT)).toEqual([first.hash, AT + 6]);
      await setOf(b, first, AT);
      await setOf(a, second, AT + 9);
      expect([await isKept(first), await isKept(second)]).toEqual([true, true]);
      expect(await setOf(b, undefined, AT + 20)).toEqual([undefined, AT + 20]);
      expect([await isKept(first), await isKept(second)]).toEqual([false, true]);
      await directory.deleteUser(a.user, AT + 30);
      expect(await isKept(second)).toBe(false);
      expect(await directory.user(a.user)).toMatchObject({ avatar: undefined });
      expect(await directory.setAvatar(a.user, first, AT + 31)).toBeUndefined();
      expect(await isKept(first)).toBe(false);
    });

    test('[PRIV9] a device is known by its token until it is signed out', async () => {
      const { directory } = world();
      const { user } = await signUp();
      const { device, tokenHash } = await signIn(user);
      const record = {
        ...{ device, user, name: 'phone', createdAt: AT, lastSeenAt: AT },
        ...{ signedIn: true, cursor: undefined },
      };
      expect(await directory.deviceByToken(tokenHash)).toEqual({ ...record, administrator: false });
      expect(await directory.devices(user)).toEqual([record]);
      const stranger = (await signUp()).user;
      expect(await directory.signOut(stranger, device)).toBe(false);
      expect(await directory.signOut(user, device)).toBe(true);
      expect(await directory.signOut(user, device)).toBe(false);
      expect(await directory.deviceByToken(tokenHash)).toBeUndefined();
      expect(await directory.devices(user)).toEqual([{ ...record, signedIn: false }]);
    });

    test('a device keeps its id over logging out and in, and the old token is no use', async () => {
      const { directory } = world();
      const { user } = await signUp();
      const { device, tokenHash } = await signIn(user);
      const again = { device, user, name: 'tablet', tokenHash: 'again', at: AT + 5 };
      expect(await directory.signIn(again, 1)).toBe('signed-in');
      expect(await directory.deviceByToken(tokenHash)).toBeUndefined();
      await directory.signOut(user, device);
      expect(await directory.signIn({ ...again, tokenHash: 'third' }, 1)).toBe('signed-in');
      expect(await directory.devices(user)).toEqual([
        {
          ...{ device, user, name: 'tablet', createdAt: AT, lastSeenAt: AT + 5 },
          ...{ signedIn: true, cursor: undefined },
        },
      ]);
    });

    test('a device of another user is not taken over', async () => {
      const { directory } = world();
      const [owner, thief] = [await signUp(), await signUp()];
      const { device, tokenHash } = await signIn(owner.user);
      const request = { device, user: thief.user, name: 'mine', tokenHash: 'stolen', at: AT };
      expect(await directory.signIn(request, 50)).toBe('foreign');
      await directory.signOut(owner.user, device);
      expect(await directory.signIn(request, 50)).toBe('foreign');
      expect(await directory.deviceByToken('stolen')).toBeUndefined();
      expect(await directory.deviceByToken(tokenHash)).toBeUndefined();
      expect(await directory.renameDevice(thief.user, device, 'mine')).toBe(false);
    });

    test('an account has so many devices at most, also at once', async () => {
      const { directory } = world();
      const { user } = await signUp();
      const requests = Array.from({ length: 8 }, () => newDevice(user));
      const answers = await Promise.all(requests.map((request) => directory.signIn(request, 3)));
      expect(answers.filter((answer) => answer === 'signed-in')).toHaveLength(3);
      expect(answers.filter((answer) => answer === 'devices-full')).toHaveLength(5);
      const first = requests[answers.indexOf('signed-in')]?.device ?? fail();
      await directory.signOut(user, first);
      const refused = requests[answers.indexOf('devices-full')] ?? fail();
      expect(await directory.signIn(refused, 3)).toBe('signed-in');
    });

    test('devices are renamed, and seen', async () => {
      const { directory } = world();
      const { user } = await signUp();
      const [one, other] = [await signIn(user), await signIn(user)];
      expect(await directory.renameDevice(user, one.device, '노트북')).toBe(true);
      await directory.touchDevices([
        { device: one.device, at: AT + 60_000, cursor: 'e.1' as Cursor },
        { device: other.device, at: AT - 60_000 },
        { device: newDeviceId(), at: AT },
      ]);
      const devices = new Map((await directory.devices(user)).map((device) => [device.device, device]));
      expect(devices.get(one.device)).toMatchObject({ name: '노트북', lastSeenAt: AT + 60_000 });
      expect(devices.get(other.device)).toMatchObject({ name: 'phone', lastSeenAt: AT });
      const cursorOf = async () =>
        (await directory.devices(user)).find(({ device }) => device === one.device)?.cursor;
      expect(await cursorOf()).toBe('e.1' as Cursor);
      // Seen without saying where it is, it is where it was; and a clock that went back says nothing about that.
      await directory.touchDevices([{ device: one.device, at: AT + 70_000 }]);
      expect(await cursorOf()).toBe('e.1' as Cursor);
      await directory.touchDevices([{ device: one.device, at: AT, cursor: 'e.2' as Cursor }]);
      expect(await cursorOf()).toBe('e.2' as Cursor);
      await directory.signIn({ device: one.device, user, name: 'x', tokenHash: 'one again', at: AT }, 50);
      expect(await cursorOf()).toBe('e.2' as Cursor);
    });

    test('[PRIV9] a new password signs the other devices out', async () => {
      const { directory } = world();
      const { user } = await signUp();
      const [kept, lost, gone] = [await signIn(user), await signIn(user), await signIn(user)];
      await directory.signOut(user, gone.device);
      const by = { user, device: kept.device, passwordHash: 'argon' };
      expect(await directory.setPassword(by, 'new')).toEqual([lost.device]);
      expect((await directory.user(user))?.passwordHash).toBe('new');
      expect(await directory.deviceByToken(kept.tokenHash)).toMatchObject({ device: kept.device });
      expect(await directory.deviceByToken(lost.tokenHash)).toBeUndefined();
      expect(await directory.setPassword({ ...by, passwordHash: 'new' }, 'newer')).toEqual([]);
    });

    test('a recovery code sets the password once, also at once', async () => {
      const { directory } = world();
      const { user } = await signUp({ recoveryHashes: ['code a', 'code b'] });
      const { device } = await signIn(user);
      expect(await directory.recover(user, 'code c', 'x')).toBe('invalid');
      expect(await directory.recover((await signUp()).user, 'code a', 'x')).toBe('invalid');
      expect((await directory.user(user))?.passwordHash).toBe('argon');
      const tries = Array.from({ length: 5 }, (_, i) => directory.recover(user, 'code a', `new ${i}`));
      const answers = await Promise.all(tries);
      const used = answers.findIndex((answer) => answer !== 'invalid');
      expect(answers.filter((answer) => answer === 'invalid')).toHaveLength(4);
      expect(answers[used]).toEqual([device]);
      expect((await directory.user(user))?.passwordHash).toBe(`new ${used}`);
      expect(await directory.recover(user, 'code b', 'last')).toEqual([]);
    });

    test('a deleted account keeps its handle and nothing else, and its rooms are to be left', async () => {
      const { directory } = world();
      const [first, second] = [await signUp({ recoveryHashes: ['code'] }), await signUp()];
      const { device, tokenHash } = await signIn(first.user);
      expect(await directory.deleteUser(first.user, AT + 1)).toEqual([device]);
      await directory.deleteUser(second.user, AT + 2);
      expect(await directory.user(first.user)).toMatchObject({
        handle: first.handle,
        name: '',
        status: '',
        passwordHash: undefined,
        administrator: false,
        deletedAt: AT + 1,
      });
      expect(await directory.deviceByToken(tokenHash)).toBeUndefined();
      expect(await directory.devices(first.user)).toEqual([]);
      expect(await directory.recover(first.user, 'code', 'x')).toBe('invalid');
      const by = { user: first.user, device, passwordHash: 'argon' };
      expect(await directory.setPassword(by, 'x')).toBe('outdated');
      expect(await directory.deleteUser(first.user, AT + 3, by)).toBe('outdated');
      expect(await directory.updateUser(first.user, { name: 'x' }, AT)).toBeUndefined();
      expect(await directory.deleteUser(first.user, AT + 3)).toEqual([]);
      const request = { device, user: first.user, name: 'phone', tokenHash: 'late', at: AT };
      expect(await directory.signIn(request, 50)).toBe('foreign');
      expect(await directory.createUser(newUser({ handle: first.handle }))).toBe('handle-taken');
      const pending = (await directory.departures()).filter(
        (user) => user === first.user || user === second.user,
      );
      expect(pending).toEqual([first.user, second.user]);
      await directory.departed(first.user);
      expect(await directory.departures()).not.toContain(first.user);
    });

    test('[DUR6] accounts are there after a restart', async () => {
      const { user } = await signUp();
      const { device, tokenHash } = await signIn(user);
      const before = await world().directory.user(user);
      await world().reopen();
      expect(await world().directory.user(user)).toEqual(before);
      expect(await world().directory.deviceByToken(tokenHash)).toMatchObject({ device });
    });

    test('changes of accounts and entries of the log go side by side', async () => {
      const { append, directory, rooms, script } = world();
      const ana = script.person();
      const created = script.group(ana);
      const user = newUser();
      const [answer] = await Promise.all([
        directory.createUser(user),
        append(created),
        directory.createUser(newUser()),
      ]);
      expect(answer).toBe('created');
      expect(await rooms.state(created.room)).toEqual(script.state(created.room));
    });
  });
}

function fail(): never {
  throw new Error('expected something');
}
