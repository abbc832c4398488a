import { beforeEach, describe, expect, test } from 'bun:test';
import { errorBody } from '@maru/protocol';
import { ARRIVAL, type ComposedServer } from '../../main/testing/composed-server.ts';
import { PASSWORD, type RootAndBen, rootAndBen } from '../../main/testing/root-and-ben.ts';

let server: ComposedServer;
let ben: RootAndBen['ben'];
let of: RootAndBen['of'];

beforeEach(async () => {
  ({ server, ben, of } = await rootAndBen());
});

/** Sends a request whose body comes only when `meanwhile` is over; gives what it is answered. */
async function late(route: string, body: object, meanwhile: () => Promise<unknown>): Promise<string> {
  const [method = '', path = ''] = route.split(' ');
  const text = new TextEncoder().encode(JSON.stringify(body));
  let isAskedFor = false;
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        isAskedFor = true;
        controller.enqueue(text.slice(0, 1));
        await meanwhile();
        controller.enqueue(text.slice(1));
        controller.close();
      },
    },
    // Nothing is asked for before the server reads: by then it has looked at who asks.
    { highWaterMark: 0 },
  );
  const headers = {
    ...{ host: ARRIVAL.host, 'content-type': 'application/json' },
    authorization: `Bearer ${ben.token}`,
  };
  const request = new Request(`http://${ARRIVAL.host}${path}`, { method, headers, body: stream });
  const response = await server.api.fetch(request, ARRIVAL);
  expect(isAskedFor).toBe(true);
  return response.ok ? 'done' : errorBody.parse(await response.json()).code;
}

const command = () => ({
  ...{ kind: 'create', roomKind: 'group', name: 'Floor', users: [] },
  ...{ room: `room_${'0'.repeat(25)}1`, clientMessageId: server.nextId() },
});
const CHANGES = {
  'PATCH /v1/me': { name: 'Mallory' },
  'PUT /v1/me/password': { current: PASSWORD, next: 'battery staple' },
  'POST /v1/me/recovery-codes': { password: PASSWORD },
  'DELETE /v1/me': { password: PASSWORD },
};

describe('who may no longer act when the end of a body comes does not', () => {
  test.each(Object.entries(CHANGES))('[ADMIN2] suspended meanwhile: %s', async (route, body) => {
    const suspend = () => server.client.call('suspendAccount', of(ben.user));
    expect(await late(route, body, suspend)).toBe('account-suspended');
    expect(await server.engine.directory.user(ben.user)).toMatchObject({ name: 'Ben', deletedAt: undefined });
  });

  test.each(Object.entries(CHANGES))('[PRIV9] signed out meanwhile: %s', async (route, body) => {
    expect(await late(route, body, () => server.client.call('logOut', { token: ben.token }))).toBe(
      'unauthorized',
    );
    expect(await server.engine.directory.user(ben.user)).toMatchObject({ name: 'Ben', deletedAt: undefined });
  });

  test('[ADMIN2] suspended meanwhile: a command', async () => {
    const suspend = () => server.client.call('suspendAccount', of(ben.user));
    expect(await late('POST /v1/commands', command(), suspend)).toBe('account-suspended');
  });

  test('[ADMIN1] unmade an administrator meanwhile: an invite', async () => {
    await server.client.call('makeAdministrator', of(ben.user));
    const unmake = () => server.client.call('unmakeAdministrator', of(ben.user));
    expect(await late('POST /v1/invites', {}, unmake)).toBe('forbidden');
    const page = { now: server.clock.now(), after: undefined, limit: 10 };
    expect(await server.engine.directory.openInvites(page)).toEqual([]);
  });

  test('and made one meanwhile, they do', async () => {
    const make = () => server.client.call('makeAdministrator', of(ben.user));
    expect(await late('PATCH /v1/me', { name: 'Benjamin' }, make)).toBe('done');
  });
});
