import { type ClientOptions, createClient, type MaruClient, systemEnvironment } from '@maru/client';
import { lockStore, openSqliteStore } from '@maru/client/bun';
import { networkMemory, networkName } from './network-memory.ts';
import type { Profile, ProfileFolder } from './profile.ts';

/**
 * A profile has two stores of its one device, so that it can send while it listens: only the one of `send` ever mints
 * ids, and each is used by one process at a time.
 */
export type StoreName = 'send' | 'tail';

export interface OpenClient extends AsyncDisposable {
  readonly client: MaruClient;
}

/**
 * Opens a profile's client over one of its stores. `undefined`: another process is using it.
 *
 * @param options `signedIn` at signing in: from then on the store knows who it is
 */
export async function openClient(
  folder: ProfileFolder,
  profile: Pick<Profile, 'server'>,
  name: StoreName,
  options: Pick<ClientOptions, 'signedIn' | 'connect' | 'transport'> = {},
): Promise<OpenClient | undefined> {
  folder.make();
  const file = folder.file(`${name}.db`);
  const lock = lockStore(file);
  if (lock === undefined) return undefined;
  await using opening = new AsyncDisposableStack();
  opening.use(lock);
  const store = openSqliteStore(file);
  const environment = { ...systemEnvironment(), network: networkName };
  const transportMemory = networkMemory(folder);
  const client = opening.use(
    await createClient({ baseUrl: profile.server, store, environment, transportMemory, ...options }),
  );
  const open = opening.move();
  return { client, [Symbol.asyncDispose]: () => open.disposeAsync() };
}
