import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { type Circle, directRoomId, newLinkSecret, newRoomId, type UserId } from '@maru/protocol';
import { type ComposedServer, composedServer, type TestPerson } from './testing/composed-server.ts';

// Who may write to somebody, bring them into groups, and find them, by every path.

let server: ComposedServer;
let ada: TestPerson;
let ben: TestPerson;
let cho: TestPerson;
beforeEach(async () => {
  server = composedServer();
  ada = await server.person('ada');
  ben = await server.person('ben');
  cho = await server.person('cho');
});
afterEach(() => server[Symbol.asyncDispose]());

type Settings = { findable?: boolean; whoMayWrite?: Circle; whoMayAdd?: Circle };
const set = (person: TestPerson, body: Settings) =>
  server.client.call('updateMe', { token: person.token, body });
async function befriend(one: TestPerson, other: TestPerson): Promise<void> {
  await server.client.call('requestContact', { token: one.token, params: { user: other.user }, body: {} });
  const answer = { token: other.token, params: { user: one.user }, body: { accept: true } };
  await server.client.call('answerRequest', answer);
}
const tell = (by: TestPerson, body: object) =>
  server.client.outcome('postCommand', {
    token: by.token,
    body: { clientMessageId: server.nextId(), ...body } as never,
  });
const create = (by: TestPerson, to: TestPerson) =>
  tell(by, { kind: 'create', roomKind: 'direct', room: directRoomId(by.user, to.user), user: to.user });
const write = (by: TestPerson, to: TestPerson) =>
  tell(by, { kind: 'send', room: directRoomId(by.user, to.user), content: { type: 'text', text: 'hello' } });
const makeGroup = (by: TestPerson, ...users: UserId[]) =>
  tell(by, { kind: 'create', roomKind: 'group', room: newRoomId(), name: 'Floor', users });
const add = (by: TestPerson, room: string, user: UserId) => tell(by, { kind: 'add', room, users: [user] });
const find = (by: TestPerson, handle: string) =>
  server.client.outcome('findUser', { token: by.token, query: { handle } });

describe('[PEOPLE8] who lets contacts only write', () => {
  test('gets no room and no message of a stranger, and a request all the same', async () => {
    await set(ben, { whoMayWrite: 'contacts' });
    expect(await create(ada, ben)).toBe('contacts-only');
    const params = { user: ben.user };
    const request = {
      token: ada.token,
      params,
      body: { note: { type: 'text', text: 'from the market' } },
    } as const;
    expect(await server.client.outcome('requestContact', request)).toBe('done');
    expect(await write(ada, ben)).toBe('contacts-only');
    expect(await write(ben, ada)).toBe('done');
    expect(await write(ada, ben)).toBe('done');
  });

  test('is written to by contacts, and by who was accepted before', async () => {
    await create(cho, ben);
    await write(cho, ben);
    await write(ben, cho);
    await befriend(ada, ben);
    await set(ben, { whoMayWrite: 'contacts' });
    expect(await write(ada, ben)).toBe('done');
    expect(await write(cho, ben)).toBe('done');
  });

  test('is so from the answer on, and everybody may write again after the next', async () => {
    await create(ada, ben);
    for (let i = 0; i < 3; i++) expect(await write(ada, ben)).toBe('done');
    await set(ben, { whoMayWrite: 'contacts' });
    expect(await write(ada, ben)).toBe('contacts-only');
    await set(ben, { whoMayWrite: 'everyone' });
    expect(await write(ada, ben)).toBe('done');
  });

  test('or contacts of theirs is written to by these, as long as both are', async () => {
    await set(ben, { whoMayWrite: 'contacts-of-contacts' });
    // Somebody whom ben does not know is no way in.
    await befriend(ada, await server.person('dan'));
    expect(await create(ada, ben)).toBe('contacts-only');
    await befriend(ben, cho);
    expect(await create(ada, ben)).toBe('contacts-only');
    await befriend(cho, ada);
    expect(await create(ada, ben)).toBe('done');
    expect(await write(ada, ben)).toBe('done');
    await server.client.call('removeContact', { token: cho.token, params: { user: ada.user } });
    expect(await write(ada, ben)).toBe('contacts-only');
  });

  test('but no contact who blocks them or whom the other blocks lets anybody in', async () => {
    await set(ben, { whoMayWrite: 'contacts-of-contacts' });
    const dan = await server.person('dan');
    for (const friend of [cho, dan]) {
      await befriend(ben, friend);
      await befriend(ada, friend);
    }
    const block = (by: TestPerson, whom: TestPerson) =>
      server.client.call('blockPerson', {
        token: by.token,
        params: { user: whom.user },
        body: { blocked: true },
      });
    await block(cho, ben);
    expect(await create(ada, ben)).toBe('done');
    expect(await write(ada, ben)).toBe('done');
    await block(ada, dan);
    expect(await write(ada, ben)).toBe('contacts-only');
  });
});

