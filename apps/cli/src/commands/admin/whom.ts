import type { Api } from '@maru/client';
import { type UserId, userId } from '@maru/protocol';
import type { Directory } from '@maru/server';
import { UsageError } from '../../command.ts';
import { handleOf } from '../sign-in.ts';

/** Somebody as they were named on the command line. */
export interface Whom {
  readonly user: UserId;
  /** As it is shown: `@mina`, or the id that was given. */
  readonly shown: string;
}

/** Finds whom a handle or a user's id names. Deleted accounts have ids only. */
export async function whom(api: Api, given: string): Promise<Whom> {
  const id = userId.safeParse(given);
  if (id.success) return { user: id.data, shown: id.data };
  const handle = handleOf(given);
  return { user: (await api.findUser({ query: { handle } })).user, shown: `@${handle}` };
}

/**
 * The same in a data folder.
 * @throws {UsageError}
 */
export async function whomOffline(directory: Directory, given: string): Promise<Whom> {
  const id = userId.safeParse(given);
  const user = id.success ? await directory.user(id.data) : await directory.userByHandle(handleOf(given));
  if (user === undefined || user.deletedAt !== undefined)
    throw new UsageError(`There is no account ${given} in this data folder.`);
  return { user: user.user, shown: `@${user.handle}` };
}
