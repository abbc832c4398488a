import type { RoomEntry } from '@maru/protocol';
import type { MaruClient } from '../client.ts';
import type { ClientOptions } from '../client-options.ts';
import { createClient } from '../create-client.ts';
import type { Fault } from '../errors.ts';
import { MemoryStore } from '../store/memory-store.ts';
import { cursorAt, entry, messages, SIGNED_IN, synced, welcome } from './fixtures.ts';
import { ScriptedServer } from './scripted-server.ts';
import { settle } from './virtual-clock.ts';

/** A client and the server it speaks with. */
export interface World {
  readonly server: ScriptedServer;
  readonly client: MaruClient;
  readonly store: MemoryStore;
  readonly faults: Fault[];
}

/** A client that has not been greeted yet. */
export async function startClient(
  options: Partial<ClientOptions> = {},
  server = new ScriptedServer(),
): Promise<World> {
  const faults: Fault[] = [];
  const store = (options.store as MemoryStore | undefined) ?? new MemoryStore();
  const client = await createClient({
    baseUrl: 'https://chat.example.org',
    signedIn: SIGNED_IN,
    environment: server.environment,
    onFault: (fault) => faults.push(fault),
    ...options,
    store,
  });
  await settle();
  return { server, client, store, faults };
}

/** Opens the newest connection, greets with the inbox's head, and answers the sync, if one comes, with these rooms. */
export async function goOnline(
  { server: { connection } }: Pick<World, 'server'>,
  rooms: RoomEntry[] = [entry(messages(1, 3))],
  cursor = cursorAt(1),
): Promise<void> {
  connection.open();
  await connection.push(welcome({ cursor }));
  const [sync] = connection.all('sync');
  if (sync !== undefined) await connection.push(synced(sync.id, rooms, { cursor }));
}

/** A client in sync with these rooms. */
export async function onlineClient(
  rooms?: RoomEntry[],
  options: Partial<ClientOptions> = {},
): Promise<World> {
  const world = await startClient(options);
  await goOnline(world, rooms);
  return world;
}

/** Lets a client whose connection was cut come back, as far as the socket. */
export async function reconnect({ server }: Pick<World, 'server'>): Promise<void> {
  const before = server.connections.length;
  while (server.connections.length === before) await server.clock.advance(500);
}
