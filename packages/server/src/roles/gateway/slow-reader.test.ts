import { afterEach, describe, expect, test } from 'bun:test';
import { closeCodes, newRoomId } from '@maru/protocol';
import { RawSocket } from '../../main/testing/raw-socket.ts';
import { serveGateway } from '../../main/testing/serve-gateway.ts';
import { HELLO, type WiredGateway, wireGateway } from '../../main/testing/wired-gateway.ts';
import type { Identity } from '../../ports/credentials.ts';
import type { SocketData } from './ws-transport.ts';

// Real sockets: what the runtime does with a reader that has stopped can't be told from a sink in memory.

const SOFT = 262_144;
const FRAMES = 64_000;
const room = newRoomId();

let wired: WiredGateway;
let server: Bun.Server<SocketData>;

function serve() {
  wired = wireGateway({ publishes: 'server', sendQueueBytesSoft: SOFT });
  server = serveGateway(wired);
}

afterEach(async () => {
  await wired[Symbol.asyncDispose]();
  await server.stop(true);
});

async function open(): Promise<{ socket: RawSocket; identity: Identity }> {
  const identity = await wired.people.make();
  const token = await wired.people.signIn(identity);
  const socket = await RawSocket.open(server.port ?? 0, { headers: { Authorization: `Bearer ${token}` } });
  socket.say(HELLO);
  await socket.frame('welcome');
  return { socket, identity };
}

/** A frame that carries a number, of about 200 bytes. */
const numbered = (i: number) => JSON.stringify({ kind: 'typing', room, i, padding: 'x'.repeat(110) });

const numbers = ({ texts }: RawSocket) =>
  texts
    .map((text) => JSON.parse(text))
    .filter(({ kind }) => kind === 'typing')
    .map(({ i }) => i as number);

const nextTick = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Delivers all frames, a hundred in a tick; the clock goes on a little with each. */
async function deliverAll(deliver: (frame: string) => void): Promise<void> {
  for (let i = 0; i < FRAMES; i++) {
    deliver(numbered(i));
    if (i % 100 === 99) {
      wired.clock.advance(1);
      await nextTick();
    }
  }
}

describe('a reader that stops reading', () => {
  test.each(['publications', 'direct frames'])(
    '[SLOW1] [SLOW2] %s: gets all up to its end, one close frame, and nobody else misses or waits',
    async (way) => {
      serve();
      const [slow, quick] = [await open(), await open()];
      const users = [slow.identity.user, quick.identity.user];
      wired.live.joined(room, users);
      slow.socket.stall();
      await deliverAll((frame) =>
        way === 'publications' ? wired.live.toRoom(room, frame) : wired.live.toUsers(users, frame),
      );
      await quick.socket.until(() => numbers(quick.socket).length === FRAMES);
      expect(wired.gateway.stats()).toMatchObject({ sessions: 1, slow: 1 });

      slow.socket.resume();
      expect(await slow.socket.end()).toBe(closeCodes.slow.code);
      const got = numbers(slow.socket);
      expect(got.length).toBeLessThan(FRAMES);
      expect(got).toEqual(got.map((_, i) => i));
      slow.socket[Symbol.dispose]();
      quick.socket[Symbol.dispose]();
    },
  );

  test('[SLOW1] more in one tick than the runtime takes: it closes, and drops nothing of an open socket', async () => {
    serve();
    const { socket, identity } = await open();
    wired.live.joined(room, [identity.user]);
    socket.stall();
    const large = 'x'.repeat(100_000);
    const count = 400;
    for (let i = 0; i < count; i++) {
      wired.live.toRoom(room, JSON.stringify({ kind: 'typing', room, i, large }));
    }
    await nextTick();
    socket.resume();
    const code = await socket.end();
    expect([1006, closeCodes.slow.code] as number[]).toContain(code);
    const got = numbers(socket);
    expect(got.length).toBeLessThan(count);
    expect(got).toEqual(got.map((_, i) => i));
    expect(wired.gateway.stats().sessions).toBe(0);
    socket[Symbol.dispose]();
  });

  test('[SLOW2] a reader that is only slow, and below the limit, misses nothing', async () => {
    serve();
    const { socket, identity } = await open();
    wired.live.joined(room, [identity.user]);
    for (let round = 0; round < 20; round++) {
      socket.stall();
      for (let i = 0; i < 100; i++) wired.live.toRoom(room, numbered(round * 100 + i));
      await nextTick();
      socket.resume();
      await socket.until(() => numbers(socket).length === (round + 1) * 100);
    }
    expect(numbers(socket)).toEqual(Array.from({ length: 2_000 }, (_, i) => i));
    socket[Symbol.dispose]();
  });
});
