import { afterEach, describe, expect, test } from 'bun:test';
import { closeCodes, newDeviceId, newRoomId } from '@maru/protocol';
import type { MemoryCarrier } from '../../main/testing/memory-carrier.ts';
import {
  HELLO,
  type WiredGateway,
  type WiredOptions,
  wireGateway,
} from '../../main/testing/wired-gateway.ts';
import { SESSIONS_PER_DEVICE_MAX } from './live-sessions.ts';

let wired: WiredGateway | undefined;

function wire(options?: WiredOptions): WiredGateway {
  wired = wireGateway(options);
  return wired;
}

afterEach(async () => {
  await wired?.[Symbol.asyncDispose]();
  wired = undefined;
});

const room = newRoomId();
const typing = (user: string) => JSON.stringify({ kind: 'typing', room, user });
const receipts = (read: number) =>
  JSON.stringify({ kind: 'receipts', room, marks: [{ user: newUser, delivered: read, read }] });
const newUser = 'user_01h455vb4pex5vsknk084sn02q';

/** The numbers of the receipts that a carrier got, which here stand for their order. */
const order = (carrier: MemoryCarrier) => carrier.of('receipts').map(({ marks }) => marks[0]?.read);

describe('delivery', () => {
  test('what comes in one tick goes out in one write, in order', async () => {
    const { people, open, live } = wire();
    const ada = await people.make();
    const carrier = await open(ada);
    const before = carrier.writes;
    for (let i = 0; i < 10; i++) live.toUsers([ada.user], receipts(i));
    expect(carrier.writes).toBe(before);
    await carrier.take('receipts');
    expect(carrier.writes).toBe(before + 1);
    expect(order(carrier)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('publications and direct frames keep their order', async () => {
    const { people, open, live } = wire();
    const ada = await people.make();
    const carrier = await open(ada);
    live.joined(room, [ada.user]);
    for (let i = 0; i < 12; i++) {
      if (i % 3 === 0) live.toRoom(room, receipts(i));
      else live.toUsers([ada.user], receipts(i));
    }
    while (carrier.of('receipts').length < 12) await carrier.take('receipts');
    expect(order(carrier)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  test('[SYNC8] all sessions of a user get a frame, except that of the device that was answered', async () => {
    const { people, open, live } = wire();
    const ada = await people.make();
    const [onLaptop, onTablet] = [await open(ada), await open({ ...ada, device: newDeviceId() })];
    live.toUsers([ada.user], typing(ada.user), ada.device);
    live.toUsers([ada.user], receipts(1));
    for (const carrier of [onLaptop, onTablet]) await carrier.take('receipts');
    expect([onLaptop, onTablet].map((carrier) => carrier.of('typing').length)).toEqual([0, 1]);
  });

  test('[SYNC8] of a device with several sessions none goes without: only one of them was answered', async () => {
    const { people, open } = wire();
    const [ada, bo] = [await people.make(), await people.make()];
    const [tab, otherTab] = [await open(ada), await open(ada)];
    const room = await people.direct(ada, bo, tab);
    tab.say(people.text(room, 'from the first tab'));
    const said = () => otherTab.of('events').flatMap(({ events }) => events.map(({ content }) => content));
    while (said().at(-1) === undefined) await otherTab.take('events');
    expect(said().at(-1)).toEqual({ type: 'text', text: 'from the first tab' });
  });

  test('[PRIV3] who departs gets what was published before, and nothing after', async () => {
    const { people, open, live } = wire();
    const [ada, bo] = [await people.make(), await people.make()];
    const [stays, goes] = [await open(ada), await open(bo)];
    live.joined(room, [ada.user, bo.user]);
    live.toRoom(room, receipts(1));
    live.departed(room, bo.user);
    live.toRoom(room, receipts(2));
    live.toUsers([ada.user, bo.user], typing(ada.user));
    for (const carrier of [stays, goes]) await carrier.take('typing');
    expect([order(stays), order(goes)]).toEqual([[1, 2], [1]]);
  });

  test('[PRIV3] [SYNC9] who is removed from a big room gets their entry and no event after it', async () => {
    const { people, open, rooms } = wire();
    const [ada, bo] = [await people.make(), await people.make()];
    const others = await Promise.all(Array.from({ length: 40 }, () => people.make()));
    const [creator, member] = [await open(ada), await open(bo)];
    const big = await people.group(
      creator,
      [bo, ...others].map(({ user }) => user),
    );
    creator.say(people.text(big, 'before'));
    creator.say({ kind: 'remove', room: big, clientMessageId: people.nextId(), user: bo.user });
    creator.say(people.text(big, 'after'));
    while (creator.of('accepted').length < 4) await creator.take('accepted');
    const entries = () => member.of('room').map(({ entry }) => entry.membership);
    while (entries().at(-1) !== 'removed') await member.take('room');
    member.say({ kind: 'beat', state: 'active' });
    await member.take('beat');
    const seen = member.of('events').flatMap(({ events }) => events);
    expect(seen.some(({ content }) => JSON.stringify(content)?.includes('before'))).toBe(true);
    expect(JSON.stringify(member.frames)).not.toContain('after');
    expect(await rooms.page(big, bo.user, { direction: 'newer', limit: 50 })).toBeUndefined();
  });

  test('[SYNC4] what is delivered while a session is being opened comes behind its welcome, and all of it', async () => {
    const { people, connect, live, users } = wire();
    const ada = await people.make();
    const opened = users.opened.bind(users);
    users.opened = async (info) => {
      const answer = await opened(info);
      live.toUsers([ada.user], receipts(1));
      live.joined(room, [ada.user]);
      live.toRoom(room, receipts(2));
      live.toUsers([ada.user], receipts(3));
      return answer;
    };
    const carrier = connect(ada);
    carrier.say(HELLO);
    await carrier.take('welcome');
    live.toRoom(room, receipts(4));
    while (carrier.of('receipts').length < 4) await carrier.take('receipts');
    expect(carrier.frames[0]?.kind).toBe('welcome');
    expect(order(carrier)).toEqual([1, 2, 3, 4]);
  });
});

describe('sessions', () => {
  test('[PRIV9] signing a device out ends its sessions at once, and no other of the user', async () => {
    const { people, open, live, users } = wire();
    const ada = await people.make();
    const [phone, tab, otherTab] = [
      await open({ ...ada, device: newDeviceId() }),
      await open(ada),
      await open(ada),
    ];
    const ended: boolean[] = [];
    const closed = users.closed.bind(users);
    users.closed = (info, loggedOut, silentMs) => {
      ended.push(loggedOut);
      closed(info, loggedOut, silentMs);
    };
    live.toUsers([ada.user], receipts(1));
    live.signOut([ada.device], 'signed-out');
    expect([tab, otherTab].map((carrier) => carrier.closed?.code)).toEqual([4001, 4001]);
    expect(ended).toEqual([true, true]);
    expect([order(tab), order(otherTab)]).toEqual([[], []]);
    await phone.take('receipts');
    expect(phone.closed).toBeUndefined();
  });

  test('a device may sign in again after it was signed out', async () => {
    const { people, open, live, clock } = wire();
    const ada = await people.make();
    const first = await open(ada);
    live.signOut([ada.device], 'signed-out');
    expect(await first.end()).toBe(closeCodes.signedOut.code);
    const second = await open(ada);
    clock.advance(120_000);
    second.say({ kind: 'beat', state: 'active' });
    await second.take('beat');
  });

  test('[LIMIT6] of too many sessions of a device the oldest makes room', async () => {
    const { people, open, gateway } = wire();
    const ada = await people.make();
    const first = await open(ada);
    for (let i = 1; i < SESSIONS_PER_DEVICE_MAX; i++) await open(ada);
    expect(first.closed).toBeUndefined();
    await open(ada);
    expect(await first.end()).toBe(closeCodes.replaced.code);
    expect(gateway.stats().sessions).toBe(SESSIONS_PER_DEVICE_MAX);
  });

  test('[SOFT4] a connection that is lost while it is being opened is closed for presence, too, and once', async () => {
    const { people, connect, users } = wire();
    const [opened, closed] = [users.opened.bind(users), users.closed.bind(users)];
    const calls = { opened: 0, closed: 0 };
    let lose = async () => {};
    users.opened = async (info) => {
      calls.opened++;
      const answer = await opened(info);
      void lose();
      return answer;
    };
    users.closed = (info, loggedOut, silentMs) => {
      calls.closed++;
      closed(info, loggedOut, silentMs);
    };
    // At every step between the inbox's answer and the welcome.
    for (let steps = 0; steps < 12; steps++) {
      const carrier = connect(await people.make());
      const lost = Promise.withResolvers<void>();
      lose = async () => {
        for (let step = 0; step < steps; step++) await Promise.resolve();
        carrier.session?.carrierClosed();
        lost.resolve();
      };
      carrier.say(HELLO);
      await lost.promise;
      await new Promise(setImmediate);
    }
    expect(calls).toEqual({ opened: 12, closed: 12 });
  });

  test('a session that is gone leaves nothing behind', async () => {
    const { people, open, connect, gateway, live } = wire();
    const ada = await people.make();
    const carriers = [await open(ada), await open(ada), connect(ada), connect(ada)];
    carriers[3]?.say(HELLO);
    for (const carrier of carriers) carrier.session?.carrierClosed();
    live.toUsers([ada.user], receipts(1));
    expect(gateway.stats()).toMatchObject({ sessions: 0, awaitingHello: 0 });
    await new Promise(setImmediate);
    for (const carrier of carriers) expect(carrier.of('receipts')).toEqual([]);
  });
});

describe('who is slow', () => {
  const soft = 10_000;

  test('[SLOW1] who gets too much before the welcome is told to come back', async () => {
    const { people, connect, live, users } = wire();
    const ada = await people.make();
    const opened = users.opened.bind(users);
    users.opened = (info) => {
      for (let i = 0; i <= 4_096; i++) live.toUsers([ada.user], receipts(i));
      return opened(info);
    };
    const carrier = connect(ada);
    carrier.say(HELLO);
    expect(await carrier.end()).toBe(closeCodes.slow.code);
    expect(carrier.frames).toEqual([]);
  });

  test('[SLOW1] a session over its limit is told once, and gets nothing more', async () => {
    const { people, open, live, gateway } = wire({ sendQueueBytesSoft: soft });
    const [ada, bo] = [await people.make(), await people.make()];
    const [slow, quick] = [await open(ada), await open(bo)];
    slow.unsent = soft;
    live.toUsers([ada.user, bo.user], receipts(1));
    await slow.take('receipts');
    expect(slow.closed).toBeUndefined();
    slow.unsent = soft + 1;
    live.toUsers([ada.user, bo.user], receipts(2));
    expect(await slow.end()).toBe(closeCodes.slow.code);
    live.toUsers([ada.user, bo.user], receipts(3));
    while (order(quick).length < 3) await quick.take('receipts');
    expect(order(slow)).toEqual([1, 2]);
    expect(quick.closed).toBeUndefined();
    expect(gateway.stats()).toMatchObject({ slow: 1, sessions: 1 });
  });

  test('[SLOW1] publications count too: who misses their end is told within a quarter of a second', async () => {
    const { people, open, live, clock } = wire({ sendQueueBytesSoft: soft });
    const [ada, bo] = [await people.make(), await people.make()];
    const [slow, quick] = [await open(ada), await open(bo)];
    live.joined(room, [ada.user, bo.user]);
    slow.unsent = soft + 1;
    live.toRoom(room, receipts(1));
    clock.advance(250);
    expect(slow.closed?.code).toBe(closeCodes.slow.code);
    live.toRoom(room, receipts(2));
    expect([order(slow), order(quick)]).toEqual([[1], [1, 2]]);
  });

  test('[SLOW1] many bytes published at once are looked at without waiting', async () => {
    const { people, open, live } = wire({ sendQueueBytesSoft: soft });
    const ada = await people.make();
    const slow = await open(ada);
    live.joined(room, [ada.user]);
    slow.unsent = soft + 1;
    const large = JSON.stringify({ kind: 'typing', room, user: ada.user, padding: 'x'.repeat(100_000) });
    for (let i = 0; i < 3; i++) live.toRoom(room, large);
    expect(await slow.end()).toBe(closeCodes.slow.code);
  });

  test('[SLOW2] an answer that was asked for does not cut off a client that reads it slowly', async () => {
    const { people, open, live } = wire({ sendQueueBytesSoft: soft });
    const ada = await people.make();
    const carrier = await open(ada);
    const own = await people.group(carrier, []);
    for (let i = 0; i < 20; i++) carrier.say(people.text(own, 'x'.repeat(3_000)));
    while (carrier.of('accepted').length < 21) await carrier.take('accepted');
    carrier.unsent = 1; // The client has not read all of what came before.
    carrier.say({ kind: 'history', id: 1, room: own });
    const bytes = Buffer.byteLength(JSON.stringify(await carrier.take('page')));
    expect(bytes).toBeGreaterThan(soft * 5);
    carrier.unsent = bytes;
    live.toUsers([ada.user], receipts(1));
    await carrier.take('receipts');
    carrier.unsent = 0;
    live.toUsers([ada.user], receipts(2));
    await carrier.take('receipts');
    carrier.unsent = bytes;
    live.toUsers([ada.user], receipts(3));
    expect(await carrier.end()).toBe(closeCodes.slow.code);
  });
});

describe('draining', () => {
  test('[SLOW5] what was accepted is answered, new commands are refused, then everybody is told to come back', async () => {
    const gate = Promise.withResolvers<void>();
    let held = false;
    const { people, open, connect, gateway, engine } = wire({
      sync: () => (held ? gate.promise : Promise.resolve()),
    });
    const ada = await people.make();
    const [carrier, silent] = [await open(ada), connect(ada)];
    const own = await people.group(carrier, []);
    held = true;
    const accepted = people.text(own, 'in time');
    carrier.say(accepted);
    const drained = gateway.drain();
    const late = people.text(own, 'late');
    carrier.say(late);
    expect(await carrier.take('refused')).toMatchObject({
      code: 'draining',
      retryable: true,
      clientMessageId: late.clientMessageId,
    });
    expect(carrier.closed).toBeUndefined();
    gate.resolve();
    await drained;
    expect(carrier.of('accepted').map(({ clientMessageId }) => String(clientMessageId))).toContain(
      accepted.clientMessageId,
    );
    expect([carrier.closed?.code, silent.closed?.code]).toEqual([4000, 4000]);
    expect((await engine.rooms.events(own, 1, 9)).length).toBe(2);
  });
});
