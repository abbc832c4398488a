/** Lets the peer listen, with one of the two engines that Socket.IO's makers offer. */
import { createServer } from 'node:http';
import type { ChatServer } from './socket-io-wire.ts';

/** Returns the port, which the system chose. On Node the engine for Bun can't be had, and the other is taken. */
export async function listen(io: ChatServer, engine: string): Promise<number> {
  const forBun = engine === 'bun' && process.versions.bun !== undefined;
  return forBun ? await listenForBun(io) : await listenForNode(io);
}

async function listenForBun(io: ChatServer): Promise<number> {
  const { Server: Engine } = await import('@socket.io/bun-engine');
  const engine = new Engine({ path: '/socket.io/' });
  io.bind(engine);
  return Bun.serve({ hostname: '127.0.0.1', port: 0, ...engine.handler() }).port ?? 0;
}

async function listenForNode(io: ChatServer): Promise<number> {
  const http = createServer();
  io.attach(http);
  // Nobody reads it again, and it is the largest part of a connection's memory.
  io.engine.on('connection', (connection: { request: unknown }) => {
    connection.request = null;
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
