import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { closeCodes, limits } from '@maru/protocol';
import { RawSocket } from '../../main/testing/raw-socket.ts';
import { serveGateway } from '../../main/testing/serve-gateway.ts';
import {
  HELLO,
  type WiredGateway,
  type WiredOptions,
  wireGateway,
} from '../../main/testing/wired-gateway.ts';
import type { Identity } from '../../ports/credentials.ts';
import { seededRandom } from '../../ports/testing/seeded-random.ts';
import { TOKEN_COOKIE } from '../edge/token-from-cookie.ts';
import { UNWELCOMED_PER_ADDRESS_MAX } from './greeting-places.ts';
import type { SocketData } from './ws-transport.ts';

const PLENTY = { perAddressMax: 100, openings: { perSecond: 1_000, burst: 1_000 } };

let wired: WiredGateway;
let server: Bun.Server<SocketData>;

function serve(options: WiredOptions = {}) {
  wired = wireGateway({ publishes: 'server', socketRates: PLENTY, ...options });
  server = serveGateway(wired);
}

beforeEach(() => serve());

afterEach(async () => {
  await wired[Symbol.asyncDispose]();
  await server.stop(true);
});

const port = () => server.port ?? 0;

async function signedIn(): Promise<{ identity: Identity; token: string }> {
  const identity = await wired.people.make();
  return { identity, token: await wired.people.signIn(identity) };
}

async function open(token: string): Promise<RawSocket> {
  const socket = await RawSocket.open(port(), { headers: { Authorization: `Bearer ${token}` } });
  socket.say(HELLO);
  await socket.frame('welcome');
  return socket;
}

describe('the handshake', () => {
  test('[WIRE6] a Bearer token opens a session under maru.v1, without compression', async () => {
    const { identity, token } = await signedIn();
    using socket = await open(token);
    expect(socket.status).toBe(101);
    expect(socket.responseHeaders.get('sec-websocket-protocol')).toBe('maru.v1');
    expect(socket.responseHeaders.get('sec-websocket-extensions')).toBeNull();
    expect(await socket.frame('welcome')).toMatchObject({ user: identity.user, device: identity.device });
  });

  test('[WIRE6] a ticket opens a session where no credential goes', async () => {
    const { identity } = await signedIn();
    const { ticket } = wired.credentials.issueTicket(identity);
    using socket = await RawSocket.open(port());
    socket.say({ ...HELLO, ticket });
    expect(await socket.frame('welcome')).toMatchObject({ device: identity.device });
  });

  test('[PRIV10] a cookie counts on a page of this server and of an allowed origin, and on no other', async () => {
    const { identity, token } = await signedIn();
    const by = (origin: string | undefined) => {
      const headers = {
        Cookie: `${TOKEN_COOKIE}=${token}`,
        ...(origin === undefined ? {} : { Origin: origin }),
      };
      return RawSocket.open(port(), { headers });
    };
    for (const origin of [`http://127.0.0.1:${port()}`, 'https://chat.example.org']) {
      using socket = await by(origin);
      socket.say(HELLO);
      expect(await socket.frame('welcome')).toMatchObject({ device: identity.device });
    }
    for (const origin of ['https://evil.example', 'null', undefined]) {
      using socket = await by(origin);
      expect(socket.status).toBe(403);
      expect(await socket.refusal()).toMatchObject({ code: 'origin-refused' });
    }
  });

  test('[WIRE6] an unknown token opens nothing, and hinders no ticket', async () => {
    const headers = { Authorization: 'Bearer maru_nothing' };
    using socket = await RawSocket.open(port(), { headers });
    socket.say(HELLO);
    expect(await socket.end()).toBe(closeCodes.unauthorized.code);
    const { identity } = await signedIn();
    const { ticket } = wired.credentials.issueTicket(identity);
    using other = await RawSocket.open(port(), { headers });
    other.say({ ...HELLO, ticket });
    expect(await other.frame('welcome')).toMatchObject({ device: identity.device });
  });

  test('[WIRE1] of several subprotocols the known one is picked, without any the session is served all the same', async () => {
    using several = await RawSocket.open(port(), { subprotocol: 'maru.v9, maru.v1' });
    expect([several.status, several.responseHeaders.get('sec-websocket-protocol')]).toEqual([101, 'maru.v1']);
    using none = await RawSocket.open(port(), { subprotocol: '' });
    expect([none.status, none.responseHeaders.get('sec-websocket-protocol')]).toEqual([101, null]);
  });

  test('[WIRE1] a client that speaks only other subprotocols is told so', async () => {
    using socket = await RawSocket.open(port(), { subprotocol: 'maru.v9' });
    expect(socket.status).toBe(400);
    expect(await socket.refusal()).toMatchObject({ code: 'unsupported-version' });
  });

  test('a request that is no handshake gets an error', async () => {
    const response = await fetch(`http://127.0.0.1:${port()}/v1/connect`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'bad-request', field: 'upgrade' });
  });

  test('[SLOW5] a server that stops takes no more sockets, and sends away those it has', async () => {
    const { token } = await signedIn();
    using socket = await open(token);
    await wired.gateway.drain();
    expect(await socket.end()).toBe(closeCodes.comeBack.code);
    using late = await RawSocket.open(port());
    expect(late.status).toBe(503);
    expect(late.responseHeaders.get('retry-after')).toBe('1');
  });
});

