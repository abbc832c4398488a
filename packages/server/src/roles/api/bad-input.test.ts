import { beforeAll, describe, expect, test } from 'bun:test';
import { errorBody, limits, type RoomId } from '@maru/protocol';
import {
  ARRIVAL,
  type ComposedServer,
  composedServer,
  type TestPerson,
} from '../../main/testing/composed-server.ts';
import { BODY_BYTES_MAX } from './register.ts';

let server: ComposedServer;
let ada: TestPerson;
let room: RoomId;

beforeAll(async () => {
  server = composedServer();
  ada = await server.person('ada');
  room = await server.group(ada);
});

const post = async (
  path: string,
  body: string | Uint8Array<ArrayBuffer> | ReadableStream,
  headers: Record<string, string> = {},
) => {
  const request = new Request(`http://127.0.0.1:8787${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${ada.token}`, ...headers },
    body,
  });
  const response = await server.api.fetch(request, ARRIVAL);
  return { status: response.status, error: response.ok ? undefined : errorBody.parse(await response.json()) };
};

const message = (text: string) =>
  JSON.stringify({ kind: 'send', room, clientMessageId: server.nextId(), content: { type: 'text', text } });

describe('a body that can not be read', () => {
  test.each([
    ['not JSON', '{"handle":', 400, 'not-json'],
    ['nothing', '', 400, 'not-json'],
    ['not UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22]), 400, 'not-json'],
    ['a list', '[]', 400, 'bad-request'],
    ['a number', '7', 400, 'bad-request'],
    ['null', 'null', 400, 'bad-request'],
    ['1,000 objects deep', `${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`, 400, 'bad-request'],
  ] as const)('%s', async (_what, body, status, code) => {
    expect(await post('/v1/users/lookup', body)).toMatchObject({ status, error: { code } });
  });

  test('a form, which any page could send', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data']) {
      const { error } = await post('/v1/users/lookup', '{"users":[]}', { 'content-type': type });
      expect(error).toMatchObject({ code: 'bad-request', field: 'content-type' });
    }
  });

  test('a wrong type, with the field that has it', async () => {
    const { error } = await post('/v1/users/lookup', '{"users":"all"}');
    expect(error).toMatchObject({ code: 'bad-request', field: 'users' });
  });

  test('a command of a kind that is not known', async () => {
    const { error } = await post('/v1/commands', '{"kind":"shout"}');
    expect(error).toMatchObject({ code: 'unknown-kind' });
  });

  test('[WIRE2] a field that is not known is passed over', async () => {
    expect(await post('/v1/users/lookup', '{"users":[],"colour":"red"}')).toMatchObject({ status: 200 });
  });
});

describe('[LIMIT3] the size of a body, at the limit and one beyond', () => {
  const padded = (body: string, size: number) => body + ' '.repeat(size - body.length);

  test.each([
    ['/v1/users/lookup', BODY_BYTES_MAX],
    ['/v1/commands', limits.FRAME_BYTES_MAX],
  ])('%s', async (path, max) => {
    const body = () => (path === '/v1/commands' ? message('Hello!') : '{"users":[]}');
    expect((await post(path, padded(body(), max))).status).toBe(200);
    expect(await post(path, padded(body(), max + 1))).toMatchObject({
      status: 413,
      error: { code: 'frame-too-large', limit: { value: max } },
    });
  });

  test('a body that does not say how long it is, is read no further than the limit', async () => {
    let pulled = 0;
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 10_000;
        controller.enqueue(new Uint8Array(10_000).fill(0x20));
      },
    });
    expect(await post('/v1/users/lookup', endless)).toMatchObject({ error: { code: 'frame-too-large' } });
    expect(pulled).toBeLessThan(BODY_BYTES_MAX * 2);
  });
});

describe('[LIMIT2] a text, at the limit and one beyond', () => {
  test.each([
    ['Hangul', '가'],
    ['emoji', '😀'],
    ['Hebrew', 'א'],
  ])('%s: stored and read back to the byte', async (_script, letter) => {
    const text = letter.repeat(limits.MESSAGE_CHARS_MAX);
    const sent = message(text);
    expect((await post('/v1/commands', sent)).status).toBe(200);
    const { head } = await server.client.call('getEvents', { token: ada.token, params: { room } });
    const body = await server.client.respond('getBody', { token: ada.token, params: { room, seq: head } });
    expect(body.headers.get('content-type')).toBe('application/json');
    expect(await body.text()).toBe(JSON.stringify({ type: 'text', text }));
    expect(await post('/v1/commands', message(text + letter))).toMatchObject({
      status: 413,
      error: {
        code: 'message-too-long',
        limit: { value: limits.MESSAGE_CHARS_MAX },
        given: limits.MESSAGE_CHARS_MAX + 1,
      },
    });
  });

  test.each([
    ['nothing', '', 'message-empty'],
    ['white space', ' \n\u3000', 'message-empty'],
    ['a lone surrogate', '"a\\ud800b"', 'text-malformed'],
    ['NUL', 'a\0b', 'text-malformed'],
  ])('%s is refused', async (_what, text, code) => {
    const body = text.startsWith('"') ? message('TEXT').replace('"TEXT"', text) : message(text);
    expect(await post('/v1/commands', body)).toMatchObject({ status: 400, error: { code } });
  });
});

describe('paths and methods', () => {
  const request = async (method: string, path: string) => {
    const response = await server.api.fetch(new Request(`http://127.0.0.1:8787${path}`, { method }), ARRIVAL);
    return { response, error: errorBody.parse(await response.json()) };
  };

  test('a path that is none', async () => {
    const { response, error } = await request('GET', '/v1/nothing');
    expect([response.status, error.code]).toEqual([404, 'not-found']);
  });

  test('a method that the path does not take names those that it does', async () => {
    const { response, error } = await request('PUT', '/v1/me');
    expect([response.status, error.code]).toEqual([405, 'method-not-allowed']);
    expect(response.headers.get('allow')).toBe('GET, PATCH, DELETE');
  });

  test('an id of the wrong form', async () => {
    const { token } = ada;
    const refusal = await server.client.refusal('getRoom', { token, params: { room: 'room_1' } });
    expect(refusal).toMatchObject({ code: 'bad-request', field: 'room' });
  });

  test('a query of the wrong form', async () => {
    const { token } = ada;
    const wrong = (query: Record<string, string | number>) =>
      server.client.refusal('getEvents', { token, params: { room }, query });
    expect(await wrong({ limit: limits.PAGE_EVENTS_MAX + 1 })).toMatchObject({ field: 'limit' });
    expect(await wrong({ from: 'first' })).toMatchObject({ field: 'from' });
    expect(await wrong({ direction: 'up' })).toMatchObject({ field: 'direction' });
  });
});
