import { expect, test } from 'bun:test';
import type { ConnectionStatus } from '@maru/client';
import { watchCertificate } from './certificate-fault.ts';

/** A port that ends every connection, and counts them. */
function listen() {
  const seen = { connections: 0 };
  const listener = Bun.listen({
    hostname: '127.0.0.1',
    port: 0,
    socket: {
      open(socket) {
        seen.connections++;
        socket.end();
      },
      data() {},
    },
  });
  return { url: `https://127.0.0.1:${listener.port}`, seen, [Symbol.dispose]: () => listener.stop(true) };
}

test('a server is asked once for each wait, however much changes meanwhile', async () => {
  using server = listen();
  const listeners = new Set<() => void>();
  const client = {
    connection: { state: 'waiting', retryAt: 0 } as ConnectionStatus,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  /** The server was asked so often; then changes come, with time to ask after each. */
  const changesBehind = async (connections: number) => {
    while (server.seen.connections < connections) await Bun.sleep(10);
    for (let count = 0; count < 20; count++) {
      for (const listener of listeners) listener();
      await Bun.sleep(10);
    }
  };
  const unwatch = watchCertificate(client, server.url, () => undefined);
  await changesBehind(1);
  expect(server.seen.connections).toBe(1);
  client.connection = { state: 'waiting', retryAt: 1 };
  for (const listener of listeners) listener();
  await changesBehind(2);
  expect(server.seen.connections).toBe(2);
  unwatch();
});
