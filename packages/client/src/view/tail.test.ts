import { expect, test } from 'bun:test';
import { at, cursorAt, entry, events, message, messages, page, roomNumber } from '../testing/fixtures.ts';
import { goOnline, onlineClient, reconnect } from '../testing/online-client.ts';
import { settle } from '../testing/virtual-clock.ts';

test('[ORD3] a tail gives each event once and in order, through gaps and reconnects', async () => {
  const world = await onlineClient([entry(messages(1, 3))], { gapEventsMax: 5 });
  const { server, client } = world;
  const seen: number[] = [];
  const abort = new AbortController();
  const reading = (async () => {
    for await (const { event } of client.tail({ signal: abort.signal })) seen.push(event.seq);
  })();
  await settle();
  await server.connection.push(events([message(4)]), events([message(6)]));
  expect(seen).toEqual([4]);
  await server.connection.push(events([message(5)]));
  expect(seen).toEqual([4, 5, 6]);
  await server.connection.close(1006);
  await reconnect(world);
  await goOnline(world, [entry(messages(81, 100))], cursorAt(2));
  // The room began anew at its end; the tail reads what lies between.
  const asked = server.connection.last('history');
  expect(asked).toMatchObject({ from: 7, direction: 'newer' });
  await server.connection.push(page(asked.id, messages(7, 100), 100));
  await settle();
  expect(seen).toEqual(messages(4, 100).map(({ seq }) => Number(seq)));
  abort.abort();
  await reading;
});

test('a tail from the start gives everything, of one room if that is asked for', async () => {
  const { client } = await onlineClient([
    entry(messages(1, 3)),
    entry(messages(1, 2), { room: roomNumber(2) }),
  ]);
  const seen: number[] = [];
  for await (const { event, room } of client.tail({ room: roomNumber(2), from: 'start' })) {
    expect(room).toBe(roomNumber(2));
    seen.push(event.seq);
    if (event.seq === at(2)) break;
  }
  expect(seen).toEqual([1, 2]);
});
