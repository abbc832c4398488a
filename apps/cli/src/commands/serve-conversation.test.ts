import { expect, test } from 'bun:test';
import { directRoomId } from '@maru/protocol';
import { PlainClient } from '../testing/plain-client.ts';
import { serve, temporaryFolder } from '../testing/running-server.ts';

interface Page {
  readonly events: readonly { seq: number; content?: { text: string } }[];
}

test('[DUR6] a first conversation, and all of it is there after kill -9', async () => {
  using folder = temporaryFolder();
  const [ada, ben] = [new PlainClient(''), new PlainClient('')];
  let room: string;
  {
    await using server = await serve(folder.path);
    const [adas, bens] = [new PlainClient(server.url), new PlainClient(server.url)];
    const [{ user: a }, { user: b }] = [await adas.signUp('ada'), await bens.signUp('ben')];
    room = directRoomId(a, b);
    const [atAda, atBen] = [await adas.connect(), await bens.connect()];
    const command = () => ({ room, clientMessageId: adas.nextId() });
    atAda.say({ kind: 'create', roomKind: 'direct', ...command(), user: b });
    await atAda.take('accepted');
    expect(await atBen.take('room')).toMatchObject({ entry: { room, peer: a, membership: 'member' } });

    atAda.say({ kind: 'send', ...command(), content: { type: 'text', text: '안녕, Ben!' } });
    const { seq } = await atAda.take('accepted');
    for (;;) {
      const { events } = await atBen.take('events');
      if ((events as Page['events']).some((event) => event.seq === seq)) break;
    }
    atBen.say({ kind: 'mark', id: 1, room, read: seq });
    await atBen.take('ok');
    [ada.token, ben.token] = [adas.token, bens.token];
    server.kill('SIGKILL');
    await server.exited;
  }
  await using server = await serve(folder.path);
  const [adas, bens] = [new PlainClient(server.url, ada.token), new PlainClient(server.url, ben.token)];
  const page = await adas.call<Page>('GET', `/v1/rooms/${room}/events`);
  expect(page.events.map(({ seq }) => seq)).toEqual([1, 2]);
  expect(page.events[1]?.content).toEqual({ type: 'text', text: '안녕, Ben!' } as { text: string });
  expect(await bens.call('GET', `/v1/rooms/${room}`)).toMatchObject({ marks: { read: 2 }, unreadCount: 0 });
  expect(await bens.call('GET', '/v1/me')).toMatchObject({ handle: 'ben' });
});
