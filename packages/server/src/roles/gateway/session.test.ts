import { afterEach, describe, expect, test } from 'bun:test';
import { CAPABILITIES, closeCodes, limits, newRoomId } from '@maru/protocol';
import {
  HELLO,
  type WiredGateway,
  type WiredOptions,
  wireGateway,
} from '../../main/testing/wired-gateway.ts';

let wired: WiredGateway | undefined;

function wire(options?: WiredOptions): WiredGateway {
  wired = wireGateway(options);
  return wired;
}

afterEach(async () => {
  await wired?.[Symbol.asyncDispose]();
  wired = undefined;
});

describe('hello', () => {
  test('[WIRE1] the server names the version that both know', async () => {
    const { people, connect } = wire();
    const carrier = connect(await people.make());
    carrier.say({ kind: 'hello', versions: [7, 1] });
    expect(await carrier.take('welcome')).toMatchObject({ version: 1, beatMs: limits.BEAT_MS });
  });

  test('[WIRE1] without a common version the session ends with the code for it', async () => {
    const { people, connect } = wire();
    const carrier = connect(await people.make());
    carrier.say({ kind: 'hello', versions: [2, 3] });
    expect(await carrier.take('error')).toMatchObject({ code: 'unsupported-version' });
    expect(await carrier.end()).toBe(closeCodes.unsupportedVersion.code);
  });

  test.each([
    ['nothing', {}],
    ['the same', { capabilities: [...CAPABILITIES] }],
    ['what no server knows', { capabilities: ['telepathy'] }],
  ])('[WIRE1] the server names all that it can do to who names %s', async (_what, more) => {
    const { people, connect } = wire();
    const carrier = connect(await people.make());
    carrier.say({ kind: 'hello', versions: [1], ...more });
    expect((await carrier.take('welcome')).capabilities).toEqual(['receipts', 'presence', 'typing']);
    expect(carrier.closed).toBeUndefined();
  });

  test('[LIMIT1] the limits in force stand in the greeting', async () => {
    const { people, connect } = wire({ limits: { messageCharsMax: 280, groupMembersMax: 7 } });
    const carrier = connect(await people.make());
    carrier.say(HELLO);
    expect((await carrier.take('welcome')).limits).toEqual({
      messageCharsMax: 280,
      groupMembersMax: 7,
      frameBytesMax: limits.FRAME_BYTES_MAX,
      sendsInFlightMax: limits.SENDS_IN_FLIGHT_MAX,
    });
  });

  test('[WIRE5] who says nothing is closed when the time is up, and not before', async () => {
    const { people, connect, clock, gateway } = wire();
    const carrier = connect(await people.make());
    clock.advance(limits.HELLO_TIMEOUT_MS - 1);
    expect(carrier.closed).toBeUndefined();
    clock.advance(1_001);
    expect(await carrier.end()).toBe(closeCodes.helloTimeout.code);
    expect(gateway.stats().awaitingHello).toBe(0);
  });

  test('[WIRE5] who has said hello stays', async () => {
    const { people, open, clock } = wire();
    const carrier = await open(await people.make());
    clock.advance(limits.HELLO_TIMEOUT_MS * 2);
    expect(carrier.closed).toBeUndefined();
  });

  test.each([
    ['a beat', { kind: 'beat', state: 'active' }, 'hello-expected'],
    ['an unknown kind', { kind: 'greetings' }, 'hello-expected'],
    ['a malformed hello', { kind: 'hello', versions: 'one' }, 'hello-expected'],
    ['no JSON', 'hello', 'not-json'],
  ])('[WIRE5] %s in its place ends the session', async (_what, frame, code) => {
    const { people, connect } = wire();
    const carrier = connect(await people.make());
    carrier.say(frame);
    expect(await carrier.take('error')).toMatchObject({ code });
    expect(await carrier.end()).toBe(closeCodes.badFrame.code);
  });

  test('[WIRE3] [LIMIT6] a hello of the size of a message ends the session unread', async () => {
    const { people, connect } = wire();
    const carrier = connect(await people.make());
    carrier.say({ ...HELLO, padding: 'x'.repeat(65_536) });
    expect(await carrier.take('error')).toMatchObject({ code: 'frame-too-large' });
    expect(await carrier.end()).toBe(closeCodes.frameTooLarge.code);
  });

  test('[WIRE6] a ticket opens one session, and never a second one', async () => {
    const { people, connect, credentials } = wire();
    const ada = await people.make();
    await people.signIn(ada);
    const { ticket } = credentials.issueTicket(ada);
    const first = connect();
    first.say({ ...HELLO, ticket });
    expect(await first.take('welcome')).toMatchObject({ user: ada.user, device: ada.device });
    const second = connect();
    second.say({ ...HELLO, ticket });
    expect(await second.take('error')).toMatchObject({ code: 'unauthorized' });
    expect(await second.end()).toBe(closeCodes.unauthorized.code);
  });

  test('[WIRE6] a ticket is good until it expires', async () => {
    const { people, connect, credentials, clock } = wire();
    const ada = await people.make();
    await people.signIn(ada);
    const { ticket, expiresAt } = credentials.issueTicket(ada);
    clock.advance(expiresAt - clock.now() + 1);
    const carrier = connect();
    carrier.say({ ...HELLO, ticket });
    expect(await carrier.end()).toBe(closeCodes.unauthorized.code);
  });

  test('[WIRE6] a connection that nobody vouches for, without a ticket, gets nowhere', async () => {
    const carrier = wire().connect();
    carrier.say(HELLO);
    expect(await carrier.end()).toBe(closeCodes.unauthorized.code);
  });

  test('[PRIV9] a ticket of a device that is signed out meanwhile opens nothing', async () => {
    const { people, connect, credentials, live, engine } = wire();
    const ada = await people.make();
    await people.signIn(ada);
    const { ticket } = credentials.issueTicket(ada);
    const carrier = connect();
    carrier.say({ ...HELLO, ticket });
    await engine.directory.signOut(ada.user, ada.device);
    credentials.forget([ada.device]);
    live.signOut([ada.device], 'signed-out');
    expect([closeCodes.signedOut.code, closeCodes.unauthorized.code] as number[]).toContain(
      await carrier.end(),
    );
    expect(carrier.of('welcome')).toEqual([]);
  });

  test('[PRIV9] a connection made out before its device was signed out is refused', async () => {
    const { people, connect, live } = wire();
    const ada = await people.make();
    const carrier = connect(ada);
    live.signOut([ada.device], 'signed-out');
    carrier.say(HELLO);
    expect(await carrier.end()).toBe(closeCodes.signedOut.code);
    expect(carrier.of('welcome')).toEqual([]);
  });

  test('what is said right behind hello is served behind the welcome', async () => {
    const { people, connect } = wire();
    const carrier = connect(await people.make());
    carrier.say(HELLO);
    carrier.say({ kind: 'sync', id: 1 });
    carrier.say({ kind: 'beat', state: 'active' });
    await carrier.take('synced');
    expect(carrier.frames.map(({ kind }) => kind)).toEqual(['welcome', 'beat', 'synced']);
  });

  test('[LIMIT6] who floods before the welcome is closed', async () => {
    const { people, connect } = wire();
    const carrier = connect(await people.make());
    carrier.say(HELLO);
    for (let i = 0; i < 257; i++) carrier.say({ kind: 'beat', state: 'active' });
    expect(await carrier.end()).toBe(closeCodes.rateLimited.code);
  });

  test('a second hello is an error, and the session goes on', async () => {
    const { people, open } = wire();
    const carrier = await open(await people.make());
    carrier.say(HELLO);
    expect(await carrier.take('error')).toMatchObject({ code: 'bad-request' });
    carrier.say({ kind: 'beat', state: 'active' });
    await carrier.take('beat');
  });
});

