import { expect, test } from 'bun:test';
import type { Seq } from '@maru/protocol';
import { entry, messages, ROOM } from '../testing/fixtures.ts';
import { onlineClient } from '../testing/online-client.ts';

const said = (page: { messages: readonly { seq: number; content?: unknown }[] }) =>
  page.messages.map(({ seq, content }) => [seq, content !== undefined]);

test('what a device has of a room is read without the server, and without what its user has hidden', async () => {
  const { client } = await onlineClient([entry(messages(1, 5))]);
  expect(client.held(ROOM)).toEqual({ from: 1 as Seq, to: 5 as Seq });
  expect(said(await client.heldMessages(ROOM, 2, 4))).toEqual([
    [2, true],
    [3, true],
    [4, true],
  ]);
  await client.settings.hideMessages(ROOM, [3 as Seq]);
  expect(said(await client.heldMessages(ROOM, 1, 9))).toEqual([
    [1, true],
    [2, true],
    [3, false],
    [4, true],
    [5, true],
  ]);
});
