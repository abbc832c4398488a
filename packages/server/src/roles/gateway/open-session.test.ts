import { afterEach, describe, expect, test } from 'bun:test';
import { closeCodes, limits, newDeviceId, newRoomId } from '@maru/protocol';
import { type WiredGateway, type WiredOptions, wireGateway } from '../../main/testing/wired-gateway.ts';
import { StorageUnavailable } from '../../ports/log.ts';
import { REQUESTS_IN_FLIGHT_MAX } from './open-session.ts';
import { ROOM_STOPS_MAX } from './room-stops.ts';

let wired: WiredGateway | undefined;

function wire(options?: WiredOptions): WiredGateway {
  wired = wireGateway(options);
  return wired;
}

afterEach(async () => {
  await wired?.[Symbol.asyncDispose]();
  wired = undefined;
});

describe('commands', () => {
  test('[WIRE7] [SYNC8] a message reaches every session of both people, over carriers that are no sockets', async () => {
    const { people, open } = wire();
    const [ada, bo] = [await people.make(), await people.make()];
    const tablet = { ...ada, device: newDeviceId() };
    const [laptop, other, peer] = [await open(ada), await open(tablet), await open(bo)];
    const room = await people.direct(ada, bo, laptop);
    const said = people.text(room, '안녕');
    laptop.say(said);
    expect(await laptop.take('accepted')).toMatchObject({ clientMessageId: said.clientMessageId, seq: 2 });
    for (const carrier of [other, peer]) {
      let events: readonly { seq: number; content?: object | undefined }[] = [];
      while (!events.some(({ seq }) => seq === 2)) events = (await carrier.take('events')).events;
      expect(events.at(-1)?.content).toEqual({ type: 'text', text: '안녕' });
    }
    expect(laptop.of('events').flatMap(({ events }) => events.map(({ seq }) => Number(seq)))).not.toContain(
      2,
    );
  });

  test('[ONCE6] 64 commands of a room may be unanswered, one more is refused; other rooms and sessions go on', async () => {
    const gate = Promise.withResolvers<void>();
    let held = false;
    const { people, open } = wire({ sync: () => (held ? gate.promise : Promise.resolve()) });
    const ada = await people.make();
    const carrier = await open(ada);
    const [room, other] = [await people.group(carrier, []), await people.group(carrier, [])];
    held = true;
    for (let i = 0; i < limits.SENDS_IN_FLIGHT_MAX; i++) carrier.say(people.text(room, `${i}`));
    const beyond = people.text(room, 'beyond');
    carrier.say(beyond);
    carrier.say(people.text(other, 'elsewhere'));
    const refused = await carrier.take('refused');
    expect(refused).toMatchObject({
      clientMessageId: beyond.clientMessageId,
      code: 'rate-limited',
      retryable: true,
      limit: { name: 'SENDS_IN_FLIGHT_MAX', value: limits.SENDS_IN_FLIGHT_MAX },
    });
    gate.resolve();
    const answered = () => carrier.of('accepted').map(({ clientMessageId }) => String(clientMessageId));
    while (answered().length < limits.SENDS_IN_FLIGHT_MAX + 3) await carrier.take('accepted');
    expect(answered()).not.toContain(beyond.clientMessageId);
    carrier.say(beyond);
    while (!answered().includes(beyond.clientMessageId)) await carrier.take('accepted');
    expect(carrier.of('refused')).toHaveLength(1);
  });

  test('[ORD4] what follows a command that asks the directory does not overtake it', async () => {
    const { people, open, engine } = wire();
    const [ada, bo] = [await people.make(), await people.make()];
    const carrier = await open(ada);
    const room = newRoomId();
    const create = { kind: 'create', roomKind: 'group', room, name: 'Floor', users: [bo.user] };
    const frames = [
      { ...create, clientMessageId: people.nextId() },
      people.text(room, 'first'),
      { kind: 'add', room, clientMessageId: people.nextId(), users: [(await people.make()).user] },
      people.text(room, 'second'),
    ];
    for (const frame of frames) carrier.say(frame);
    while (carrier.of('accepted').length < frames.length) await carrier.take('accepted');
    const events = await engine.rooms.events(room, 1, 9);
    expect(events.map(({ clientMessageId }) => String(clientMessageId))).toEqual(
      frames.map(({ clientMessageId }) => String(clientMessageId)),
    );
  });

  test('[LIMIT6] requests that are unanswered have a limit, beyond it they are refused under their id', async () => {
    const gate = Promise.withResolvers<void>();
    const { people, open, users } = wire();
    const carrier = await open(await people.make());
    const sync = users.sync.bind(users);
    users.sync = async (...query) => gate.promise.then(() => sync(...query));
    for (let id = 0; id <= REQUESTS_IN_FLIGHT_MAX; id++) carrier.say({ kind: 'sync', id });
    expect(await carrier.take('error')).toMatchObject({
      id: REQUESTS_IN_FLIGHT_MAX,
      code: 'rate-limited',
      limit: { name: 'REQUESTS_IN_FLIGHT_MAX', value: REQUESTS_IN_FLIGHT_MAX },
    });
    gate.resolve();
    while (carrier.of('synced').length < REQUESTS_IN_FLIGHT_MAX) await carrier.take('synced');
    carrier.say({ kind: 'sync', id: 1_000 });
    while (carrier.of('synced').at(-1)?.id !== 1_000) await carrier.take('synced');
  });

  test('[ORD4] [DUR3] what was refused for a full disk is overtaken by nothing, and all take effect in order', async () => {
    let full = false;
    const sync = async () => {
      if (full) throw new StorageUnavailable('disk full');
    };
    const { people, open, engine } = wire({ sync });
    const carrier = await open(await people.make());
    const room = await people.group(carrier, []);
    const sends = ['a', 'b', 'c', 'd'].map((text) => people.text(room, text));
    const [first, ...behind] = sends;
    full = true;
    carrier.say(first ?? {});
    expect(await carrier.take('refused')).toMatchObject({ code: 'storage-unavailable', retryable: true });
    full = false;
    for (const send of behind) carrier.say(send);
    for (const _ of behind)
      expect(await carrier.take('refused')).toMatchObject({ code: 'busy', retryable: true });
    for (const send of sends) carrier.say(send);
    while (carrier.of('accepted').length < 1 + sends.length) await carrier.take('accepted');
    const events = await engine.rooms.events(room, 2, 9);
    expect(events.map(({ seq, clientMessageId }) => [Number(seq), String(clientMessageId)])).toEqual(
      sends.map(({ clientMessageId }, i) => [i + 2, clientMessageId]),
    );
  });

  test('a refusal under a name tells the name and nothing of what was said', async () => {
    const { people, open } = wire();
    const carrier = await open(await people.make());
    const said = people.text(newRoomId(), 'a secret');
    carrier.say(said);
    const refused = await carrier.take('refused');
    expect(refused).toMatchObject({
      room: said.room,
      clientMessageId: said.clientMessageId,
      code: 'not-found',
    });
    expect(JSON.stringify(refused)).not.toContain('secret');
  });

  test('a room that is not there: the same answer to every request', async () => {
    const { people, open } = wire();
    const carrier = await open(await people.make());
    const room = newRoomId();
    carrier.say({ kind: 'history', id: 1, room });
    carrier.say({ kind: 'status', id: 2, room, clientMessageId: people.nextId() });
    carrier.say({ kind: 'mark', id: 3, room, read: 1 });
    for (let i = 0; i < 3; i++) expect(await carrier.take('error')).toMatchObject({ code: 'not-found' });
    expect(new Set(carrier.of('error').map(({ id }) => id))).toEqual(new Set([1, 2, 3]));
  });
});