describe('frames', () => {
  test('[WIRE2] unknown fields are ignored', async () => {
    const { people, open } = wire();
    const carrier = await open(await people.make());
    carrier.say({ kind: 'beat', state: 'active', mood: { is: ['good'] } });
    await carrier.take('beat');
    expect(carrier.of('error')).toEqual([]);
  });

  test('[WIRE2] an unknown kind is answered under its id, and the session goes on', async () => {
    const { people, open } = wire();
    const carrier = await open(await people.make());
    carrier.say({ kind: 'dance', id: 9 });
    expect(await carrier.take('error')).toMatchObject({ code: 'unknown-kind', id: 9 });
    carrier.say({ kind: 'beat', state: 'active' });
    await carrier.take('beat');
  });

  test.each([
    ['an id that is none', { kind: 'history', id: 1, room: 'lobby' }, 'room'],
    ['a number for a text', { kind: 'beat', state: 1 }, 'state'],
    ['no kind', { id: 1 }, 'kind'],
    ['a kind that is no text', { kind: 4 }, 'kind'],
    ['a list for an object', { kind: 'delivered', marks: { a: 1 } }, 'marks'],
  ])('[WIRE3] %s is a bad request that names the field', async (_what, frame, field) => {
    const { people, open } = wire();
    const carrier = await open(await people.make());
    carrier.say(frame);
    expect(await carrier.take('error')).toMatchObject({ code: 'bad-request', field });
    expect(carrier.closed).toBeUndefined();
  });

  test.each([
    ['no JSON', '{"kind":'],
    ['a list', '[{"kind":"beat"}]'],
    ['a number', '7'],
    ['nothing', ''],
  ])('[WIRE3] %s is answered, and ends the session', async (_what, frame) => {
    const { people, open } = wire();
    const carrier = await open(await people.make());
    carrier.say(frame);
    expect(await carrier.take('error')).toMatchObject({ code: 'not-json' });
    expect(await carrier.end()).toBe(closeCodes.badFrame.code);
  });

  test('[WIRE3] binary ends the session', async () => {
    const { people, open } = wire();
    const carrier = await open(await people.make());
    carrier.session?.receiveBinary();
    expect(await carrier.end()).toBe(closeCodes.badFrame.code);
  });

  test('[WIRE3] a malformed command is refused under its own name', async () => {
    const { people, open } = wire();
    const carrier = await open(await people.make());
    const { room, clientMessageId } = people.text(newRoomId(), 'x');
    carrier.say({ kind: 'send', room, clientMessageId, content: { type: 'text', text: 5 } });
    expect(await carrier.take('refused')).toMatchObject({
      room,
      clientMessageId,
      code: 'bad-request',
      field: 'content.text',
    });
  });

  test.each([
    ['entities', limits.ENTITIES_MAX, 'ENTITIES_MAX', { type: 'bold', offset: 0, length: 1 }],
    ['mentions', limits.MENTIONS_MAX, 'MENTIONS_MAX', 'user_01h455vb4pex5vsknk084sn02q'],
  ])('[WIRE3] one of the %s too many is refused with the limit', async (name, value, limit, element) => {
    const { people, open } = wire();
    const ada = await people.make();
    const carrier = await open(ada);
    const room = await people.group(carrier, []);
    const send = (count: number) => {
      const list = Array.from({ length: count }, () => element);
      const content = { type: 'text', text: 'x', ...(name === 'entities' ? { entities: list } : {}) };
      const frame = { ...people.text(room, 'x'), content };
      carrier.say(name === 'mentions' ? { ...frame, mentions: list } : frame);
    };
    send(value);
    await carrier.take('accepted');
    send(value + 1);
    expect(await carrier.take('refused')).toMatchObject({ code: 'too-many', limit: { name: limit, value } });
  });

  test('[WIRE3] nesting to the limit is read, one more is refused, and so are a thousand and a million', async () => {
    const { people, open } = wire();
    const carrier = await open(await people.make());
    const room = await people.group(carrier, []);
    const nested = (levels: number) => {
      const { clientMessageId } = people.text(room, '');
      const deep = `${'['.repeat(levels)}${']'.repeat(levels)}`;
      return `{"kind":"send","room":"${room}","clientMessageId":"${clientMessageId}","content":{"type":"x","v":${deep}}}`;
    };
    carrier.say(nested(limits.FRAME_NESTING_MAX - 2));
    await carrier.take('accepted');
    for (const levels of [limits.FRAME_NESTING_MAX - 1, 1_000, 700_000]) {
      carrier.say(nested(levels));
      expect(await carrier.take('error')).toMatchObject({
        code: 'bad-request',
        limit: { name: 'FRAME_NESTING_MAX', value: limits.FRAME_NESTING_MAX },
      });
    }
  });

  test('[WIRE3] values to the limit are read, one more is refused', async () => {
    const { people, open } = wire();
    const carrier = await open(await people.make());
    const withValues = (count: number) => `{"kind":"beat","state":"active","v":[${'1,'.repeat(count - 5)}1]}`;
    carrier.say(withValues(limits.FRAME_VALUES_MAX));
    await carrier.take('beat');
    carrier.say(withValues(limits.FRAME_VALUES_MAX + 1));
    expect(await carrier.take('error')).toMatchObject({ limit: { name: 'FRAME_VALUES_MAX' } });
  });

  test('[LIMIT3] a frame of as many bytes as are allowed is read, and one more ends the session', async () => {
    const { people, open } = wire();
    const ofBytes = (bytes: number) => {
      const frame = '{"kind":"beat","state":"active","v":"마루"}';
      return frame.replace('마루', `마루${'x'.repeat(bytes - Buffer.byteLength(frame))}`);
    };
    const carrier = await open(await people.make());
    carrier.say(ofBytes(limits.FRAME_BYTES_MAX));
    await carrier.take('beat');
    carrier.say(ofBytes(limits.FRAME_BYTES_MAX + 1));
    expect(await carrier.take('error')).toMatchObject({
      code: 'frame-too-large',
      given: limits.FRAME_BYTES_MAX + 1,
    });
    expect(await carrier.end()).toBe(closeCodes.frameTooLarge.code);
  });
});
