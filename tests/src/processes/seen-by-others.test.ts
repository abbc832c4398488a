import { expect, test } from 'bun:test';
import path from 'node:path';
import type { MaruClient, MessageState } from '@maru/client';
import type { RoomId, UserId } from '@maru/protocol';
import { befriend } from './befriend.ts';
import { Devices } from './devices.ts';
import { type PersonIdentity, seedPeople } from './people.ts';
import { ServerProcess } from './server-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Each step comes as fast as the machine is; so long it may take where it is slow. */
const STEP_MS = 20_000;

/** Two people with a device each on a real server, the second one not there yet. */
async function meet(stack: AsyncDisposableStack) {
  const folder = stack.use(temporaryFolder());
  const dataFolder = path.join(folder.path, 'data');
  const [ada, ben] = await seedPeople(dataFolder, ['Ada', '벤'], 1);
  const server = stack.use(await ServerProcess.start({ dataFolder }));
  const devices = stack.use(new Devices(server.url));
  const open = ({ devices: [identity] }: PersonIdentity) => {
    if (identity === undefined) throw new Error('nobody has a device');
    return devices.open(identity);
  };
  if (ada === undefined || ben === undefined) throw new Error('two people were asked for');
  await befriend(server.url, ada, ben);
  const writer = await open(ada);
  const { room, sending } = await writer.commands.openDirect(ben.user);
  expect(await sending?.outcome()).toMatchObject({ kind: 'accepted' });
  await until(writer, () => writer.room(room)?.membership === 'member');
  await writer.open(room);
  return { writer, room, devices, other: ben.user, openOther: () => open(ben) };
}

function until(client: MaruClient, condition: () => boolean): Promise<void> {
  return client.until(condition, AbortSignal.timeout(STEP_MS));
}

/** How a message looks, each time that it looks otherwise. */
function watchStates(client: MaruClient, room: RoomId, id: string | undefined): MessageState[] {
  const states: MessageState[] = [];
  const look = () => {
    const message = client.room(room)?.messages.find(({ clientMessageId }) => clientMessageId === id);
    if (message !== undefined && message.state !== states.at(-1)) states.push(message.state);
  };
  client.subscribe(look);
  look();
  return states;
}

test('[SOFT1] [SOFT2] a message is sent, then delivered once the other is there, and then read', async () => {
  await using stack = new AsyncDisposableStack();
  const { writer, room, devices, openOther } = await meet(stack);
  const sending = await writer.commands.send(room, '거기 있어?');
  const states = watchStates(writer, room, sending.clientMessageId);
  await until(writer, () => states.at(-1) === 'sent');
  const reader = await openOther();
  await until(writer, () => states.at(-1) === 'delivered');
  await until(reader, () => reader.room(room)?.unreadCount === 1);
  reader.markRead(room);
  await until(writer, () => states.at(-1) === 'read');
  expect(states.filter((state) => state !== 'pending')).toEqual(['sent', 'delivered', 'read']);
  expect(writer.room(room)?.messages.at(-1)?.receipts).toEqual({ delivered: 1, read: 1 });
  expect(devices.faults).toEqual([]);
});

test('[SOFT7] who writes is seen to write, until what they wrote is there', async () => {
  await using stack = new AsyncDisposableStack();
  const { writer, room, devices, other, openOther } = await meet(stack);
  const reader = await openOther();
  await until(reader, () => reader.connection.state === 'online' && reader.room(room) !== undefined);
  reader.typing(room);
  await until(writer, () => writer.room(room)?.typing.join() === other);
  expect(reader.room(room)?.typing).toEqual([]);
  await (await reader.commands.send(room, '여기')).outcome();
  await until(writer, () => writer.room(room)?.latest?.sender === other);
  expect(writer.room(room)?.typing).toEqual([]);
  expect(devices.faults).toEqual([]);
});

test('[SOFT4] [SOFT5] [SOFT6] the other is seen active, away, active again, and offline once signed out', async () => {
  await using stack = new AsyncDisposableStack();
  const { writer, room, devices, other, openOther } = await meet(stack);
  await writer.look([room]);
  expect(stateOf(writer, room, other)).toBe('offline');
  const reader = await openOther();
  await until(writer, () => stateOf(writer, room, other) === 'active');
  reader.setPresence('away');
  await until(writer, () => stateOf(writer, room, other) === 'away');
  reader.setPresence('active');
  await until(writer, () => stateOf(writer, room, other) === 'active');
  const before = performance.now();
  await reader.signOut();
  await until(writer, () => stateOf(writer, room, other) === 'offline');
  // At once, and not when a silent one would have been missed.
  expect(performance.now() - before).toBeLessThan(STEP_MS);
  const seen = writer.room(room)?.presence?.users.find(({ user }) => user === other);
  expect(seen?.lastActive).toBeGreaterThan(0);
  expect(devices.faults).toEqual([]);
});

function stateOf(client: MaruClient, room: RoomId, user: UserId): string {
  const users = client.room(room)?.presence?.users ?? [];
  return users.find((presence) => presence.user === user)?.state ?? 'offline';
}
