import { type Api, createApi, systemEnvironment } from '@maru/client';
import { openSqliteStore } from '@maru/client/bun';
import type { ExitCode, Flags, Option } from '../../command.ts';
import { type Profile, ProfileFolder, profileOption } from '../../profile/profile.ts';
import { explain } from '../sign-in.ts';

export const jsonOption: Option = { help: 'Print JSON in one line.' };

/** The options of every command that asks a running server. */
export const adminOptions = { profile: profileOption, json: jsonOption } as const;

export const adminExitCodes: Readonly<Record<ExitCode, string>> = {
  0: 'Done.',
  1: 'The server refused: you are not an administrator, or there is no such account; it says which.',
  2: 'A wrong option, or nobody is signed in here.',
  3: "The server can't be reached.",
};

/** Does something with a server as who is signed in, whom the server takes for an administrator or refuses. */
export async function asAdministrator(
  flags: Flags,
  work: (api: Api) => Promise<ExitCode>,
): Promise<ExitCode> {
  const folder = new ProfileFolder(flags);
  const profile = folder.require();
  try {
    return await work(await apiOf(folder, profile));
  } catch (error) {
    return explain(error, profile.server);
  }
}

/** The API by the profile's token. It is read beside whatever program uses the profile at this moment. */
async function apiOf(folder: ProfileFolder, profile: Profile): Promise<Api> {
  const store = openSqliteStore(folder.file('send.db'));
  try {
    const token = (await store.load()).identity?.token;
    return createApi({
      baseUrl: profile.server,
      http: systemEnvironment().http,
      ...(token !== undefined && { credential: { kind: 'bearer', token } }),
    });
  } finally {
    await store.close();
  }
}
