import type { NewUser, UserRecord } from './directory.ts';

/** All of an account but what it is made with: as it begins. */
export function newAccount(at: number): Omit<UserRecord, keyof NewUser> {
  return {
    status: '',
    avatar: undefined,
    profileAt: at,
    hidePresence: false,
    findable: true,
    whoMayWrite: 'everyone',
    whoMayAdd: 'everyone',
    createdAt: at,
    suspendedAt: undefined,
    deletedAt: undefined,
  };
}