describe('rates', () => {
  const slow = {
    frames: { perSecond: 10, burst: 20 },
    bytes: { perSecond: 100_000, burst: 2_000_000 },
    refusals: { perSecond: 10, burst: 6 },
  };

  test('[LIMIT6] frames beyond the rate are refused with the time after which they are taken', async () => {
    const { people, open, clock } = wire({ rates: slow });
    const carrier = await open(await people.make());
    for (let i = 0; i < 20; i++) carrier.say({ kind: 'beat', state: 'active' });
    const late = people.text(newRoomId(), 'too soon');
    carrier.say(late);
    const refused = await carrier.take('refused');
    expect(refused).toMatchObject({
      code: 'rate-limited',
      clientMessageId: late.clientMessageId,
      retryAfterMs: 100,
    });
    clock.advance(100);
    carrier.say({ kind: 'beat', state: 'active' });
    while (carrier.of('beat').length < 21) await carrier.take('beat');
  });

  test('[LIMIT6] a frame counts by what it makes the server do', async () => {
    const { people, open } = wire({ rates: slow });
    const [looking, adding] = [await open(await people.make()), await open(await people.make())];
    const rooms = Array.from({ length: 15 }, () => newRoomId());
    looking.say({ kind: 'look', id: 1, rooms });
    looking.say({ kind: 'look', id: 2, rooms: [] });
    expect(await looking.take('error')).toMatchObject({ id: 2, code: 'rate-limited' });
    const { user } = await people.make();
    const users = Array.from({ length: 1_000 }, () => user);
    const create = { kind: 'create', roomKind: 'group', room: newRoomId(), name: 'Floor', users };
    adding.say({ ...create, clientMessageId: people.nextId() });
    adding.say({ kind: 'beat', state: 'active' });
    expect(await adding.take('error')).toMatchObject({ code: 'rate-limited' });
  });

  test('[LIMIT6] all sessions of a device share its rate, and nobody else does', async () => {
    const { people, open } = wire({ rates: slow });
    const [ada, bo] = [await people.make(), await people.make()];
    const [tab, otherTab, peer] = [await open(ada), await open(ada), await open(bo)];
    for (let i = 0; i < 20; i++) tab.say({ kind: 'beat', state: 'active' });
    otherTab.say({ kind: 'beat', state: 'active' });
    peer.say({ kind: 'beat', state: 'active' });
    expect(await otherTab.take('error')).toMatchObject({ code: 'rate-limited' });
    await peer.take('beat');
  });

  test('[LIMIT6] a device that leaves and comes back has no new allowance', async () => {
    const { people, open } = wire({ rates: slow });
    const ada = await people.make();
    const first = await open(ada);
    for (let i = 0; i < 20; i++) first.say({ kind: 'beat', state: 'active' });
    first.session?.carrierClosed();
    const second = await open(ada);
    second.say({ kind: 'beat', state: 'active' });
    expect(await second.take('error')).toMatchObject({ code: 'rate-limited' });
  });

  test('[LIMIT6] bytes beyond the rate are refused', async () => {
    const { people, open } = wire({ rates: slow });
    const carrier = await open(await people.make());
    const large = { kind: 'beat', state: 'active', padding: 'x'.repeat(1_200_000) };
    carrier.say(large);
    await carrier.take('beat');
    carrier.say({ ...large, padding: 'x'.repeat(900_000) });
    expect(await carrier.take('error')).toMatchObject({ code: 'rate-limited' });
  });

  test('[LIMIT6] who has commands refused in rooms without end is disconnected', async () => {
    const { people, open } = wire({ rates: { ...slow, refusals: { perSecond: 1, burst: 1e9 } } });
    const carrier = await open(await people.make());
    for (let i = 0; i < 20 + ROOM_STOPS_MAX; i++) carrier.say(people.text(newRoomId(), 'too soon'));
    expect(await carrier.end()).toBe(closeCodes.rateLimited.code);
  });

  test('[LIMIT6] who goes on beyond what may be refused is disconnected', async () => {
    const { people, open } = wire({ rates: slow });
    const carrier = await open(await people.make());
    for (let i = 0; i < 26; i++) carrier.say({ kind: 'beat', state: 'active' });
    expect(await carrier.end()).toBe(closeCodes.rateLimited.code);
    expect(carrier.of('error').length).toBe(6);
  });
});
