import { expect, test } from 'bun:test';
import { newRoomId } from '@maru/protocol';
import { wireGateway } from '../../main/testing/wired-gateway.ts';

test('[SYNC4] each kind of carrier has one publisher, however often another is named: nothing is published twice', async () => {
  await using wired = wireGateway();
  const { live } = wired;
  const published: string[] = [];
  const publish = (topic: string) => published.push(topic);
  live.publishThrough({ publish }, 'sockets');
  live.publishThrough({ publish }, 'polls');
  live.toRoom(newRoomId(), '{}');
  expect(published).toEqual([]);
});
