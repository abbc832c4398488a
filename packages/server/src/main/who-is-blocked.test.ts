import { describe, expect, test } from 'bun:test';
import {
  type CommandFrame,
  type DownFrame,
  directRoomId,
  newLinkSecret,
  newRoomId,
  type PersonalCode,
  type RoomId,
} from '@maru/protocol';
import { createMemoryEngine } from '../engines/memory/memory-engine.ts';
import { openForTest } from '../engines/sqlite/testing/open-for-test.ts';
import { scratchFolder } from '../engines/sqlite/testing/scratch-folder.ts';
import type { Engine } from '../ports/engine.ts';
import { composedServer, type TestPerson } from './testing/composed-server.ts';
import type { MemoryCarrier } from './testing/memory-carrier.ts';

// Whole servers: what somebody who is blocked is told, by every path, held against what a deleted account gives.

type Without<F> = F extends CommandFrame ? Omit<F, 'clientMessageId'> : never;

const scratch = scratchFolder();
const engines: [string, () => Promise<Engine>][] = [
  ['memory', async () => createMemoryEngine()],
  ['SQLite, projections frozen', () => openForTest(scratch.next(), { freezeViews: true })],
];

/** A server with Ada, who blocks or goes, and Ben, who looks on and has a session. */
async function setScene(engine: Engine) {
  const server = composedServer({ engine });
  const [ada, ben] = [await server.person('ada'), await server.person('ben')];
  const session = await server.open(ben.token);

  const command = (by: TestPerson, body: Without<CommandFrame>) =>
    server.client.respond('postCommand', {
      token: by.token,
      body: { ...body, clientMessageId: server.nextId() } as CommandFrame,
    });
  const block = (by: TestPerson, other: TestPerson, blocked = true) =>
    server.client.call('blockPerson', { token: by.token, params: { user: other.user }, body: { blocked } });

  async function goes(person: TestPerson): Promise<void> {
    await server.engine.directory.deleteUser(person.user, server.clock.now());
    await server.departures.wake();
  }

  return {
    ...{ server, ada, ben, session, command, block, goes },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

type Scene = Awaited<ReturnType<typeof setScene>>;

/** Resolves when the session has the room's event. */
async function given(session: MemoryCarrier, seq: number): Promise<void> {
  const has = () => session.of('events').some(({ events }) => events.some((event) => event.seq === seq));
  while (!has()) await new Promise(setImmediate);
}

let requests = 0;

async function ask(session: MemoryCarrier, frame: object): Promise<DownFrame> {
  const id = ++requests;
  session.say({ ...frame, id });
  for (;;) {
    const answer = session.frames.find((frame) => 'id' in frame && frame.id === id);
    if (answer !== undefined) return answer;
    await new Promise(setImmediate);
  }
}

/** Gives a command over a session; resolves with its answer. */
async function give(
  session: MemoryCarrier,
  command: { readonly clientMessageId: string; readonly kind: string },
): Promise<DownFrame> {
  session.say(command);
  for (;;) {
    const answer = session.frames.find(
      (frame) => 'clientMessageId' in frame && frame.clientMessageId === command.clientMessageId,
    );
    if (answer !== undefined) return answer;
    await new Promise(setImmediate);
  }
}

/** All that Ben learns of Ada and of their room, asked for in every way there is. */
async function learned(scene: Scene, room: RoomId, { code, group }: Known): Promise<unknown[]> {
  const { server, ada, ben, session, command } = scene;
  const { token } = ben;
  const text = { type: 'text', text: 'hello?' } as const;
  const answers: unknown[] = [];
  /** All of an answer: the status, the headers, the body. */
  const http = async (responding: Promise<Response>) => {
    const response = await responding;
    const { status, headers } = response;
    const text = await response.text();
    const body: unknown = text.startsWith('{') ? JSON.parse(text) : text;
    answers.push([status, Object.fromEntries(headers), body]);
  };
  for (const name of ['getRoom', 'getMembers', 'getEvents', 'getReceipts', 'getPresence'] as const) {
    await http(server.client.respond(name, { token, params: { room } }));
  }
  await http(server.client.respond('getSync', { token }));
  await http(server.client.respond('findUser', { token, query: { handle: 'ada' } }));
  await http(server.client.respond('getUser', { token, params: { user: ada.user } }));
  await http(server.client.respond('getUsers', { token, body: { users: [ada.user, ben.user] } }));
  await http(server.client.respond('getUsers', { token, body: { users: [ada.user], known: [1] } }));
  await http(server.client.respond('findByLink', { token, body: { code } }));
  await http(server.client.respond('getAvatar', { token, params: { avatar: AVATAR.hash } }));
  await http(server.client.respond('listContacts', { token }));
  const params = { user: ada.user };
  await http(server.client.respond('requestContact', { token, params, body: {} }));
  await http(server.client.respond('answerRequest', { token, params, body: { accept: true } }));
  await http(server.client.respond('removeContact', { token, params }));
  await http(server.client.respond('postReport', { token, body: { user: ada.user, reason: 'spam' } }));
  const about = { user: ada.user, room, seq: 3 as never, reason: 'spam', include: true } as const;
  await http(server.client.respond('postReport', { token, body: about }));
  for (const name of ['getReactions', 'getVersions', 'getBody'] as const)
    await http(server.client.respond(name, { token, params: { room, seq: 3 as never } }));
  await http(server.client.respond('listScheduled', { token }));
  const named = { room, user: ada.user };
  const later = { at: 9e12, content: text };
  const commands: Without<CommandFrame>[] = [
    { kind: 'send', room, content: text },
    { kind: 'edit', room, refersTo: 2 as never, content: text },
    { kind: 'create', roomKind: 'direct', ...named },
    { kind: 'create', roomKind: 'direct', ...named, relate: { act: 'request', note: text } },
    { kind: 'relate', room, act: 'request', basedOn: 0 },
    { kind: 'relate', room, act: 'accept', basedOn: 0 },
    { kind: 'relate', room, act: 'refuse', basedOn: 0 },
    { kind: 'relate', room, act: 'unblock', basedOn: 0 },
    { kind: 'send', room, content: text, replyTo: 3 as never, mentions: [ada.user] },
    { kind: 'react', room, refersTo: 3 as never, reaction: '👍', on: true },
    { kind: 'react', room, refersTo: 3 as never, reaction: '❤️', on: false },
    { kind: 'pin', room, refersTo: 3 as never, on: true },
    { kind: 'pin', room, refersTo: 3 as never, on: false },
    { kind: 'schedule', room, ...later },
    { kind: 'set-timer', room, seconds: 60 },
    { kind: 'add', room: group, users: [ada.user] },
    {
      kind: 'create',
      roomKind: 'group',
      room: newRoomId(),
      name: 'Floor',
      users: [ada.user],
      history: 'all',
    },
    { kind: 'answer-join', room: group, user: ada.user, accept: true },
    { kind: 'remove', room: group, user: ada.user },
    { kind: 'set-role', room: group, user: ada.user, role: 'administrator' },
  ];
  for (const body of commands) {
    await http(command(ben, body));
    // A client of another making, which does not heed what it was told, says it again over a session.
    answers.push(await give(session, { ...body, clientMessageId: server.nextId() }));
  }
  for (const frame of [
    { kind: 'sync' },
    { kind: 'history', room },
    { kind: 'history', room, from: 3, direction: 'around' },
    { kind: 'look', rooms: [room] },
    { kind: 'mark', room, read: 3 },
    { kind: 'set', name: `room/${room}`, value: { archived: 1 } },
  ]) {
    answers.push(await ask(session, frame));
  }
  return answers;
}

const AVATAR = { hash: 'a'.repeat(64), image: new Uint8Array([1, 2, 3]) };

/** What Ben knew before: Ada's link, and a group of his. */
interface Known {
  readonly code: PersonalCode;
  readonly group: RoomId;
}

/** The same where ids, numbers of requests and places in the log are not. */
function alike(answers: unknown, { ada, ben }: Scene, room: RoomId, group: RoomId): unknown {
  const text = JSON.stringify(answers)
    .replaceAll(ada.user, 'ADA')
    .replaceAll(ben.user, 'BEN')
    .replaceAll(room, 'ROOM')
    .replaceAll(group, 'GROUP')
    .replaceAll(/"room_[0-9a-z]+"/g, '"ANOTHER"')
    .replaceAll(/"(device|clientMessageId|cursor|id|session|scheduled)":("[^"]*"|\d+)/g, '"$1":"…"');
  return JSON.parse(text);
}

/** What became of what Ben had scheduled before. */
async function fired({ server, ben }: Scene): Promise<unknown> {
  for (;;) {
    const { items } = await server.client.call('listScheduled', { token: ben.token });
    if (items.some(({ state }) => state === 'failed'))
      return items.map(({ scheduled: _id, ...item }) => item);
    await new Promise(setImmediate);
  }
}

describe.each(engines)('over %s', (_, openEngine) => {
  const told = async (end: (scene: Scene) => Promise<unknown>) => {
    await using scene = await setScene(await openEngine());
    const { server, ada, ben, session } = scene;
    const room = await server.direct(ben, ada);
    await server.send(ben, room, 'one');
    await server.send(ada, room, 'two');
    const { code } = await server.client.call('putMyLink', { token: ada.token, body: {} });
    await server.engine.directory.setAvatar(ada.user, AVATAR, server.clock.now());
    const group = await server.group(ben);
    await server.client.call('putMarks', { token: ada.token, params: { room }, body: { read: 2 as never } });
    server.clock.advance(60_000);
    const due = server.clock.now() + 60_000;
    const content = { type: 'text', text: 'later' } as const;
    await scene.command(ben, { kind: 'schedule', room, at: due, content });
    await ask(session, { kind: 'look', rooms: [room] });
    const before = session.frames.length;
    await end(scene);
    await given(session, 4);
    const answers = await learned(scene, room, { code, group });
    server.clock.advance(60_000);
    answers.push(await fired(scene));
    const live = session.frames.slice(before).filter(({ kind }) => kind === 'events');
    const entries = session.frames
      .slice(before)
      .flatMap((frame) => (frame.kind === 'room' ? [frame.entry] : []));
    for (const entry of entries)
      expect(entry).toMatchObject({ memberCount: 1, relation: { state: 'open', seq: 0 } });
    return alike([answers, live], scene, room, group);
  };

  test('[REL6][REL7] a block looks to the other as the deletion of the account, by every path', async () => {
    const gone = await told(({ goes, ada }) => goes(ada));
    const blocked = await told(({ block, ada, ben }) => block(ada, ben));
    expect(blocked).toEqual(gone);
    expect(JSON.stringify(blocked)).not.toContain('related","act":"block');
    expect(JSON.stringify(blocked)).toContain('recipient-unavailable');
    expect(JSON.stringify(blocked)).toContain('link-invalid');
  });

  test('[REL6] its end looks like somebody who comes in, and all is there again', async () => {
    await using scene = await setScene(await openEngine());
    const { server, ada, ben, session, block } = scene;
    const room = await server.direct(ben, ada);
    await server.send(ada, room, 'one');
    await block(ada, ben);
    const { cursor } = await server.client.call('getSync', { token: ben.token });
    await block(ada, ben, false);
    await given(session, 4);
    const joined = { kind: 'joined', sender: ada.user, change: { type: 'joined', users: [ada.user] } };
    const page = await server.client.call('getEvents', { token: ben.token, params: { room } });
    expect(page.events.at(-1)).toMatchObject(joined);
    expect(page.events.at(-1)).not.toHaveProperty('clientMessageId');
    expect(session.of('room').at(-1)?.entry).toMatchObject({ memberCount: 2, events: [joined] });
    expect(session.of('events').at(-1)?.events.at(-1)).toMatchObject(joined);
    const { rooms } = await server.client.call('getSync', { token: ben.token, query: { cursor } });
    expect(rooms).toMatchObject([{ room, memberCount: 2 }]);
    expect(
      await server.client.call('getUser', { token: ben.token, params: { user: ada.user } }),
    ).toMatchObject({
      handle: 'ada',
    });
    expect(await server.send(ben, room, 'are you back?')).toBe(5);
  });

  test('[REL13] what was said stays, for both', async () => {
    await using scene = await setScene(await openEngine());
    const { server, ada, ben, block } = scene;
    const room = await server.contacts(ada, ben);
    await server.send(ada, room, 'said by ada');
    await server.send(ben, room, 'said by ben');
    await server.client.call('removeContact', { token: ada.token, params: { user: ben.user } });
    await block(ada, ben);
    for (const { token } of [ada, ben]) {
      const page = JSON.stringify(await server.client.call('getEvents', { token, params: { room } }));
      expect([page.includes('said by ada'), page.includes('said by ben')]).toEqual([true, true]);
    }
  });

  test('[REL5] a refusal and a removal are told to the devices of who did it alone, by every path', async () => {
    await using scene = await setScene(await openEngine());
    const { server, ada, ben, session } = scene;
    const own = await server.open(ada.token);
    const params = { user: ben.user };
    const room = await server.contacts(ben, ada);
    await given(session, 2);
    const before = await server.client.call('getRoom', { token: ben.token, params: { room } });
    const entries = session.of('room').length;
    await server.client.call('removeContact', { token: ada.token, params });
    await server.client.call('requestContact', { token: ben.token, params: { user: ada.user }, body: {} });
    const asked = await server.client.call('requestContact', { token: ada.token, params, body: {} });
    await server.client.call('removeContact', { token: ada.token, params });
    expect(Number(asked.seq)).toBe(4);
    await given(session, 5);
    await given(own, 5);
    const after = await server.client.call('getRoom', { token: ben.token, params: { room } });
    expect(after.relation).toMatchObject({ state: 'contact' });
    expect(before.relation).toMatchObject({ state: 'contact' });
    const page = await server.client.call('getEvents', { token: ben.token, params: { room } });
    const synced = await ask(session, { kind: 'sync', eventsPerRoom: 50 });
    const live = session.of('events').flatMap(({ events }) => events);
    for (const seen of [page.events, live, synced.kind === 'synced' ? (synced.rooms[0]?.events ?? []) : []]) {
      for (const seq of [3, 5]) {
        const event = seen.find((one) => one.seq === (seq as number));
        expect(event).toMatchObject({ kind: 'related', sender: ada.user });
        for (const field of ['change', 'content', 'device', 'clientMessageId'])
          expect(event).not.toHaveProperty(field);
      }
    }
    // An entry comes only with what they are told: the new request.
    expect(session.of('room').length - entries).toBe(1);
    const ours = await server.client.call('getEvents', { token: ada.token, params: { room } });
    expect(ours.events[2]).toMatchObject({ kind: 'related', change: { type: 'related', act: 'remove' } });
    expect(own.of('room').at(-1)?.entry.relation).toMatchObject({ state: 'none', seq: 5 });
  });

  test('[REL6] a room that begins with a block is not there for the other, by any path, until the block ends', async () => {
    await using scene = await setScene(await openEngine());
    const { server, ada, ben, session, block, command } = scene;
    const { token } = ben;
    const { cursor } = await server.client.call('getSync', { token });
    await block(ada, ben);
    const { contacts } = await server.client.call('listContacts', { token: ada.token });
    expect(contacts).toMatchObject([{ user: ben.user, state: 'blocked' }]);
    const room = contacts[0]?.room as RoomId;
    const nobody = (await server.person('nobody')).user;
    const reads = ['getRoom', 'getMembers', 'getEvents', 'getReceipts', 'getPresence', 'getLinks'] as const;
    for (const name of reads) {
      expect([name, await server.client.refused(name, { token, params: { room } })]).toEqual([
        name,
        'not-found',
      ]);
    }
    for (const query of [{}, { cursor }])
      expect((await server.client.call('getSync', { token, query })).rooms).toEqual([]);
    expect(await ask(session, { kind: 'history', room })).toMatchObject({ code: 'not-found' });
    expect(await ask(session, { kind: 'mark', room, read: 1 })).toMatchObject({ code: 'not-found' });
    expect(await ask(session, { kind: 'look', rooms: [room] })).toMatchObject({ rooms: [] });
    const status = { kind: 'status', room, clientMessageId: server.nextId() };
    expect(await ask(session, status)).toMatchObject({ code: 'not-found' });
    session.say({ kind: 'beat', state: 'active', cursor });
    expect(await session.take('beat')).toMatchObject({ changed: [], sync: false });
    const send = { kind: 'send', room, content: { type: 'text', text: 'hello?' } } as const;
    expect(await (await command(ben, send)).json()).toMatchObject({ code: 'not-found' });
    const join = { kind: 'join', room, secret: newLinkSecret(new Uint8Array(16)) } as const;
    expect(await (await command(ben, join)).json()).toEqual(
      await (await command(ben, { ...join, room: newRoomId() })).json(),
    );
    const create = { kind: 'create', roomKind: 'direct', room, user: ada.user } as const;
    const refusal = await (await command(ben, create)).json();
    await server.engine.directory.deleteUser(nobody, server.clock.now());
    const toNobody = { ...create, user: nobody, room: directRoomId(ben.user, nobody) };
    expect(refusal).toEqual(await (await command(ben, toNobody)).json());
    expect(session.frames.filter(({ kind }) => kind === 'room' || kind === 'events')).toEqual([]);
    expect(await server.client.refused('getUser', { token, params: { user: ada.user } })).toBe('not-found');
    await block(ada, ben, false);
    expect((await session.take('room')).entry).toMatchObject({
      room,
      memberCount: 2,
      relation: { state: 'none' },
    });
    const { rooms } = await server.client.call('getSync', { token, query: { cursor } });
    expect(rooms).toMatchObject([{ room, relation: { state: 'none', seq: 0 } }]);
    expect(JSON.stringify(rooms)).not.toContain('block');
    expect(await server.send(ben, room, 'hello')).toBe(3);
  });

  test.each([{}, { whoMayWrite: 'contacts', whoMayAdd: 'contacts', findable: false } as const])(
    '[REL6][REL7] who was blocked before a word was said learns no more than of an account that is gone: %j',
    async (settings) => {
      const told = async (end: (scene: Scene) => Promise<unknown>) => {
        await using scene = await setScene(await openEngine());
        const { server, ada, ben, session, command } = scene;
        const { code } = await server.client.call('putMyLink', { token: ada.token, body: {} });
        await server.client.call('updateMe', { token: ada.token, body: settings });
        await server.engine.directory.setAvatar(ada.user, AVATAR, server.clock.now());
        const group = await server.group(ben);
        await end(scene);
        const room = directRoomId(ben.user, ada.user);
        const answers = await learned(scene, room, { code, group });
        const { token } = ben;
        const blocking = { token, params: { user: ada.user }, body: { blocked: true } };
        answers.push(await server.client.refusal('blockPerson', blocking));
        const create = { kind: 'create', roomKind: 'direct', room, user: ada.user } as const;
        answers.push(await (await command(ben, { ...create, relate: { act: 'block' } })).json());
        expect(session.of('room').map(({ entry }) => entry.room)).not.toContain(room);
        return alike(answers, scene, room, group);
      };
      const gone = await told(({ goes, ada }) => goes(ada));
      const blocked = await told(({ block, ada, ben }) => block(ada, ben));
      expect(blocked).toEqual(gone);
    },
  );
});
