import { describe, expect, test } from 'bun:test';
import {
  type CommandFrame,
  type DownFrame,
  newLinkSecret,
  type RoomId,
  type routes,
  type Seq,
} from '@maru/protocol';
import { createMemoryEngine } from '../engines/memory/memory-engine.ts';
import { openForTest } from '../engines/sqlite/testing/open-for-test.ts';
import { scratchFolder } from '../engines/sqlite/testing/scratch-folder.ts';
import type { Engine } from '../ports/engine.ts';
import { composedServer, type TestPerson } from './testing/composed-server.ts';
import type { MemoryCarrier } from './testing/memory-carrier.ts';

// Whole servers: what one may not read is in no answer and in no frame, by whichever path one asks.

type Without<F> = F extends CommandFrame ? Omit<F, 'clientMessageId'> : never;

const scratch = scratchFolder();
const engines: [string, () => Promise<Engine>][] = [
  ['memory', async () => createMemoryEngine()],
  ['SQLite, projections frozen', () => openForTest(scratch.next(), { freezeViews: true })],
];
const LONG = 'long '.repeat(2_000);

/** A server with three people; ben is the one whose membership changes, and has a session. */
async function setScene(engine: Engine) {
  const server = composedServer({ engine });
  const [ada, ben, eve] = [
    await server.person('ada'),
    await server.person('ben'),
    await server.person('eve'),
  ];
  const session = await server.open(ben.token);
  const other = await server.open(eve.token);

  async function command(by: TestPerson, body: Without<CommandFrame>): Promise<Seq> {
    const command = { ...body, clientMessageId: server.nextId() } as CommandFrame;
    return (await server.client.call('postCommand', { token: by.token, body: command })).seq;
  }
  const text = (text: string) => ({ type: 'text', text }) as const;

  return {
    server,
    ...{ ada, ben, eve, session, other, command, text },

    say: (by: TestPerson, room: RoomId, said: string) =>
      command(by, { kind: 'send', room, content: text(said) }),

    /** What ben gets by HTTP for the room: the code of a refusal, or the answer as text. */
    async read(name: keyof typeof routes, room: RoomId, more: object = {}): Promise<string> {
      const options = { token: ben.token, params: { room, ...more }, query: { limit: 200 } };
      const response = await server.client.respond(name, options);
      return response.ok ? await response.text() : ((await response.json()) as { code: string }).code;
    },

    /** Resolves when eve has been given what was committed last, and so has everybody else who gets it. */
    async delivered(seq: Seq): Promise<void> {
      while (!(await other.take('events')).events.some((event) => event.seq === seq));
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

type Scene = Awaited<ReturnType<typeof setScene>>;

let requests = 0;

/** Ben's session asks, and gets an answer under the request's number. */
async function ask(session: MemoryCarrier, frame: object): Promise<DownFrame> {
  const id = ++requests;
  session.say({ ...frame, id });
  for (;;) {
    const answer = session.frames.find((frame) => 'id' in frame && frame.id === id);
    if (answer !== undefined) return answer;
    await new Promise(setImmediate);
  }
}

const byPathInTheRoom = [
  'getRoom',
  'getMembers',
  'getLinks',
  'getEvents',
  'getReceipts',
  'getPresence',
] as const satisfies readonly (keyof typeof routes)[];

describe.each(engines)('over %s', (_, openEngine) => {
  test('[PRIV1][PRIV2][PRIV3] who is removed reads nothing, from the acknowledgement on, by any path', async () => {
    await using scene = await setScene(await openEngine());
    const { server, ada, ben, eve, session, say, command, text, read } = scene;
    const room = await server.group(ada, ben, eve);
    const before = await say(ada, room, 'said before');
    const long = await say(ada, room, LONG);
    const mine = server.nextId();
    const own = { kind: 'send', room, clientMessageId: mine, content: text('mine') } as const;
    await server.client.call('postCommand', { token: ben.token, body: own });
    expect(await ask(session, { kind: 'look', rooms: [room] })).toMatchObject({ rooms: [{ room }] });
    const { cursor } = await server.client.call('getSync', { token: ben.token });
    expect(await read('getEvents', room)).toContain('said before');

    await command(ada, { kind: 'remove', room, user: ben.user });
    const told = session.frames.length;
    for (const name of byPathInTheRoom) expect([name, await read(name, room)]).toEqual([name, 'not-found']);
    expect(await read('getBody', room, { seq: long })).toBe('not-found');
    expect(await read('getReactions', room, { seq: long })).toBe('not-found');
    expect(await read('getVersions', room, { seq: long })).toBe('not-found');
    expect(await read('getStatus', room, { clientMessageId: server.nextId() })).toBe('not-found');
    const marking = { token: ben.token, params: { room }, body: { read: before } };
    expect(await server.client.refused('putMarks', marking)).toBe('not-found');
    const sending = { ...own, clientMessageId: server.nextId() };
    expect(await server.client.refused('postCommand', { token: ben.token, body: sending })).toBe('not-found');
    for (const frame of [
      { kind: 'history', room },
      { kind: 'history', room, from: before, direction: 'around' },
      { kind: 'mark', room, read: before },
      { kind: 'status', room, clientMessageId: server.nextId() },
    ]) {
      expect(await ask(session, frame)).toMatchObject({ kind: 'error', code: 'not-found' });
    }
    expect(await ask(session, { kind: 'look', rooms: [room] })).toMatchObject({ kind: 'seen', rooms: [] });
    session.say({ ...own, clientMessageId: server.nextId() });
    expect(await session.take('refused')).toMatchObject({ code: 'not-found' });
    // Their own command's first answer stays theirs ([ONCE1]), and says nothing else.
    expect(await server.client.call('postCommand', { token: ben.token, body: own })).toMatchObject({ room });

    // Life goes on without them.
    scene.other.say({ kind: 'typing', room });
    scene.other.say({ kind: 'beat', state: 'active' });
    scene.other.say({ kind: 'delivered', rooms: [[room, long]] });
    await command(ada, { kind: 'edit', room, refersTo: before, content: text('said behind') });
    await command(ada, { kind: 'rename', room, name: 'called so behind' });
    await command(ada, { kind: 'set-history', room, history: 'since-joined' });
    await scene.delivered(await say(ada, room, 'said behind'));
    for (let seconds = 0; seconds < 40; seconds += 5) server.clock.advance(5_000);
    const went = { kind: 'removed', sender: ada.user, change: { type: 'removed', user: ben.user } };
    const gone = { room, membership: 'removed', visible: [], events: [went], unreadCount: 0, history: 'all' };
    const changes = await server.client.call('getSync', { token: ben.token, query: { cursor } });
    expect(changes.rooms).toMatchObject([gone]);
    expect(await ask(session, { kind: 'sync', cursor })).toMatchObject({ kind: 'synced', rooms: [gone] });
    expect((await server.client.call('getSync', { token: ben.token })).rooms).toEqual([]);
    const since = session.frames.slice(told);
    expect(JSON.stringify([changes, since])).not.toContain('behind');
    const soft = ['events', 'typing', 'receipts', 'receipt-counts', 'presence', 'marks'];
    expect(since.filter(({ kind }) => soft.includes(kind))).toEqual([]);
  });

  test('[PRIV4][PRIV5] who is back under since-joined sees the spans of both memberships, by any path', async () => {
    await using scene = await setScene(await openEngine());
    const { server, ada, ben, eve, session, say, command, text, read } = scene;
    const room = await server.group(ada, eve);
    await command(ada, { kind: 'set-history', room, history: 'since-joined' });
    const early = await say(ada, room, 'missed at first');
    const joined = await command(ada, { kind: 'add', room, users: [ben.user] });
    const seen = await say(ada, room, 'seen');
    const left = await command(ben, { kind: 'leave', room });
    const missed = await say(ada, room, 'missed');
    const missedLong = await say(ada, room, `missed ${LONG}`);
    await command(ada, { kind: 'edit', room, refersTo: seen, content: text('missed edit') });
    const { cursor } = await server.client.call('getSync', { token: ben.token });
    const back = await command(eve, { kind: 'add', room, users: [ben.user] });
    const visible = [
      [joined, left - 1],
      [back, null],
    ];
    const hidden = await command(ada, {
      kind: 'edit',
      room,
      refersTo: missed,
      content: text('missed, said anew'),
    });
    const last = await say(ada, room, 'seen again');
    await scene.delivered(last);

    expect(await pages(scene, room)).toEqual([joined, seen, back, hidden, last]);
    for (const seq of [early, missed, missedLong, hidden])
      expect(await read('getBody', room, { seq })).toBe('not-found');
    for (const name of ['getRoom', 'getEvents'] as const)
      expect(JSON.parse(await read(name, room))).toMatchObject({ visible });
    const syncs = [
      await server.client.call('getSync', { token: ben.token }),
      await server.client.call('getSync', { token: ben.token, query: { cursor } }),
      await ask(session, { kind: 'sync', eventsPerRoom: 50 }),
    ];
    for (const answer of syncs) expect(answer).toMatchObject({ rooms: [{ room, visible, unreadCount: 1 }] });
    const entries = session.of('room').map(({ entry }) => entry);
    expect(entries.at(-1)).toMatchObject({ room, membership: 'member', visible });
    const live = session.of('events').flatMap(({ events }) => events);
    expect(live.map(({ seq }) => seq)).toEqual([joined, seen, back, hidden, last]);
    expect(live[3]).toMatchObject({ kind: 'edit', refersTo: missed });
    expect(JSON.stringify([syncs, session.frames])).not.toContain('missed');
  });

  test('[PRIV4][PRIV5] under since-joined no jump leads below the floor, and a reply shows nothing of what lies there', async () => {
    await using scene = await setScene(await openEngine());
    const { server, ada, ben, session, say, command, text, read } = scene;
    const room = await server.group(ada, scene.eve);
    await command(ada, { kind: 'set-history', room, history: 'since-joined' });
    const missed = await say(ada, room, 'missed');
    await say(ada, room, `missed ${LONG}`);
    const secret = newLinkSecret(new Uint8Array(16).fill(5));
    await command(ada, { kind: 'make-link', room, secret, approval: false });
    const floor = await command(ben, { kind: 'join', room, secret });
    const content = { ...text('about that'), replyTo: missed };
    const reply = await command(ada, { kind: 'send', room, content });
    await command(ada, { kind: 'edit', room, refersTo: missed, content: text('missed, anew') });
    const deletion = await command(ada, { kind: 'delete', room, refersTo: missed });
    await scene.delivered(await say(ada, room, 'last'));

    for (let from = 1 as Seq; from <= reply; from++) {
      for (const direction of ['older', 'newer', 'around'] as const) {
        const asked = { token: ben.token, params: { room }, query: { from, direction, limit: 200 } };
        const byHttp = await server.client.call('getEvents', asked);
        const bySession = await ask(session, { kind: 'history', room, from, direction, limit: 200 });
        if (!('events' in bySession)) throw new Error('no page');
        for (const { events } of [byHttp, bySession]) {
          expect(events.every(({ seq }) => seq >= floor)).toBe(true);
          const answered = events.find(({ seq }) => seq === reply);
          expect(answered?.content ?? content).toEqual(content);
        }
      }
    }
    for (const seq of [missed, missed + 1]) expect(await read('getBody', room, { seq })).toBe('not-found');
    const last = session.of('events').flatMap(({ events }) => events);
    expect(last.map(({ seq }) => seq)).toContain(deletion);
    const all = [await read('getRoom', room), await read('getEvents', room), session.frames];
    expect(JSON.stringify(all)).not.toContain('missed');
  });
});

/** The numbers that ben reads in every direction by HTTP and by the session, which must be the same everywhere. */
async function pages({ session, server, ben }: Scene, room: RoomId): Promise<number[]> {
  const found = new Set<string>();
  for (const direction of ['older', 'newer', 'around'] as const) {
    const query = { direction, limit: 200 };
    const asked = { token: ben.token, params: { room }, query };
    const answers = [
      await server.client.call('getEvents', asked),
      await ask(session, { kind: 'history', room, ...query }),
    ];
    for (const answer of answers) {
      if (!('events' in answer)) throw new Error('no page');
      expect(JSON.stringify(answer)).not.toContain('missed');
      found.add(JSON.stringify(answer.events.map(({ seq }) => seq)));
    }
  }
  expect(found.size).toBe(1);
  return JSON.parse([...found][0] ?? '[]');
}
