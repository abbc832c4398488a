import type { World } from './online-client.ts';

/** The settings that the server was asked to keep on this connection. */
export const sets = ({ server }: Pick<World, 'server'>) =>
  server.connection.all('set').map(({ name, value }) => [name as string, value]);

/** Answers the newest of them. */
export async function confirm({ server }: Pick<World, 'server'>): Promise<void> {
  await server.connection.push({ kind: 'ok', id: server.connection.last('set').id });
}

/** Another device has set something. */
export async function tell({ server }: Pick<World, 'server'>, name: string, value: unknown): Promise<void> {
  await server.connection.push({ kind: 'settings', settings: [{ name, value }] });
}
