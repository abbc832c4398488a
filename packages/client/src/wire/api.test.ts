import { expect, test } from 'bun:test';
import type { HttpRequest, HttpResponse } from '../environment.ts';
import { at, messages, OTHER, ROOM, SIGNED_IN } from '../testing/fixtures.ts';
import { bytes, json } from '../testing/scripted-server.ts';
import { createApi } from './api.ts';

function apiWith(answer: HttpResponse | Error, credential?: Parameters<typeof createApi>[0]['credential']) {
  const requests: HttpRequest[] = [];
  const http = async (request: HttpRequest) => {
    requests.push(request);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const api = createApi({ baseUrl: 'https://chat.example.org/', http, ...(credential && { credential }) });
  return { api, requests };
}

test('a call has the method, path, query, body and credential of its contract', async () => {
  const page = { room: ROOM, events: messages(1, 2), visible: [[at(1), null]], head: 2 };
  const { api, requests } = apiWith(json(200, page), { kind: 'bearer', token: 'secret' });
  const answer = await api.getEvents({
    params: { room: ROOM },
    query: { from: 7, direction: 'newer', limit: 2 },
  });
  expect(answer.events).toEqual(messages(1, 2));
  expect(requests).toEqual([
    {
      method: 'GET',
      url: `https://chat.example.org/v1/rooms/${ROOM}/events?from=7&direction=newer&limit=2`,
      headers: { accept: 'application/json', authorization: 'Bearer secret' },
      cookies: false,
    },
  ]);
});

test('signing in needs no credential, and with a cookie none is written', async () => {
  const signedIn = { ...SIGNED_IN, handle: 'me', name: 'Me' };
  const { api, requests } = apiWith(json(201, signedIn));
  const answer = await api.logIn({
    body: { handle: 'me', password: 'pass word', device: { name: 'A device' } },
  });
  expect(answer.token).toBe('a-token');
  expect(requests[0]).toMatchObject({
    method: 'POST',
    url: 'https://chat.example.org/v1/sessions',
    cookies: true,
  });
  expect(requests[0]?.headers.authorization).toBeUndefined();
  expect(JSON.parse(String(requests[0]?.body ?? ''))).toEqual({
    handle: 'me',
    password: 'pass word',
    device: { name: 'A device' },
  });
});

test('a call without an answer has none, and a body comes as its bytes', async () => {
  const { api } = apiWith({ status: 204, body: new Uint8Array() });
  expect(await api.logOut()).toBeUndefined();
  const other = apiWith(bytes(200, Uint8Array.of(1, 2, 3)));
  expect(await other.api.getBody({ params: { room: ROOM, seq: 5 } })).toEqual(Uint8Array.of(1, 2, 3));
  expect(other.requests[0]?.url).toEndWith(`/v1/rooms/${ROOM}/events/5/body`);
});

test('a refusal comes with its code; what is no answer of the server comes as what it is', async () => {
  const refused = apiWith(json(409, { code: 'handle-taken', message: 'Taken.', retryable: false }));
  const user = { handle: 'me', name: 'Me', password: 'pass word', device: { name: 'A device' } };
  await expect(refused.api.signUp({ body: user })).rejects.toMatchObject({
    name: 'ApiError',
    code: 'handle-taken',
    status: 409,
  });
  const proxy = apiWith(bytes(502, new TextEncoder().encode('<html>Bad gateway')));
  await expect(proxy.api.getMe()).rejects.toMatchObject({ code: 'internal', body: { retryable: true } });
  const cut = apiWith(new Error('connection reset'));
  await expect(cut.api.getMe()).rejects.toMatchObject({ name: 'NetworkError', code: 'network' });
  const nonsense = apiWith(json(200, { not: 'a profile' }));
  await expect(nonsense.api.getUser({ params: { user: OTHER } })).rejects.toMatchObject({
    name: 'NetworkError',
  });
});
