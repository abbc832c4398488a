import type { Api } from '@maru/client';
import { openSqliteStore } from '@maru/client/bun';
import type { ExitCode, Flags } from '../command.ts';
import { type Profile, ProfileFolder } from '../profile/profile.ts';
import { apiOf, explain } from './sign-in.ts';

/** Does something with a server as who is signed in, whom the server lets do it or refuses. */
export async function asSignedIn(
  flags: Flags,
  work: (api: Api, profile: Profile) => Promise<ExitCode>,
): Promise<ExitCode> {
  const folder = new ProfileFolder(flags);
  const profile = folder.require();
  try {
    return await work(await ownApi(folder, profile), profile);
  } catch (error) {
    return explain(error, profile.server);
  }
}

/** The API by the profile's token. It is read beside whatever program uses the profile at this moment. */
async function ownApi(folder: ProfileFolder, profile: Profile): Promise<Api> {
  const store = openSqliteStore(folder.file('send.db'));
  try {
    return apiOf(profile.server, (await store.load()).identity?.token);
  } finally {
    await store.close();
  }
}
