import { expect, test } from 'bun:test';
import { refusal } from '@maru/protocol';
import { onlineClient } from '../testing/online-client.ts';
import { json } from '../testing/scripted-server.ts';

const hash = (number: number) => String(number).padStart(64, '0');

test('[PEOPLE6] a picture is fetched once for all who ask, and again where that failed', async () => {
  const { client, server } = await onlineClient();
  const asked: string[] = [];
  let isThere = false;
  server.http = ({ url }) => {
    const name = url.split('/v1/avatars/')[1];
    if (name === undefined) return undefined;
    asked.push(name);
    if (!isThere) return json(404, refusal('not-found', 'There is no such avatar.'));
    return { status: 200, body: new Uint8Array([Number(name)]) };
  };
  const failed = await client.avatar(hash(1)).catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: 'not-found' });
  isThere = true;
  const [one, same] = await Promise.all([client.avatar(hash(1)), client.avatar(hash(1))]);
  expect([one, same]).toEqual([new Uint8Array([1]), new Uint8Array([1])]);
  expect(await client.avatar(hash(1))).toBe(one);
  expect(asked).toEqual([hash(1), hash(1)]);
  // Of very many those stay that somebody asked for lately.
  for (let number = 2; number <= 200; number++) await client.avatar(hash(number));
  await client.avatar(hash(1));
  await client.avatar(hash(201));
  asked.length = 0;
  for (const number of [1, 3, 2]) await client.avatar(hash(number));
  expect(asked).toEqual([hash(2)]);
});
