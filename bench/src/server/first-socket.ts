import { connect } from 'node:net';

const RETRY_MS = 1;
const GIVE_UP_MS = 20_000;

/** Tries until a WebSocket of this device is accepted: until the answer 101 is there. */
export async function firstSocket(port: number, token: string): Promise<void> {
  const end = performance.now() + GIVE_UP_MS;
  while (!(await tryOnce(port, token))) {
    if (performance.now() > end) throw new Error(`no socket was accepted in ${GIVE_UP_MS / 1_000} s`);
    await Bun.sleep(RETRY_MS);
  }
}

function tryOnce(port: number, token: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host: '127.0.0.1', port });
  socket.on('connect', () => {
    socket.write(
      [
        'GET /v1/connect HTTP/1.1',
        'Host: 127.0.0.1',
        'Upgrade: websocket',
        'Connection: Upgrade',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Protocol: maru.v1',
        `Authorization: Bearer ${token}`,
        '',
        '',
      ].join('\r\n'),
    );
  });
  socket.on('data', (answer) => {
    socket.destroy();
    resolve(answer.toString('latin1').startsWith('HTTP/1.1 101'));
  });
  socket.on('error', () => resolve(false));
  socket.on('close', () => resolve(false));
  return promise;
}
