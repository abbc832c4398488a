import { expect, test } from 'bun:test';
import type { RoomId } from '@maru/protocol';
import fc from 'fast-check';
import { group } from '../../core/room/testing/people.ts';
import { Places } from './places.ts';

test('a list that becomes a map holds what a map would', () => {
  const step = fc.record({ add: fc.boolean(), number: fc.nat({ max: 20 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const places = new Places<{ in: { room: RoomId } }>();
      const model = new Map<RoomId, { in: { room: RoomId } }>();
      for (const { add, number } of steps) {
        const room = group(number);
        if (!add) {
          places.delete(room);
          model.delete(room);
        } else if (!model.has(room)) {
          const place = { in: { room } };
          places.add(place);
          model.set(room, place);
        }
        expect(places.get(room)).toBe(model.get(room));
        expect(places.size).toBe(model.size);
        expect(new Set(places.values())).toEqual(new Set(model.values()));
      }
    }),
  );
});
