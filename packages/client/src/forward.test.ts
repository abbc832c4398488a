import { expect, test } from 'bun:test';
import { limits } from '@maru/protocol';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { InvalidCommand } from './errors.ts';
import { at, entry, ME, message, OTHER, ROOM, roomNumber, THIRD } from './testing/fixtures.ts';
import { onlineClient, type World } from './testing/online-client.ts';
import { bytes, json } from './testing/scripted-server.ts';

const TO = roomNumber(2);

/** A client that knows who wrote to it, unless told otherwise. */
async function scene(list: ReturnType<typeof message>[], known = true): Promise<World> {
  const world = await onlineClient([entry(list), entry([], { room: TO })]);
  world.server.http = ({ url }) => {
    if (!url.endsWith('/v1/users/lookup')) return undefined;
    return json(200, { users: known ? [{ user: OTHER, handle: 'other', name: 'Other' }] : [] });
  };
  return world;
}

const sent = ({ server }: World) => server.connection.last('send');

test('[TALK11] a message goes on as one’s own, with who said it first and when', async () => {
  const world = await scene([message(1, { mentions: [ME], replyTo: at(1), expiresAfter: 60 })]);
  await world.client.forward(ROOM, at(1), [TO]);
  const { content, ...frame } = sent(world);
  expect(content).toEqual({ type: 'text', text: 'message 1', forwarded: { sender: OTHER, sentAt: 1_001 } });
  expect(frame).toMatchObject({ room: TO, expiresAfter: 60 });
  expect(frame).not.toHaveProperty('mentions');
  expect(frame).not.toHaveProperty('replyTo');
  await world.client.open(TO);
  expect(world.client.room(TO)?.messages.at(-1)).toMatchObject({
    sender: ME,
    forwarded: { sender: OTHER, sentAt: 1_001 },
  });
});

test('[TALK11] nobody is named whom the user can’t know, or who is not to be; nor who was mentioned, nor the room', async () => {
  const text = 'Other, bold @all';
  const entities = [
    { type: 'mention', offset: 0, length: 5, user: THIRD },
    { type: 'bold', offset: 7, length: 4 },
    { type: 'mention-all', offset: 12, length: 4 },
  ] as const;
  const list = [message(1, { content: { type: 'text', text, entities: [...entities] } })];
  const unknown = await scene(list, false);
  await unknown.client.forward(ROOM, at(1), [TO]);
  expect(sent(unknown).content).toEqual({
    ...{ type: 'text', text, entities: [entities[1]] },
    forwarded: { sentAt: 1_001 },
  });
  const hidden = await scene(list);
  await hidden.client.forward(ROOM, at(1), [TO], { named: false });
  expect(JSON.stringify(sent(hidden))).not.toMatch(new RegExp(`${OTHER}|${THIRD}|${ROOM}`));
});

test('[TALK11] what was sent on before keeps where it came from, and an imported one its own time', async () => {
  const from = { sender: THIRD, sentAt: 7 };
  const again = message(1, { content: { type: 'text', text: 'x', forwarded: from } });
  const imported = message(2, { sentAt: 5, content: { type: 'log-line', line: '=== x' } });
  const world = await scene([again, imported]);
  await world.client.forward(ROOM, at(1), [TO]);
  expect(sent(world).content).toMatchObject({ forwarded: from });
  await world.client.forward(ROOM, at(1), [TO], { named: false });
  expect(sent(world).content).toEqual({ type: 'text', text: 'x', forwarded: { sentAt: 7 } });
  await world.client.forward(ROOM, at(2), [TO]);
  expect(sent(world).content).toEqual({
    ...{ type: 'text', text: '=== x' },
    forwarded: { sender: OTHER, sentAt: 5 },
  });
});

test('[TALK11] a long message goes on whole, and as it was edited', async () => {
  const whole = { type: 'text', text: 'long '.repeat(2_000) };
  const body = new TextEncoder().encode(JSON.stringify(whole));
  const long = { bytes: body.length, codePoints: 10_000, sha256: bytesToHex(sha256(body)) };
  const preview = { type: 'text', text: 'long ', long } as const;
  const edited = message(1, { edited: { seq: at(2), at: 9, content: preview } });
  const world = await scene([edited]);
  const { http } = world.server;
  world.server.http = (request) =>
    request.url.endsWith('/events/2/body') ? bytes(200, body) : http(request);
  await world.client.forward(ROOM, at(1), [TO, ROOM]);
  expect(world.server.connection.all('send').map(({ room }) => room)).toEqual([TO, ROOM]);
  expect(sent(world).content).toEqual({ ...whole, forwarded: { sender: OTHER, sentAt: 1_001 } } as never);
});

test('[TALK11] a content of another kind goes on as it is', async () => {
  const sealed = message(1, { content: { type: 'x-sealed', blob: 'AAAA' } });
  const world = await scene([sealed]);
  await world.client.forward(ROOM, at(1), [TO]);
  expect(sent(world).content).toMatchObject({ type: 'x-sealed', blob: 'AAAA', forwarded: { sender: OTHER } });
});

test('[TALK11] what is deleted, is no message, or goes to too many rooms is not sent on', async () => {
  const { content: _content, ...deleted } = message(1);
  const left = message(2, { kind: 'left', counts: false, change: { type: 'left' }, content: undefined });
  const world = await scene([deleted, left, message(3)]);
  const many = Array.from({ length: limits.FORWARD_ROOMS_MAX + 1 }, (_, index) => roomNumber(index + 1));
  for (const [seq, rooms] of [
    [1, [TO]],
    [2, [TO]],
    [3, many],
  ] as const) {
    const failed = await world.client.forward(ROOM, at(seq), rooms).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(InvalidCommand);
  }
  expect(world.server.connection.all('send')).toEqual([]);
});
