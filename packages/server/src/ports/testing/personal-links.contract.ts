import { describe, expect, test } from 'bun:test';
import { newPersonalCode, newUserId, type UserId } from '@maru/protocol';
import { AT, newUser } from './accounts.ts';
import { type EngineHarness, openWorld } from './harness.ts';
import { seededRandom } from './seeded-random.ts';

/** Contract of what `Directory` keeps of personal links, and of pictures that some have given up. */
export function testPersonalLinks(harness: EngineHarness): void {
  describe(`personal links (${harness.name})`, () => {
    const world = openWorld(harness);
    const random = seededRandom();
    const newCode = () => newPersonalCode(random.bytes(16));

    async function signUp(): Promise<UserId> {
      const account = newUser();
      expect(await world().directory.createUser(account)).toBe('created');
      return account.user;
    }

    test('[FIND2] the first stays until it is renewed or revoked, and none leads anywhere that is not in force', async () => {
      const { directory } = world();
      const [ada, ben] = [await signUp(), await signUp()];
      const [first, second, bens] = [newCode(), newCode(), newCode()];
      expect(await directory.personalLink(ada)).toBeUndefined();
      expect(await directory.userByLink(first)).toBeUndefined();
      expect(await directory.givePersonalLink(ada, first, false)).toBe(first);
      expect(await directory.givePersonalLink(ada, second, false)).toBe(first);
      expect(await directory.givePersonalLink(ben, bens, true)).toBe(bens);
      expect((await directory.userByLink(first))?.user).toBe(ada);
      expect(await directory.userByLink(second)).toBeUndefined();
      expect(await directory.givePersonalLink(ada, second, true)).toBe(second);
      expect(await directory.personalLink(ada)).toBe(second);
      expect(await directory.userByLink(first)).toBeUndefined();
      expect(await directory.userByLink(second)).toEqual(await directory.user(ada));
      await directory.revokePersonalLink(ada);
      await directory.revokePersonalLink(ada);
      expect(await directory.personalLink(ada)).toBeUndefined();
      expect(await directory.userByLink(second)).toBeUndefined();
      expect((await directory.userByLink(bens))?.user).toBe(ben);
    });

    test('[FIND2] of many that are asked for at once one is made', async () => {
      const { directory } = world();
      const ada = await signUp();
      const given = await Promise.all(
        Array.from({ length: 10 }, () => directory.givePersonalLink(ada, newCode(), false)),
      );
      expect(new Set(given).size).toBe(1);
      expect(given[0]).toBe((await directory.personalLink(ada)) as never);
    });

    test('[FIND2] one ends with its account, and no other account gets one by then', async () => {
      const { directory } = world();
      const ada = await signUp();
      const code = newCode();
      await directory.givePersonalLink(ada, code, false);
      await directory.deleteUser(ada, AT + 1);
      expect(await directory.userByLink(code)).toBeUndefined();
      expect(await directory.personalLink(ada)).toBeUndefined();
      expect(await directory.givePersonalLink(ada, newCode(), false)).toBeUndefined();
      expect(await directory.givePersonalLink(newUserId(), newCode(), true)).toBeUndefined();
    });

    test('[REL6] a picture is there as long as somebody has it who is not left out', async () => {
      const { directory } = world();
      const [ada, ben] = [await signUp(), await signUp()];
      const avatar = { hash: 'a'.repeat(64), image: new Uint8Array([1]) };
      const isSeen = async (...except: UserId[]) =>
        (await directory.avatarImage(avatar.hash, except)) !== undefined;
      await directory.setAvatar(ada, avatar, AT);
      expect([await isSeen(), await isSeen(ben), await isSeen(ada), await isSeen(ben, ada)]).toEqual([
        ...[true, true, false, false],
      ]);
      await directory.setAvatar(ben, avatar, AT);
      expect([await isSeen(ada), await isSeen(ben, ada)]).toEqual([true, false]);
    });
  });
}
