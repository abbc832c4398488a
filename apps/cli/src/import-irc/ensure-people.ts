import { newUserId, type UserId } from '@maru/protocol';
import type { Directory } from '@maru/server';
import { handleOfNick, nameOfNick } from './nick-names.ts';

/** Nobody makes so many accounts under handles that follow from a nickname's hash. */
const ATTEMPTS_MAX = 100;

/**
 * The people of the nicknames: accounts that nobody can log in to. A handle that an account of another kind has is left
 * alone: who signed up under it would otherwise be taken for the nickname, and read what they were never part of.
 */
export async function ensurePeople(
  directory: Pick<Directory, 'createPlaceholders' | 'users'>,
  nicks: readonly string[],
  now: number,
): Promise<Map<string, UserId>> {
  const people = new Map<string, UserId>();
  let open = nicks;
  for (let attempt = 0; open.length > 0; attempt++) {
    if (attempt === ATTEMPTS_MAX) throw new Error('no handle is free for an imported person');
    const wanted = open.map((nick) => ({ nick, handle: handleOfNick(nick, attempt) }));
    const ids = await directory.createPlaceholders(
      wanted.map(({ nick, handle }) => ({ user: newUserId(), handle, name: nameOfNick(nick), at: now })),
    );
    const records = await directory.users([...ids.values()]);
    const byHandle = new Map(records.map((record) => [record.handle, record]));
    for (const { nick, handle } of wanted) {
      const record = byHandle.get(handle);
      const isPlaceholder = record?.passwordHash === undefined && record?.deletedAt === undefined;
      if (record !== undefined && isPlaceholder && record.name === nameOfNick(nick))
        people.set(nick, record.user);
    }
    open = open.filter((nick) => !people.has(nick));
  }
  return people;
}
