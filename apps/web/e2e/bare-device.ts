import { createApi, createClient, type MaruClient, MemoryStore, systemEnvironment } from '@maru/client';

/** Somebody new whose device is no browser: it writes faster than people do, and what they would not. */
export async function bareDevice(url: string, handle: string, name = handle): Promise<MaruClient> {
  const environment = systemEnvironment();
  const body = { handle, name, password: 'correct horse', device: { name: 'bare' } };
  const signedIn = await createApi({ baseUrl: url, http: environment.http }).signUp({ body });
  const client = await createClient({ baseUrl: url, signedIn, store: new MemoryStore(), environment });
  await client.online();
  return client;
}