describe('sockets of one address', () => {
  test('[LIMIT6] beyond the limit they are refused with a time, and let in when others have gone', async () => {
    await wired[Symbol.asyncDispose]();
    await server.stop(true);
    serve({ socketRates: { ...PLENTY, perAddressMax: 2 } });
    const { identity, token } = await signedIn();
    using first = await open(token);
    using _second = await open(token);
    using third = await RawSocket.open(port());
    expect(third.status).toBe(429);
    expect(await third.refusal()).toMatchObject({
      code: 'rate-limited',
      retryAfterMs: 10_000,
      limit: { name: 'SOCKETS_PER_ADDRESS_MAX', value: 2 },
    });
    wired.live.signOut([identity.device], 'signed-out');
    expect(await first.end()).toBe(closeCodes.signedOut.code);
    using fourth = await RawSocket.open(port());
    expect(fourth.status).toBe(101);
  });

  test('[LIMIT6] a thousand at once: as many as the rate allows get in, the others are told when to come', async () => {
    await wired[Symbol.asyncDispose]();
    await server.stop(true);
    serve({ socketRates: { perAddressMax: 10_000, openings: { perSecond: 10, burst: 25 } } });
    const { token } = await signedIn();
    using before = await open(token);
    const sockets = await Promise.all(Array.from({ length: 1_000 }, () => RawSocket.open(port())));
    const statuses = sockets.map(({ status }) => status);
    expect(statuses.filter((status) => status === 101)).toHaveLength(24);
    expect(statuses.filter((status) => status === 429)).toHaveLength(976);
    before.say({ kind: 'beat', state: 'active' });
    await before.frame('beat');
    for (const socket of sockets) socket[Symbol.dispose]();
  });

  test('a handshake that fails takes no place', async () => {
    await wired[Symbol.asyncDispose]();
    await server.stop(true);
    serve({ socketRates: { ...PLENTY, perAddressMax: 1 } });
    const headers = { Cookie: `${TOKEN_COOKIE}=maru_any`, Origin: 'https://evil.example' };
    for (let i = 0; i < 3; i++) {
      using socket = await RawSocket.open(port(), { headers });
      expect(socket.status).toBe(403);
    }
    using socket = await RawSocket.open(port());
    expect(socket.status).toBe(101);
  });
});

test('[LIMIT12] sockets without a welcome have so many places, and the next waits until one is free', async () => {
  const { token } = await signedIn();
  const silent = await Promise.all(
    Array.from({ length: UNWELCOMED_PER_ADDRESS_MAX }, () => RawSocket.open(port())),
  );
  expect(new Set(silent.map(({ status }) => status))).toEqual(new Set([101]));
  let isIn = false;
  const next = open(token).then((socket) => {
    isIn = true;
    return socket;
  });
  // Requests that are refused at once overtake it: a welcome takes two ways there and back.
  for (let count = 0; count < 10; count++) {
    const other = await fetch(`http://127.0.0.1:${port()}/v1/connect`);
    expect([other.status, isIn]).toEqual([400, false]);
  }
  silent.pop()?.[Symbol.dispose]();
  using _in = await next;
  expect(isIn).toBeTrue();
  for (const socket of silent) socket[Symbol.dispose]();
});

describe('silence', () => {
  test('[LIMIT12] who only pings, and answers no ping, is not there', async () => {
    using socket = await open((await signedIn()).token);
    socket.deaf = true;
    for (let passed = 0; passed < limits.OFFLINE_AFTER_MS; passed += 2_000) {
      socket.send('', 9);
      await socket.pong();
      wired.clock.advance(2_000);
    }
    await socket.end();
    expect(wired.gateway.stats().sessions).toBe(0);
  });

  test('[SOFT4] who has gone without a word is offline 30 s after, however much is written to them; others stay', async () => {
    const [ada, ben] = [await signedIn(), await signedIn()];
    using here = await open(ada.token);
    using gone = await open(ben.token);
    const adasRoom = wired.people.createGroup([ben.identity.user]);
    here.say(adasRoom);
    const { room } = adasRoom;
    await here.frame('accepted');
    gone.say({ kind: 'beat', state: 'active' });
    await gone.frame('beat');
    gone.stall();
    const state = async () => {
      const presence = await wired.users.presence(ada.identity.user, room);
      return presence?.users.find(({ user }) => user === ben.identity.user)?.state ?? 'offline';
    };
    // Pings and their answers go over a real wire, which has time between two steps of the clock.
    const writeFor = async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 2_000) {
        wired.clock.advance(2_000);
        here.send('', 9);
        wired.live.toUsers([ben.identity.user], '{"kind":"ok","id":1}');
        await here.pong();
      }
    };
    await writeFor(limits.OFFLINE_AFTER_MS - 2_000);
    expect(await state()).not.toBe('offline');
    await writeFor(4_000);
    expect(await state()).toBe('offline');
    expect(wired.gateway.stats().sessions).toBe(1);
    expect(here.ended).toBeFalse();
  });
});

