import { expect, test } from 'bun:test';
import { NO_FAULTS, startFaultProxy } from './fault-proxy.ts';

/** A server that gives every frame back. */
function echo() {
  return Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: (request, server) => (server.upgrade(request) ? undefined : new Response('plain')),
    websocket: { message: (socket, text) => void socket.send(text) },
  });
}

test('without faults everything passes, in order; plain HTTP too', async () => {
  await using stack = new AsyncDisposableStack();
  const server = echo();
  stack.defer(() => server.stop(true));
  const proxy = stack.use(await startFaultProxy(server.port ?? 0, 1));
  expect(await (await fetch(`http://127.0.0.1:${proxy.port}/`)).text()).toBe('plain');
  const frames = Array.from({ length: 500 }, (_, n) => `${n} ${'x'.repeat((n * 331) % 70_000)}`);
  expect(await roundTrip(proxy.port, frames)).toEqual(frames);
});

test('frames are dropped and doubled whole, and connections cut', async () => {
  await using stack = new AsyncDisposableStack();
  const server = echo();
  stack.defer(() => server.stop(true));
  const proxy = stack.use(await startFaultProxy(server.port ?? 0, 2));
  proxy.faults = { ...NO_FAULTS, drop: 0.1, dropUp: 0.1, duplicate: 0.1 };
  const frames = Array.from({ length: 300 }, (_, n) => `frame ${n}`);
  const back = await roundTrip(proxy.port, frames, 'end');
  expect(new Set(back).size).toBeLessThan(frames.length);
  expect(back.length).toBeGreaterThan(new Set(back).size);
  expect(back.filter((frame) => !frames.includes(frame))).toEqual(['end']);
  proxy.faults = { ...NO_FAULTS, cut: 1 };
  expect(await roundTrip(proxy.port, ['one']).catch(String)).toContain('cut');
  expect(proxy.done).toMatchObject({ cut: 1, connections: 2 });
});

/** Sends frames and collects what comes back, as many; or until `end`, repeated until it gets through, is back. */
function roundTrip(port: number, frames: readonly string[], end?: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const back: string[] = [];
    const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
    let again: ReturnType<typeof setInterval> | undefined;
    socket.onopen = () => {
      for (const frame of frames) socket.send(frame);
      if (end !== undefined) again = setInterval(() => socket.send(end), 20);
    };
    socket.onclose = () => {
      clearInterval(again);
      reject(new Error('cut'));
    };
    socket.onmessage = ({ data }) => {
      back.push(String(data));
      if (end === undefined ? back.length < frames.length : data !== end) return;
      clearInterval(again);
      resolve(back);
      socket.close();
    };
  });
}
