import { afterAll, expect, test } from 'bun:test';
import { closeCodes, SUBPROTOCOL } from '@maru/protocol';
import { wsTransport } from '../node/node-environment.ts';
import type { Connection, Transport } from './transport.ts';
import { webSocketTransport } from './websocket-transport.ts';

/** Sends back what it gets, and closes with a code where it is told one. */
const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  fetch: (request, bun) =>
    bun.upgrade(request, { headers: { 'sec-websocket-protocol': SUBPROTOCOL } })
      ? undefined
      : new Response('no', { status: 400 }),
  websocket: {
    message(socket, text) {
      const code = Number(text);
      if (Number.isNaN(code)) socket.send(text);
      else socket.close(code);
    },
  },
});
const url = `ws://127.0.0.1:${server.port}/`;
afterAll(() => server.stop(true));

/** Connects and gathers what happens until the connection closes. */
function gather(
  transport: Transport,
  to: string,
  opened: (connection: Connection) => void,
  framed?: (connection: Connection) => void,
) {
  const log: (string | number)[] = [];
  return new Promise<typeof log>((resolve) => {
    const connection = transport.connect(to, {
      onOpen: () => opened(connection),
      onAlive: () => undefined,
      onFrame: (text) => {
        log.push(text);
        framed?.(connection);
      },
      onClose: (code) => {
        log.push(code);
        resolve(log);
      },
    });
  });
}

for (const [name, transport] of [
  ["the runtime's WebSocket", webSocketTransport()],
  ['ws', wsTransport()],
] as const) {
  test(`[WIRE7] over ${name}: frames go both ways, and a close code comes through`, async () => {
    const log = await gather(
      transport,
      url,
      (connection) => connection.send('한국어 👋'),
      (connection) => connection.send(String(closeCodes.signedOut.code)),
    );
    expect(log).toEqual(['한국어 👋', closeCodes.signedOut.code]);
  });

  test(`[SLOW3] over ${name}: a server that is not there is a cut`, async () => {
    expect(await gather(transport, 'ws://127.0.0.1:1/', () => undefined)).toEqual([1006]);
  });

  test(`over ${name}: who closes hears nothing more`, async () => {
    const log: string[] = [];
    const handlers = {
      onOpen: () => log.push('open'),
      onAlive: () => undefined,
      onFrame: (text: string) => log.push(text),
      onClose: () => log.push('close'),
    };
    const connection = transport.connect(url, handlers);
    connection.close();
    connection.send('nothing');
    // A second connection to the same server has come and gone by then.
    await gather(transport, url, (other) => other.send('4000'));
    expect(log).toEqual([]);
  });
}
