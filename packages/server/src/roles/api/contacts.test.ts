import { beforeEach, describe, expect, test } from 'bun:test';
import { directRoomId, limits, newUserId } from '@maru/protocol';
import { type ComposedServer, composedServer, type TestPerson } from '../../main/testing/composed-server.ts';

let server: ComposedServer;
let ada: TestPerson;
let ben: TestPerson;

beforeEach(async () => {
  server = composedServer();
  [ada, ben] = [await server.person('ada'), await server.person('ben')];
});

const text = (text: string) => ({ type: 'text', text }) as const;
const towards = ({ token }: TestPerson, { user }: { user: TestPerson['user'] }) => ({
  token,
  params: { user },
});
const request = (by: TestPerson, other: TestPerson, note?: { type: string }) =>
  server.client.call('requestContact', { ...towards(by, other), body: note === undefined ? {} : { note } });
const answer = (by: TestPerson, other: TestPerson, accept: boolean) =>
  server.client.call('answerRequest', { ...towards(by, other), body: { accept } });
const remove = (by: TestPerson, other: TestPerson) => server.client.call('removeContact', towards(by, other));
const block = (by: TestPerson, other: TestPerson, blocked = true) =>
  server.client.call('blockPerson', { ...towards(by, other), body: { blocked } });

async function list({ token }: TestPerson) {
  const { contacts } = await server.client.call('listContacts', { token });
  return contacts.map(({ handle, state, note }) =>
    note === undefined ? [handle, state] : [handle, state, note],
  );
}

describe('[REL11] the contact list', () => {
  test('has requests with their note, contacts and people who are blocked, each as both are told', async () => {
    server.clock.advance(1_000);
    const { room } = await request(ada, ben, text('from the market'));
    expect(room).toBe(directRoomId(ada.user, ben.user));
    expect(await list(ada)).toEqual([['ben', 'requested-by-me', text('from the market')]]);
    expect(await list(ben)).toEqual([['ada', 'requested-by-them', text('from the market')]]);
    server.clock.advance(1_000);
    const since = server.clock.now();
    await answer(ben, ada, true);
    const { contacts, more } = await server.client.call('listContacts', { token: ada.token });
    const profile = { user: ben.user, handle: 'ben', name: 'ben', changedAt: since - 2_000 };
    expect(contacts as unknown).toEqual([{ ...profile, room, state: 'contact', seq: 2, since }]);
    expect(more).toBe(false);
    await remove(ada, ben);
    expect([await list(ada), await list(ben)]).toEqual([[], [['ada', 'contact']]]);
    await block(ada, ben);
    expect([await list(ada), await list(ben)]).toEqual([[['ben', 'blocked']], []]);
    await block(ada, ben, false);
    expect([await list(ada), await list(ben)]).toEqual([[], [['ada', 'contact']]]);
  });

  test('comes in pages, and without who is gone, strangers and groups', async () => {
    const people = [];
    for (let i = 0; i < 5; i++) people.push(await server.person(`person${i}`));
    for (const person of people) await request(person, ada);
    await server.send(ada, await server.direct(ada, ben), 'hello');
    await server.group(ada, ben);
    const [first] = people;
    await server.engine.directory.deleteUser(first?.user ?? ada.user, server.clock.now());
    const found: string[] = [];
    let after: TestPerson['user'] | undefined;
    for (let more = true; more; ) {
      const query = { limit: 2, ...(after === undefined ? {} : { after }) };
      const page = await server.client.call('listContacts', { token: ada.token, query });
      expect(page.contacts.length).toBeLessThanOrEqual(2);
      found.push(...page.contacts.map(({ handle }) => handle));
      ({ more } = page);
      after = page.contacts.at(-1)?.user ?? after;
    }
    expect(found).toEqual(['person1', 'person2', 'person3', 'person4']);
    for (const limit of [0, limits.CONTACTS_PAGE_MAX + 1]) {
      expect(await server.client.refused('listContacts', { token: ada.token, query: { limit } })).toBe(
        'bad-request',
      );
    }
  });
});

