import { idToBytes, type PersonalCode } from '@maru/protocol';
import type { Kysely } from 'kysely';
import type { Directory } from '../../ports/directory.ts';
import { toUserRecord } from './accounts-rows.ts';
import type { AccountsSchema } from './accounts-schema.ts';

type Db = Kysely<AccountsSchema>;

/** The reads of `Directory` about personal links over SQL. */
export function personalLinksReader(db: Db): Pick<Directory, 'personalLink' | 'userByLink'> {
  return {
    async personalLink(user) {
      const row = await db
        .selectFrom('personal_links')
        .select('code')
        .where('user_id', '=', idToBytes(user))
        .executeTakeFirst();
      return row?.code as PersonalCode | undefined;
    },
    async userByLink(code) {
      const row = await db
        .selectFrom('personal_links')
        .innerJoin('users', 'users.id', 'personal_links.user_id')
        .selectAll('users')
        .where('personal_links.code', '=', code)
        .executeTakeFirst();
      return row && toUserRecord(row);
    },
  };
}

/** The writes. */
export function personalLinksWriter(db: Db): Pick<Directory, 'givePersonalLink' | 'revokePersonalLink'> {
  return {
    async givePersonalLink(user, code, renew) {
      const id = idToBytes(user);
      const account = db
        .selectFrom('users')
        .select('id')
        .where('id', '=', id)
        .where('deleted_at', 'is', null);
      // The account may have been deleted since it was asked for.
      if ((await account.executeTakeFirst()) === undefined) return undefined;
      await db
        .insertInto('personal_links')
        .values({ user_id: id, code })
        .onConflict((conflict) =>
          renew ? conflict.column('user_id').doUpdateSet({ code }) : conflict.column('user_id').doNothing(),
        )
        .execute();
      return personalLinksReader(db).personalLink(user);
    },
    async revokePersonalLink(user) {
      await db.deleteFrom('personal_links').where('user_id', '=', idToBytes(user)).execute();
    },
  };
}
