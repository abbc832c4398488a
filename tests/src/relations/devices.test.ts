import { expect, test } from 'bun:test';
import { InvalidCommand, type MaruClient } from '@maru/client';
import type { RelationAct, UserId } from '@maru/protocol';
import * as fc from 'fast-check';
import type { SimDevice } from '../simulation/sim-device.ts';
import { PairWorld } from './pair-world.ts';

const DEVICES = 3;
const RUNS = 100;

const who = fc.nat({ max: 1 });
const on = fc.nat({ max: DEVICES - 1 });
const act = fc.constantFrom<RelationAct | 'write'>(
  ...(['request', 'accept', 'refuse', 'cancel', 'remove', 'write'] as const),
  ...(['block', 'block', 'unblock', 'unblock'] as const),
);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('act' as const), who, on, act }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('leave' as const), who, on }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('return' as const), who, on }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const), who, on }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(5, 300, 8_000) }),
  },
);

/** Does something on a device; what makes no sense there is refused there. */
async function perform(
  client: MaruClient,
  what: RelationAct | 'write',
  other: UserId,
  room: PairWorld['room'],
) {
  const { commands } = client;
  try {
    switch (what) {
      case 'write':
        if (client.room(room) === undefined) await commands.openDirect(other);
        return await commands.send(room, 'hello');
      case 'request':
        return await commands.request(other, 'hello');
      case 'remove':
        return await commands.removeContact(other);
      default:
        return await commands[what](other);
    }
  } catch (error) {
    if (error instanceof InvalidCommand) return undefined;
    throw error;
  }
}

async function play(seed: number, steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]) {
  const world = await PairWorld.start(seed, DEVICES);
  const deviceOf = ({ who, on }: { who: number; on: number }): SimDevice => {
    const device = world.devices[who]?.[on];
    if (device === undefined) throw new Error('there is no such device');
    return device;
  };
  for (const each of steps) {
    if (each.do === 'wait') {
      await world.time.run(each.ms);
      continue;
    }
    const device = deviceOf(each);
    const other = world.users[1 - each.who] as UserId;
    if (each.do === 'leave') {
      device.offline = true;
      device.cut(false);
    } else if (each.do === 'return') device.offline = false;
    else if (each.do === 'crash') {
      const blocked = device.client?.isBlocked(other);
      // What the store had not written yet may be older.
      await world.time.run(1_000);
      const before = device.client?.isBlocked(other);
      device.offline = true;
      device.crash();
      await world.during(device.start());
      if (blocked === before) expect(device.client?.isBlocked(other)).toBe(blocked as boolean);
    } else if (device.client !== undefined) {
      const given = await world.during(perform(device.client, each.act, other, world.room));
      // From the moment at which it is given.
      if (device.offline && given !== undefined && (each.act === 'block' || each.act === 'unblock'))
        expect(device.client.isBlocked(other)).toBe(each.act === 'block');
    }
  }
  await world.becomeCalm();
  return world;
}

/** All devices of both show what the server tells their user. */
async function expectAlike(world: PairWorld): Promise<void> {
  const blocks: boolean[] = [];
  for (const { client } of world.devices.flat())
    if (client !== undefined) blocks.push((await world.told(client))?.state === 'blocked');
  for (const [index, devices] of world.devices.entries()) {
    const other = world.users[1 - index] as UserId;
    for (const { client } of devices) {
      if (client === undefined) throw new Error('a device is off');
      const told = await world.told(client);
      expect(client.room(world.room)?.relation).toEqual(told && { ...told, pending: false });
      expect(client.isBlocked(other)).toBe(told?.state === 'blocked');
      // Nobody is taken for gone who is there.
      if (told !== undefined && !blocks.includes(true))
        expect(client.room(world.room)?.unavailable).toBe(false);
      expect(client.contacts.blocked.map(({ user }) => user)).toEqual(
        told?.state === 'blocked' ? [other] : [],
      );
    }
  }
}

test('[REL2][REL14][REL15][REL16] devices that act with and without a network, and lose power, end as the server has it', async () => {
  const ends = { blocked: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.array(step, { minLength: 5, maxLength: 40 }), async (seed, steps) => {
      const world = await play(seed, steps);
      await expectAlike(world);
      // What was refused for what had changed is given again as it is now by who still wants it, and ends the same.
      for (const { client } of world.devices.flat()) {
        for (const { room, clientMessageId, command, error } of client?.deadLetters ?? []) {
          ends.refused++;
          if (command.kind === 'relate' && error.code === 'relation-changed') {
            expect(command.act).not.toBe('block');
            await world.during(client?.commands.resend(room, clientMessageId));
            await world.becomeCalm();
          }
        }
        if (client?.contacts.blocked.length === 1) ends.blocked++;
      }
      await expectAlike(world);
    }),
    { numRuns: RUNS },
  );
  // It is about something.
  expect(Math.min(ends.blocked, ends.refused)).toBeGreaterThan(0);
}, 300_000);

test('[REL2] of two devices that block and unblock offline the block wins, and who unblocked is asked', async () => {
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const world = await PairWorld.start(7, 2);
    const [mine, theirs] = world.devices;
    const other = world.users[1] as UserId;
    const [first, second] = [mine?.[0], mine?.[1]];
    if (first === undefined || second === undefined) throw new Error('two devices are needed');
    await world.during(theirs?.[0]?.client?.commands.openDirect(world.users[0] as UserId));
    await world.during(first.client?.commands.block(other));
    await world.becomeCalm();
    for (const device of [first, second]) {
      device.offline = true;
      device.cut(false);
    }
    // One ends the block; the other ends it and blocks anew. Whoever comes first, both end blocked.
    await world.during(first.client?.commands.unblock(other));
    await world.during(second.client?.commands.unblock(other));
    await world.during(second.client?.commands.block(other));
    expect([first, second].map(({ client }) => client?.isBlocked(other))).toEqual([false, true]);
    for (const index of order) {
      const device = [first, second][index];
      if (device === undefined) continue;
      device.offline = false;
      device.client?.connect();
      await world.time.run(20_000);
    }
    await world.becomeCalm();
    expect([first, second].map(({ client }) => client?.isBlocked(other))).toEqual([true, true]);
    await expectAlike(world);
    const asked = [first, second].map(({ client }) => client?.deadLetters.map(({ command }) => command.kind));
    // The one that came second unblocked what it had not seen.
    expect(asked).toEqual(order[0] === 0 ? [[], []] : [['relate'], []]);
  }
});