describe('[PEOPLE9] who lets contacts only add them', () => {
  test('is brought into groups by these alone, when a group is made and later', async () => {
    await befriend(ben, cho);
    await set(ben, { whoMayAdd: 'contacts' });
    expect(await makeGroup(ada, ben.user, cho.user)).toBe('contacts-only');
    expect(await makeGroup(cho, ben.user, ada.user)).toBe('done');
    const room = await server.group(ada, cho);
    expect(await add(ada, room, ben.user)).toBe('contacts-only');
    expect(await add(cho, room, ben.user)).toBe('done');
  });

  test('or contacts of theirs, by these too', async () => {
    await set(ben, { whoMayAdd: 'contacts-of-contacts' });
    await befriend(ada, await server.person('dan'));
    expect(await makeGroup(ada, ben.user)).toBe('contacts-only');
    await befriend(ben, cho);
    expect(await makeGroup(ada, ben.user)).toBe('contacts-only');
    await befriend(ada, cho);
    expect(await makeGroup(ada, ben.user)).toBe('done');
  });

  test('comes in by a link all the same where they ask to, and is let in', async () => {
    await set(ben, { whoMayAdd: 'contacts' });
    const room = await server.group(ada);
    const secret = newLinkSecret(new Uint8Array(16));
    const answer = { kind: 'answer-join', room, user: ben.user, accept: true } as const;
    // Nobody has asked: that says nothing of their settings.
    expect(await tell(ada, answer)).toBe('not-found');
    expect(await tell(ada, { kind: 'make-link', room, secret, approval: true })).toBe('done');
    expect(await tell(ben, { kind: 'join', room, secret })).toBe('done');
    expect(await tell(ada, answer)).toBe('done');
    expect(await server.send(ben, room, 'hello')).toBe(5);
  });

  test('may write to whom they like, and is written to as before', async () => {
    await set(ben, { whoMayAdd: 'contacts' });
    expect(await create(ada, ben)).toBe('done');
    expect(await makeGroup(ben, ada.user)).toBe('done');
  });
});

describe('[PEOPLE7] who is not to be found', () => {
  test("is to strangers as if the handle were nobody's, and is found by contacts and by themselves", async () => {
    await befriend(ben, cho);
    await set(ben, { findable: false });
    const query = { handle: 'ben' };
    const hidden = await server.client.refusal('findUser', { token: ada.token, query });
    const nobody = await server.client.refusal('findUser', { token: ada.token, query: { handle: 'nobody' } });
    expect(hidden).toEqual(nobody);
    expect(await find(cho, 'ben')).toBe('done');
    expect(await find(ben, 'ben')).toBe('done');
    await set(ben, { findable: true });
    expect(await find(ada, 'ben')).toBe('done');
  });

  test('is still seen by who has met them: in rooms, by their id', async () => {
    const room = await server.group(ben, ada);
    await set(ben, { findable: false });
    const token = ada.token;
    expect(await server.client.outcome('getUser', { token, params: { user: ben.user } })).toBe('done');
    const { members } = await server.client.call('getMembers', { token, params: { room } });
    expect(members.map(({ handle }) => handle).toSorted()).toEqual(['ada', 'ben']);
  });
});

test('[PEOPLE7] [PEOPLE8] [PEOPLE9] settings are told to their user alone, and change one by one', async () => {
  const me = await set(ben, { whoMayAdd: 'contacts' });
  expect(me.settings).toEqual({
    ...{ hidePresence: false, findable: true, whoMayWrite: 'everyone', whoMayAdd: 'contacts' },
  });
  expect((await set(ben, { findable: false })).settings).toMatchObject({
    findable: false,
    whoMayAdd: 'contacts',
  });
  const seen = await server.client.call('getUser', { token: ada.token, params: { user: ben.user } });
  expect(seen).toContainAllKeys(['changedAt', 'handle', 'name', 'user']);
  const wrong = { token: ben.token, body: { whoMayWrite: 'nobody' as never } };
  expect(await server.client.refusal('updateMe', wrong)).toMatchObject({
    code: 'bad-request',
    field: 'whoMayWrite',
  });
});

test("[PEOPLE10] a changed setting is told to the user's other devices, and to nobody else", async () => {
  await befriend(ada, ben);
  const other = await server.again(ben);
  const [own, others, stranger] = [
    await server.open(ben.token),
    await server.open(other.token),
    await server.open(ada.token),
  ];
  await set(ben, { findable: false });
  await others.take('account');
  // A name is no setting.
  await server.client.call('updateMe', { token: ben.token, body: { name: 'Ben' } });
  await set(other, { whoMayAdd: 'contacts' });
  await own.take('account');
  const told = [own, others, stranger].map((session) => session.of('account').length);
  expect(told).toEqual([1, 1, 0]);
});
