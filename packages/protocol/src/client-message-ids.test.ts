import { describe, expect, test } from 'bun:test';
import * as fc from 'fast-check';
import {
  clientMessageIdFromBytes,
  clientMessageIdToBytes,
  nextClientMessageId,
} from './client-message-ids.ts';
import { type ClientMessageId, clientMessageId } from './ids.ts';

const random = fc.uint8Array({ minLength: 10, maxLength: 10 });
const id = (text: string): ClientMessageId => clientMessageId.parse(text);

describe('the next clientMessageId', () => {
  test('[ONCE2] is above the last, whatever the clock and chance do', () => {
    const tick = fc.record({ jump: fc.integer({ min: -7_200_000, max: 7_200_000 }), random });
    void fc.assert(
      fc.property(fc.array(tick, { minLength: 2, maxLength: 50 }), (ticks) => {
        let now = 1_767_225_600_000;
        let last: ClientMessageId | undefined;
        for (const { jump, random: chance } of ticks) {
          now += jump;
          const next = nextClientMessageId(last, now, chance);
          expect(clientMessageId.safeParse(next).success).toBe(true);
          if (last !== undefined) expect(next > last).toBe(true);
          last = next;
        }
      }),
    );
  });

  test('[ONCE2] holds the time of a clock that goes forward', () => {
    const next = nextClientMessageId(
      id('01890a5d-ac96-774b-bcce-b302099a8057'),
      0x0199_0000_0000,
      new Uint8Array(10),
    );
    expect(next).toBe(id('01990000-0000-7000-8000-000000000000'));
  });

  const carries: readonly [string, string, string][] = [
    ['in the last byte', '01890a5d-ac96-774b-bcce-b302099a8057', '01890a5d-ac96-774b-bcce-b302099a8058'],
    ['into the next byte', '01890a5d-ac96-774b-bcce-b302099a80ff', '01890a5d-ac96-774b-bcce-b302099a8100'],
    ['up to the variant', '01890a5d-ac96-774b-8000-ffffffffffff', '01890a5d-ac96-774b-8001-000000000000'],
    ['over the variant', '01890a5d-ac96-774b-bfff-ffffffffffff', '01890a5d-ac96-774c-8000-000000000000'],
    ['up to the version', '01890a5d-ac96-70ff-bfff-ffffffffffff', '01890a5d-ac96-7100-8000-000000000000'],
    ['over the version', '01890a5d-ac96-7fff-bfff-ffffffffffff', '01890a5d-ac97-7000-8000-000000000000'],
    ['through the time', '01890a5d-ffff-7fff-bfff-ffffffffffff', '01890a5e-0000-7000-8000-000000000000'],
  ];
  for (const [where, last, next] of carries) {
    test(`[ONCE2] counts on from the last while the clock is behind: ${where}`, () => {
      expect(nextClientMessageId(id(last), 0, new Uint8Array(10).fill(0xff))).toBe(id(next));
    });
  }

  test('[ONCE2] counts on where the clock stands still and chance is smaller', () => {
    const first = nextClientMessageId(undefined, 5_000, new Uint8Array(10).fill(9));
    expect(nextClientMessageId(first, 5_000, new Uint8Array(10).fill(9)) > first).toBe(true);
    expect(nextClientMessageId(first, 5_000, new Uint8Array(10)) > first).toBe(true);
  });

  test('takes a clock before 1970, and one between milliseconds', () => {
    expect(nextClientMessageId(undefined, -5, new Uint8Array(10))).toBe(
      id('00000000-0000-7000-8000-000000000000'),
    );
    expect(nextClientMessageId(undefined, 1.9, new Uint8Array(10))).toBe(
      id('00000000-0001-7000-8000-000000000000'),
    );
  });
});

test('a clientMessageId and its 16 bytes are the same', () => {
  void fc.assert(
    fc.property(fc.nat(), random, (now, chance) => {
      const minted = nextClientMessageId(undefined, now, chance);
      const bytes = clientMessageIdToBytes(minted);
      expect(Buffer.from(bytes).toString('hex')).toBe(minted.replaceAll('-', ''));
      expect(clientMessageIdFromBytes(bytes)).toBe(minted);
    }),
  );
});