describe('bad input', () => {
  test.each([
    ['what is not UTF-8', (socket: RawSocket) => socket.send(Buffer.from([0x22, 0xc3, 0x28, 0x22])), 1007],
    ['a lone surrogate in UTF-8', (socket: RawSocket) => socket.send(Buffer.from([0xed, 0xa0, 0x80])), 1007],
    [
      'a frame beyond the limit',
      (socket: RawSocket) => socket.send('x'.repeat(limits.FRAME_BYTES_MAX + 1)),
      1009,
    ],
    ['binary', (socket: RawSocket) => socket.send(Buffer.from('{"kind":"beat","state":"away"}'), 2), 4003],
    ['what is not JSON', (socket: RawSocket) => socket.send('beat'), 4003],
  ])('[WIRE3] %s closes the socket with its code, and no other', async (_what, send, code) => {
    const { token } = await signedIn();
    using bystander = await open(token);
    using socket = await open(token);
    send(socket);
    expect(await socket.end()).toBe(code);
    bystander.say({ kind: 'beat', state: 'active' });
    await bystander.frame('beat');
    expect(wired.gateway.stats().sessions).toBe(1);
  });

  test('[LIMIT3] a frame at the limit arrives whole', async () => {
    const { token } = await signedIn();
    using socket = await open(token);
    const frame = '{"kind":"beat","state":"active","v":""}';
    socket.send(frame.replace('""', `"${'x'.repeat(limits.FRAME_BYTES_MAX - frame.length)}"`));
    await socket.frame('beat');
  });

  test('[LIMIT2] 100,000 emoji as escaped JSON fit a frame', async () => {
    const { token } = await signedIn();
    using socket = await open(token);
    const room = await group(socket);
    const escaped = '\\ud83d\\ude00'.repeat(limits.MESSAGE_CHARS_MAX);
    socket.send(JSON.stringify(wired.people.text(room, '@')).replace('@', escaped));
    await socket.until(() => socket.texts.filter((text) => text.includes('"accepted"')).length === 2);
  });

  test('[WIRE3] bytes that are no WebSocket frames end the socket, and no other', async () => {
    using bystander = await open((await signedIn()).token);
    const random = seededRandom(7);
    for (let i = 0; i < 50; i++) {
      using socket = await open((await signedIn()).token);
      // A reserved bit is set, which nothing has negotiated (RFC 6455 §5.2).
      socket.write([0xf1, ...random.bytes(i + 20)]);
      await socket.end();
    }
    bystander.say({ kind: 'beat', state: 'active' });
    await bystander.frame('beat');
    expect(wired.gateway.stats().sessions).toBe(1);
  });

  test('[LIMIT6] a flood of one device ends it, and another device is served meanwhile', async () => {
    await wired[Symbol.asyncDispose]();
    await server.stop(true);
    const frames = { perSecond: 50, burst: 200 };
    serve({
      rates: {
        frames,
        bytes: { perSecond: 2_000_000, burst: 6_000_000 },
        refusals: { perSecond: 50, burst: 1_000 },
      },
    });
    using bystander = await open((await signedIn()).token);
    using flooder = await open((await signedIn()).token);
    const room = await group(bystander);
    const large = JSON.stringify({ kind: 'beat', state: 'active', v: 'x'.repeat(100_000) });
    for (let i = 0; i < 400; i++) flooder.send(large);
    for (let i = 0; i < 20; i++) bystander.say(wired.people.text(room, `${i}`));
    await bystander.until(() => bystander.texts.filter((text) => text.includes('"accepted"')).length === 21);
    expect(await flooder.end()).toBe(closeCodes.rateLimited.code);
    expect(flooder.texts.filter((text) => text.includes('"rate-limited"')).length).toBeGreaterThan(10);
  });
});

async function group(socket: RawSocket) {
  const create = wired.people.createGroup([]);
  socket.say(create);
  await socket.frame('accepted');
  return create.room;
}
