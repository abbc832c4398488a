import { createClient, MemoryStore } from '@maru/client';

type Options = Omit<Parameters<typeof createClient>[0], 'store'>;

/** A client that keeps nothing: fetched only where a browser keeps nothing. */
export function createMemoryClient(options: Options): ReturnType<typeof createClient> {
  return createClient({ ...options, store: new MemoryStore() });
}
