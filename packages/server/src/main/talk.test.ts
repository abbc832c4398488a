import { describe, expect, test } from 'bun:test';
import { type CommandFrame, type Event, limits, type RoomId, type Seq } from '@maru/protocol';
import { createMemoryEngine } from '../engines/memory/memory-engine.ts';
import { openForTest } from '../engines/sqlite/testing/open-for-test.ts';
import { scratchFolder } from '../engines/sqlite/testing/scratch-folder.ts';
import type { Engine } from '../ports/engine.ts';
import { composedServer, type TestPerson } from './testing/composed-server.ts';

const scratch = scratchFolder();
const engines: [string, () => Promise<Engine>][] = [
  ['memory', async () => createMemoryEngine()],
  ['SQLite, projections frozen', () => openForTest(scratch.next(), { freezeViews: true })],
];

type Without<F> = F extends CommandFrame ? Omit<F, 'clientMessageId' | 'room'> : never;

async function setScene(engine: Engine) {
  const server = composedServer({ engine });
  const [ada, ben, eve] = [
    await server.person('ada'),
    await server.person('ben'),
    await server.person('eve'),
  ];
  const does = async (by: TestPerson, room: RoomId, body: Without<CommandFrame>) => {
    const command = { ...body, room, clientMessageId: server.nextId() } as CommandFrame;
    return (await server.client.call('postCommand', { token: by.token, body: command })).seq;
  };
  return {
    ...{ server, ada, ben, eve, does },
    say: (by: TestPerson, room: RoomId, text: string) =>
      does(by, room, { kind: 'send', content: { type: 'text', text } }),
    react: (by: TestPerson, room: RoomId, refersTo: Seq, reaction: string, on = true) =>
      does(by, room, { kind: 'react', refersTo, reaction, on }),
    /** What one reads of a message's reactions, by history and by sync alike. */
    async kinds(by: TestPerson, room: RoomId, seq: Seq): Promise<Event['reactions']> {
      const { events } = await server.client.call('getEvents', { token: by.token, params: { room } });
      const { rooms } = await server.client.call('getSync', { token: by.token });
      const synced = rooms.find((entry) => entry.room === room)?.events.find((event) => event.seq === seq);
      const read = events.find((event) => event.seq === seq);
      if (synced !== undefined) expect(synced).toEqual(read as Event);
      return read?.reactions;
    },
    who: async (by: TestPerson, room: RoomId, seq: Seq) =>
      (await server.client.call('getReactions', { token: by.token, params: { room, seq } })).reactions,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

describe.each(engines)('over %s', (_, openEngine) => {
  test('[TALK2] everybody reads each kind, by how many, and which are theirs; and who they are', async () => {
    await using scene = await setScene(await openEngine());
    const { server, ada, ben, eve, say, react, kinds, who } = scene;
    const room = await server.group(ada, ben, eve);
    const said = await say(ada, room, 'here');
    await react(ben, room, said, '👍');
    await react(eve, room, said, '👍');
    const newest = await react(eve, room, said, '\u2764');
    const expected = (thumb: boolean, heart: boolean) => ({
      seq: newest,
      kinds: [
        { reaction: '👍', count: 2, mine: thumb },
        { reaction: '❤️', count: 1, mine: heart },
      ],
    });
    expect(await kinds(ada, room, said)).toEqual(expected(false, false));
    expect(await kinds(ben, room, said)).toEqual(expected(true, false));
    expect(await kinds(eve, room, said)).toEqual(expected(true, true));
    expect(await who(ada, room, said)).toEqual([
      { reaction: '👍', count: 2, users: [ben.user, eve.user] },
      { reaction: '❤️', count: 1, users: [eve.user] },
    ]);
    // Another the same changes nothing: the head is the answer.
    expect(await react(ben, room, said, '👍')).toBe(newest);
  });

  test('[TALK2] what several do at the same moment is counted once each', async () => {
    await using scene = await setScene(await openEngine());
    const { server, ada, ben, eve, say, react, kinds } = scene;
    const room = await server.group(ada, ben, eve);
    const said = await say(ada, room, 'here');
    const all = [ada, ben, eve, ada, ben, eve].map((person) => react(person, room, said, '👍'));
    await Promise.all([...all, react(ada, room, said, '👍', false), react(eve, room, said, '😂')]);
    expect((await kinds(ben, room, said))?.kinds).toEqual([
      { reaction: '👍', count: 2, mine: true },
      { reaction: '😂', count: 1, mine: false },
    ]);
  });

  test('[TALK4][PRIV4][PRIV5] who may not see a message learns nothing of what stands on it, live or by reading', async () => {
    await using scene = await setScene(await openEngine());
    const { server, ada, ben, eve, say, react, kinds, does } = scene;
    const room = await server.group(ada, eve);
    await does(ada, room, { kind: 'set-history', history: 'since-joined' });
    const early = await say(ada, room, 'early');
    await react(eve, room, early, '👍');
    await does(ada, room, { kind: 'add', users: [ben.user] });
    const session = await server.open(ben.token);
    const reaction = await react(ada, room, early, '🍉');
    const seen = await say(ada, room, 'seen');
    const open = await react(ada, room, seen, '🍇');
    const live: Event[] = [];
    while (live.at(-1)?.seq !== open) live.push(...(await session.take('events')).events);
    expect(live.find(({ seq }) => seq === reaction)).toMatchObject({ kind: 'reaction', refersTo: early });
    expect(live.at(-1)).toMatchObject({ change: { type: 'reacted', reaction: '🍇', on: true } });
    const page = await server.client.call('getEvents', { token: ben.token, params: { room } });
    expect(JSON.stringify([live, page])).not.toContain('🍉');
    const asked = { token: ben.token, params: { room, seq: early } };
    expect(await server.client.refused('getReactions', asked)).toBe('not-found');

    // What stood there when they left is theirs to see again, and nothing that came while they were away.
    await does(ben, room, { kind: 'leave' });
    await react(eve, room, seen, '🍉');
    await react(eve, room, seen, '🍇');
    await does(ada, room, { kind: 'add', users: [ben.user] });
    await react(ben, room, seen, '🍋');
    expect((await kinds(ben, room, seen))?.kinds).toEqual([
      { reaction: '🍇', count: 1, mine: false },
      { reaction: '🍋', count: 1, mine: true },
    ]);
    expect(JSON.stringify(await scene.who(ben, room, seen))).not.toContain('🍉');
    expect((await kinds(ada, room, seen))?.kinds.length).toBe(3);
  });

  test('[TALK5] a deleted message bears nothing any more, and takes nothing', async () => {
    await using scene = await setScene(await openEngine());
    const { server, ada, ben, say, react, kinds, does } = scene;
    const room = await server.direct(ada, ben);
    const said = await say(ada, room, 'gone soon');
    await react(ben, room, said, '👍');
    await does(ada, room, { kind: 'delete', refersTo: said });
    expect(await kinds(ada, room, said)).toBeUndefined();
    const asked = { token: ben.token, params: { room, seq: said } };
    expect(await server.client.refused('getReactions', asked)).toBe('not-found');
    const clientMessageId = server.nextId();
    const late = { kind: 'react', room, clientMessageId, refersTo: said, reaction: '👍', on: true } as const;
    expect(await server.client.refused('postCommand', { token: ben.token, body: late })).toBe(
      'already-deleted',
    );
  });

  test('[TALK10] members read what a message said at first and after each edit, as far as they may see them', async () => {
    await using scene = await setScene(await openEngine());
    const { server, ada, ben, eve, say, does } = scene;
    const room = await server.group(ada, ben);
    await does(ada, room, { kind: 'set-history', history: 'since-joined' });
    const said = await say(ada, room, 'one');
    const edit = (text: string) =>
      does(ada, room, { kind: 'edit', refersTo: said, content: { type: 'text', text } });
    const second = await edit('two');
    await does(ben, room, { kind: 'leave' });
    const away = await edit('said while ben was away');
    await does(ada, room, { kind: 'add', users: [ben.user, eve.user] });
    const last = await edit(`three ${'x'.repeat(5_000)}`);
    const versions = async ({ token }: TestPerson) => {
      const answer = await server.client.call('getVersions', { token, params: { room, seq: said } });
      expect(answer.omitted).toBe(0);
      return answer.versions;
    };
    expect((await versions(ada)).map(({ seq }) => seq)).toEqual([said, second, away, last]);
    const seen = await versions(ben);
    expect(seen.map(({ seq }) => seq)).toEqual([said, second, last]);
    expect(seen[1]).toMatchObject({ content: { type: 'text', text: 'two' } });
    expect(seen.map(({ at }) => at)).toEqual(seen.map(({ at }) => at).toSorted((a, b) => a - b));
    // A long one is a preview, and fetched by its own number.
    expect(seen[2]?.content).toMatchObject({ long: { codePoints: 5_006 } });
    const body = await server.client.respond('getBody', { token: ben.token, params: { room, seq: last } });
    expect(await body.text()).toContain('x'.repeat(5_000));
    const asked = (by: TestPerson, seq: Seq) => ({ token: by.token, params: { room, seq } });
    expect(await server.client.refused('getVersions', asked(eve, said))).toBe('not-found');
    for (const seq of [1 as Seq, second, 99 as Seq])
      expect(await server.client.refused('getVersions', asked(ada, seq))).toBe('not-found');
    await does(ada, room, { kind: 'delete', refersTo: said });
    expect(await server.client.refused('getVersions', asked(ada, said))).toBe('not-found');
  });

  test('[TALK10] of many versions there are the first and the newest, and how many stand between', async () => {
    await using scene = await setScene(await openEngine());
    const { server, ada, ben, say, does } = scene;
    const room = await server.direct(ada, ben);
    const said = await say(ada, room, 'first');
    for (let i = 1; i <= limits.VERSIONS_MAX + 1; i++)
      await does(ada, room, { kind: 'edit', refersTo: said, content: { type: 'text', text: `edit ${i}` } });
    const asked = { token: ben.token, params: { room, seq: said } };
    const { versions, omitted } = await server.client.call('getVersions', asked);
    expect([versions.length, omitted]).toEqual([limits.VERSIONS_MAX, 2]);
    expect(versions.slice(0, 2).map(({ content }) => content)).toEqual([
      { type: 'text', text: 'first' },
      { type: 'text', text: 'edit 3' },
    ]);
  });

  test('[TALK10] how many stand between says nothing of edits that the reader may not see', async () => {
    await using scene = await setScene(await openEngine());
    const { server, ada, ben, say, does } = scene;
    const room = await server.group(ada, ben);
    await does(ada, room, { kind: 'set-history', history: 'since-joined' });
    const said = await say(ada, room, 'first');
    const edit = async (times: number) => {
      for (let i = 0; i < times; i++)
        await does(ada, room, { kind: 'edit', refersTo: said, content: { type: 'text', text: `edit ${i}` } });
    };
    await edit(1);
    await does(ben, room, { kind: 'leave' });
    await edit(3);
    await does(ada, room, { kind: 'add', users: [ben.user] });
    await edit(limits.VERSIONS_MAX);
    const read = async ({ token }: TestPerson) => {
      const answer = await server.client.call('getVersions', { token, params: { room, seq: said } });
      return [answer.versions.length, answer.omitted];
    };
    // Of VERSIONS_MAX + 1 edits that ben may see, and of three more that ada may.
    expect(await read(ben)).toEqual([limits.VERSIONS_MAX, 2]);
    expect(await read(ada)).toEqual([limits.VERSIONS_MAX, 5]);
  });

  test('[TALK9] members have the pins in their entries, and one that is deleted is gone from them', async () => {
    await using scene = await setScene(await openEngine());
    const { server, ada, ben, say, does } = scene;
    const room = await server.direct(ada, ben);
    const [first, second] = [await say(ada, room, 'one'), await say(ada, room, 'two')];
    const { cursor } = await server.client.call('getSync', { token: ben.token });
    await does(ben, room, { kind: 'pin', refersTo: first, on: true });
    await does(ada, room, { kind: 'pin', refersTo: second, on: true });
    const pins = async () => {
      const entry = await server.client.call('getRoom', { token: ada.token, params: { room } });
      const { rooms } = await server.client.call('getSync', { token: ben.token, query: { cursor } });
      expect(rooms[0]?.facts).toEqual(entry.facts as object);
      return entry.facts?.pins;
    };
    expect(await pins()).toEqual([second, first]);
    await does(ada, room, { kind: 'delete', refersTo: second });
    expect(await pins()).toEqual([first]);
    await does(ada, room, { kind: 'pin', refersTo: first, on: false });
    expect(await pins()).toBeUndefined();
  });

  test('[UNREAD1] a reaction is no unread message', async () => {
    await using scene = await setScene(await openEngine());
    const { server, ada, ben, say, react } = scene;
    const room = await server.direct(ada, ben);
    const said = await say(ada, room, 'here');
    await react(ben, room, said, '👍');
    const entry = async ({ token }: TestPerson) => server.client.call('getRoom', { token, params: { room } });
    expect([(await entry(ada)).unreadCount, (await entry(ben)).unreadCount]).toEqual([0, 1]);
  });
});
