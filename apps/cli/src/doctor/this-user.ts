import { userInfo } from 'node:os';

/** Who runs this; where a system has no numbers for users (Windows), -1. */
export function thisUser(): { readonly uid: number; readonly name: string } {
  const { uid, username } = userInfo();
  // The runtime says `unknown` where the environment does not name the user.
  return { uid, name: username === '' || username === 'unknown' ? `uid ${uid}` : username };
}
