import type { ProfileFolder } from '../profile/profile.ts';

/** What leads by a code into a group, or to a person, as this machine reaches the server. */
export function urlFrom(folder: ProfileFolder, kind: 'join' | 'user', code: string): string {
  return `${folder.require().server.replace(/\/+$/, '')}/#${kind}=${code}`;
}
