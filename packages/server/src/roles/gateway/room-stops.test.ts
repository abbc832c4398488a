import { describe, expect, test } from 'bun:test';
import { type ClientMessageId, newRoomId, nextClientMessageId } from '@maru/protocol';
import { RoomStops } from './room-stops.ts';

const room = newRoomId();
const ids: ClientMessageId[] = [];
for (let n = 0; n < 4; n++) ids.push(nextClientMessageId(ids.at(-1), 1, new Uint8Array(10)));
const [first, second, third, fourth] = ids.map((clientMessageId) => ({ room, clientMessageId })) as [
  { room: typeof room; clientMessageId: ClientMessageId },
  { room: typeof room; clientMessageId: ClientMessageId },
  { room: typeof room; clientMessageId: ClientMessageId },
  { room: typeof room; clientMessageId: ClientMessageId },
];

describe('[ORD4] behind a command that is to be sent again', () => {
  test('the later ones are held until it comes', () => {
    const stops = new RoomStops();
    expect(stops.holds(second)).toBe(false);
    stops.stop(second);
    expect(stops.holds(third)).toBe(true);
    expect(stops.holds(second)).toBe(false);
    expect(stops.holds(third)).toBe(false);
  });

  test('the earliest refusal counts, and an earlier command ends the stop, too', () => {
    const stops = new RoomStops();
    stops.stop(third);
    stops.stop(second);
    stops.stop(fourth);
    expect(stops.holds(third)).toBe(true);
    expect(stops.holds(first)).toBe(false);
    expect(stops.holds(fourth)).toBe(false);
  });

  test('other rooms go on', () => {
    const stops = new RoomStops();
    stops.stop(second);
    expect(stops.holds({ ...third, room: newRoomId() })).toBe(false);
  });

  test('who asks for the status has given it up, or sends again all that follows', () => {
    const stops = new RoomStops();
    stops.stop(second);
    stops.lift(room);
    expect(stops.holds(third)).toBe(false);
  });
});
