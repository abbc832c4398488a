import { expect, test } from 'bun:test';
import type { HttpResponse } from '../environment.ts';
import { json, ScriptedServer } from '../testing/scripted-server.ts';
import { Entrance } from './entrance.ts';

const CODE = '7kqm-4rxp';
const SECRET = 'a-secret';
const ACCOUNT = { handle: 'mina', name: 'Mina' };
const GONE = { code: 'device-request-invalid', message: 'over', retryable: false };

async function waiting(...answers: (HttpResponse | undefined)[]) {
  const server = new ScriptedServer();
  const asked: unknown[] = [];
  server.http = ({ url, body }) => {
    const parsed = JSON.parse(String(body));
    if (url.endsWith('/v1/device-requests'))
      return json(201, { code: CODE, secret: SECRET, expiresAt: server.clock.now() + 300_000 });
    asked.push(parsed);
    return answers.length > 1 ? answers.shift() : answers[0];
  };
  const { environment } = server;
  const entrance = new Entrance({ baseUrl: 'https://chat.example.org', deviceName: 'phone', environment });
  const device = await entrance.requestDevice();
  let heard: unknown;
  const confirmed = device.confirmed().then(
    (account) => {
      heard = account;
    },
    (error: unknown) => {
      heard = (error as { code: string }).code;
    },
  );
  return { server, device, asked, confirmed, heard: () => heard };
}

test('a device that waits shows a code and a link, and hears who lets it in', async () => {
  const still = json(200, { state: 'waiting' });
  const { device, asked, confirmed, heard } = await waiting(
    still,
    still,
    json(200, { state: 'confirmed', account: ACCOUNT }),
  );
  expect([device.code, device.link]).toEqual([CODE, `https://chat.example.org/#device=${CODE}`]);
  await confirmed;
  expect(heard()).toEqual(ACCOUNT);
  expect(asked).toEqual(Array(3).fill({ secret: SECRET, waitMs: 8_000 }));
});

test('it waits through a network that is gone and a server that is busy', async () => {
  const busy = json(503, { code: 'busy', message: 'later', retryable: true, retryAfterMs: 5_000 });
  const { server, confirmed, heard } = await waiting(
    undefined,
    busy,
    json(200, { state: 'confirmed', account: ACCOUNT }),
  );
  await server.clock.advance(4_000);
  expect(heard()).toBeUndefined();
  await server.clock.advance(10_000);
  await confirmed;
  expect(heard()).toEqual(ACCOUNT);
});

test('it gives up when the request is over, and without a network when it must be', async () => {
  const refused = await waiting(json(404, GONE));
  await refused.confirmed;
  expect(refused.heard()).toBe('device-request-invalid');
  const alone = await waiting(undefined);
  await alone.server.clock.advance(299_000);
  expect(alone.heard()).toBeUndefined();
  await alone.server.clock.advance(40_000);
  expect(alone.heard()).toBe('network');
});