describe('an act without a session', () => {
  test('[REL1] asked for again finds it done', async () => {
    const asked = await request(ada, ben);
    expect(await request(ada, ben)).toEqual(asked);
    const accepted = await answer(ben, ada, true);
    expect(await answer(ben, ada, true)).toEqual(accepted);
    expect(await request(ben, ada)).toEqual(accepted);
    for (const act of [remove, remove, block, block]) await act(ada, ben);
    await block(ada, ben, false);
    await block(ada, ben, false);
    await remove(ada, ben);
    const { seq } = await answer(ada, ben, false);
    expect(Number(seq)).toBe(5);
  });

  test('[REL3] takes a request back, refuses one, and meets one', async () => {
    await request(ada, ben);
    await remove(ada, ben);
    expect([await list(ada), await list(ben)]).toEqual([[], []]);
    await request(ada, ben);
    await answer(ben, ada, false);
    expect([await list(ada), await list(ben)]).toEqual([[['ben', 'requested-by-me']], []]);
    await request(ben, ada);
    expect([await list(ada), await list(ben)]).toEqual([[['ben', 'contact']], [['ada', 'contact']]]);
  });

  test('[REL2] where there is nothing to accept is refused', async () => {
    const body = { accept: true };
    expect(await server.client.refused('answerRequest', { ...towards(ada, ben), body })).toBe('not-found');
    await server.direct(ada, ben);
    expect(await server.client.refused('answerRequest', { ...towards(ada, ben), body })).toBe(
      'relation-changed',
    );
  });

  test('[REL7] towards nobody, and towards who blocks, is refused alike', async () => {
    const nobody = { user: newUserId() };
    const refusalOf = async (other: { user: TestPerson['user'] }) => {
      const response = await server.client.respond('requestContact', { ...towards(ben, other), body: {} });
      return response.json();
    };
    await block(ada, ben);
    expect(await refusalOf(ada)).toEqual(await refusalOf(nobody));
    expect(await refusalOf(nobody)).toMatchObject({ code: 'recipient-unavailable' });
    expect(
      await server.client.refused('blockPerson', { ...towards(ben, nobody), body: { blocked: true } }),
    ).toBe('recipient-unavailable');
    await remove(ben, ada);
  });

  test('[LIMIT7] a note has its limits, and one more is refused', async () => {
    const most = '마'.repeat(limits.REQUEST_NOTE_CHARS_MAX);
    const refused = (note: { type: string }) =>
      server.client.refused('requestContact', { ...towards(ada, ben), body: { note } });
    expect(await refused(text(`${most}루`))).toBe('message-too-long');
    expect(await refused(text(' '))).toBe('message-empty');
    const sealed = (bytes: number) => ({
      type: 'sealed',
      blob: 'x'.repeat(bytes - '{"type":"sealed","blob":""}'.length),
    });
    expect(await refused(sealed(limits.REQUEST_NOTE_BYTES_MAX + 1))).toBe('content-too-large');
    await request(ada, ben, text(most));
    await remove(ada, ben);
    await request(ada, ben, sealed(limits.REQUEST_NOTE_BYTES_MAX));
    expect(await list(ben)).toEqual([['ada', 'requested-by-them', sealed(limits.REQUEST_NOTE_BYTES_MAX)]]);
  });
});

test('[REL9] who blocks the adder, or is blocked by them, is brought into no group', async () => {
  const eve = await server.person('eve');
  const room = await server.group(eve, ada);
  const own = await server.group(ben, eve);
  await block(ada, ben);
  const bring = async (by: TestPerson, body: object) => {
    const response = await server.client.respond('postCommand', {
      token: by.token,
      body: { clientMessageId: server.nextId(), ...body } as never,
    });
    return response.ok ? 'done' : ((await response.json()) as { code: string }).code;
  };
  const create = (users: readonly TestPerson[]) => ({
    kind: 'create',
    roomKind: 'group',
    room: directRoomId(ada.user, ben.user),
    name: 'x',
    users: users.map(({ user }) => user),
  });
  expect(await bring(ada, { kind: 'add', room, users: [ben.user] })).toBe('recipient-unavailable');
  expect(await bring(ben, { kind: 'add', room: own, users: [ada.user, eve.user] })).toBe(
    'recipient-unavailable',
  );
  expect(await bring(ben, create([eve, ada]))).toBe('recipient-unavailable');
  expect(await bring(ada, create([ben]))).toBe('recipient-unavailable');
  // Others may, and both are there.
  expect(await bring(eve, { kind: 'add', room, users: [ben.user] })).toBe('done');
  const { members } = await server.client.call('getMembers', { token: ben.token, params: { room } });
  expect(members.map(({ handle }) => handle).toSorted()).toEqual(['ada', 'ben', 'eve']);
  await block(ada, ben, false);
  expect(await bring(ben, { kind: 'add', room: own, users: [ada.user] })).toBe('done');
});
