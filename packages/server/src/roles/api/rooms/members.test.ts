import { expect, test } from 'bun:test';
import { composedServer } from '../../../main/testing/composed-server.ts';

test('[REL8] of who blocks the reader a list of members has handle and name, and not how they are by now', async () => {
  await using server = composedServer();
  const [ada, ben, cho] = [
    await server.person('ada'),
    await server.person('ben'),
    await server.person('cho'),
  ];
  const room = await server.group(ada, ben, cho);
  await server.client.call('updateMe', { token: ada.token, body: { status: 'away' } });
  const avatar = 'a'.repeat(64);
  const image = { hash: avatar, image: new Uint8Array(9) };
  await server.engine.directory.setAvatar(ada.user, image, server.clock.now());
  const seenBy = async ({ token }: { token: string }) => {
    const { members } = await server.client.call('getMembers', { token, params: { room } });
    return members.find(({ user }) => user === ada.user);
  };
  const before = await seenBy(ben);
  expect(before).toMatchObject({ status: 'away', avatar, role: 'owner' });
  const block = (blocked: boolean) =>
    server.client.call('blockPerson', { token: ada.token, params: { user: ben.user }, body: { blocked } });
  await block(true);
  expect(await seenBy(ben)).toEqual({
    ...{ user: ada.user, handle: 'ada', name: 'ada', changedAt: 0 },
    ...{ joinedSeq: 1, role: 'owner' },
  } as never);
  expect(await seenBy(cho)).toEqual(before as never);
  await block(false);
  expect(await seenBy(ben)).toEqual(before as never);
});
