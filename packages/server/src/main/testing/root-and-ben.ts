import type { MemoryEngine } from '../../engines/memory/memory-engine.ts';
import { type ComposedOptions, composedServer } from './composed-server.ts';

/** Ben's. */
export const PASSWORD = 'correct horse';
export const DEVICE = { name: 'laptop' };

/** A server with an administrator, and with somebody who has signed up as people do. */
export async function rootAndBen(options: ComposedOptions<MemoryEngine> = {}) {
  const server = composedServer(options);
  const root = await server.person('root', { administrator: true });
  const body = { handle: 'ben', name: 'Ben', password: PASSWORD, device: DEVICE };
  const ben = await server.client.call('signUp', { body });
  /** Options of a call by which root does something to an account. */
  const of = (user: string) => ({ token: root.token, params: { user } });
  return { server, root, ben, of };
}

export type RootAndBen = Awaited<ReturnType<typeof rootAndBen>>;
