import { afterEach, beforeEach, expect, test } from 'bun:test';
import { type CommandFrame, limits, newLinkSecret, type RoomId } from '@maru/protocol';
import { type ComposedServer, composedServer, type TestPerson } from './testing/composed-server.ts';

// Whole servers: who asks to be let in, and then deletes the account.

type Without<F> = F extends CommandFrame ? Omit<F, 'clientMessageId'> : never;

const secret = newLinkSecret(new Uint8Array(16).fill(9));
let server: ComposedServer;
let ada: TestPerson;
let ben: TestPerson;
let room: RoomId;
beforeEach(async () => {
  server = composedServer();
  ada = await server.person('ada');
  ben = await server.person('ben');
  room = await server.group(ada);
  await tell(ada, { kind: 'make-link', room, secret, approval: true });
  expect(await tell(ben, { kind: 'join', room, secret })).toBe('done');
});
afterEach(() => server[Symbol.asyncDispose]());

const tell = (by: TestPerson, body: Without<CommandFrame>) =>
  server.client.outcome('postCommand', {
    token: by.token,
    body: { clientMessageId: server.nextId(), ...body } as CommandFrame,
  });
const links = async () => {
  const { links, requests } = await server.client.call('getLinks', { token: ada.token, params: { room } });
  return { uses: links.map(({ uses }) => uses), asking: requests.map(({ handle }) => handle) };
};
const deleteBen = () => server.engine.directory.deleteUser(ben.user, server.clock.now());
/** What a request that came in at the very moment of the deletion leaves behind. */
const missed = async () => {
  await deleteBen();
  await server.engine.directory.departed(ben.user);
  await server.departures.wake();
  expect(await links()).toEqual({ uses: [1], asking: ['ben'] });
};

test('[LINK4] a request goes with the account of who made it', async () => {
  expect(await links()).toEqual({ uses: [1], asking: ['ben'] });
  await deleteBen();
  await server.departures.wake();
  expect(await links()).toEqual({ uses: [0], asking: [] });
  expect(await server.engine.directory.departures()).toEqual([]);
});

test('[LINK4] a request that was missed is refused like any other', async () => {
  await missed();
  const answer = { kind: 'answer-join', room, user: ben.user } as const;
  expect(await tell(ada, { ...answer, accept: false })).toBe('done');
  expect(await links()).toEqual({ uses: [0], asking: [] });
});

test('[LINK4] who would let it in hears that there is nobody, and it waits no longer', async () => {
  await missed();
  const answer = { kind: 'answer-join', room, user: ben.user } as const;
  expect(await tell(ada, { ...answer, accept: true })).toBe('recipient-unavailable');
  expect(await links()).toEqual({ uses: [0], asking: [] });
  expect(await tell(ada, { ...answer, accept: false })).toBe('not-found');
});

test('[LINK4] as many as may wait, and are gone, leave the places to others', async () => {
  for (let waiting = 1; waiting < limits.JOIN_REQUESTS_MAX; waiting++) {
    const asker = await server.person(`asker${waiting}`);
    expect(await tell(asker, { kind: 'join', room, secret })).toBe('done');
    await server.engine.directory.deleteUser(asker.user, server.clock.now());
  }
  const cho = await server.person('cho');
  expect(await tell(cho, { kind: 'join', room, secret })).toBe('too-many');
  await server.departures.wake();
  expect(await links()).toMatchObject({ asking: ['ben'] });
  expect(await tell(cho, { kind: 'join', room, secret })).toBe('done');
});
