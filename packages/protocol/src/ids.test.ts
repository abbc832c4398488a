import { describe, expect, test } from 'bun:test';
import * as fc from 'fast-check';
import {
  decodeSuffix,
  directRoomId,
  encodeSuffix,
  idFromBytes,
  idToBytes,
  newDeviceId,
  newRoomId,
  newSessionId,
  newUserId,
} from './id-codec.ts';
import { clientMessageId, deviceId, roomId, seq, sessionId, type UserId, userId } from './ids.ts';

const fromHex = (hex: string): Uint8Array => Uint8Array.fromHex(hex.replaceAll('-', ''));
const bytes16 = fc.uint8Array({ minLength: 16, maxLength: 16 });
const anyUser = bytes16.map((bytes) => idFromBytes<UserId>('user', bytes));

describe('the suffix of an id', () => {
  // The valid cases of the TypeID specification, version 0.3 (spec/valid.yml).
  const vectors: readonly [string, string][] = [
    ['00000000-0000-0000-0000-000000000000', '00000000000000000000000000'],
    ['00000000-0000-0000-0000-000000000001', '00000000000000000000000001'],
    ['00000000-0000-0000-0000-00000000000a', '0000000000000000000000000a'],
    ['00000000-0000-0000-0000-000000000010', '0000000000000000000000000g'],
    ['00000000-0000-0000-0000-000000000020', '00000000000000000000000010'],
    ['ffffffff-ffff-ffff-ffff-ffffffffffff', '7zzzzzzzzzzzzzzzzzzzzzzzzz'],
    ['0110c853-1d09-52d8-d73e-1194e95b5f19', '0123456789abcdefghjkmnpqrs'],
    ['01890a5d-ac96-774b-bcce-b302099a8057', '01h455vb4pex5vsknk084sn02q'],
  ];
  for (const [uuid, suffix] of vectors) {
    test(`of ${uuid} is ${suffix}`, () => {
      expect(encodeSuffix(fromHex(uuid))).toBe(suffix);
      expect(decodeSuffix(suffix)).toEqual(fromHex(uuid));
    });
  }

  test('gives its bytes back, and sorts as they do', () => {
    void fc.assert(
      fc.property(bytes16, bytes16, (a, b) => {
        const [textA, textB] = [encodeSuffix(a), encodeSuffix(b)];
        expect(decodeSuffix(textA)).toEqual(a);
        expect(Math.sign(textA < textB ? -1 : textA > textB ? 1 : 0)).toBe(Math.sign(Buffer.compare(a, b)));
      }),
    );
  });
});

describe('an id', () => {
  const kinds = [
    ['user', userId, newUserId],
    ['device', deviceId, newDeviceId],
    ['room', roomId, newRoomId],
    ['session', sessionId, newSessionId],
  ] as const;
  for (const [prefix, schema, mint] of kinds) {
    test(`of a ${prefix} is a prefix and a UUIDv7, and no other kind is taken for it`, () => {
      const id = mint();
      expect(id.startsWith(`${prefix}_`)).toBe(true);
      expect((idToBytes(id)[6] ?? 0) >> 4).toBe(7);
      expect((idToBytes(id)[8] ?? 0) >> 6).toBe(2);
      for (const [other, , mintOther] of kinds) {
        expect(schema.safeParse(mintOther()).success).toBe(other === prefix);
      }
    });
  }

  test('of any 16 bytes is accepted and gives them back', () => {
    void fc.assert(
      fc.property(bytes16, (bytes) => {
        const id = idFromBytes<UserId>('user', bytes);
        expect(userId.parse(id)).toBe(id);
        expect(idToBytes(id)).toEqual(bytes);
      }),
    );
  });

  test('follows from what mints it', () => {
    expect(newUserId(() => fromHex('01890a5d-ac96-774b-bcce-b302099a8057'))).toBe(
      'user_01h455vb4pex5vsknk084sn02q' as UserId,
    );
  });

  const malformed: readonly [string, string][] = [
    ['without a prefix', '01h455vb4pex5vsknk084sn02q'],
    ['too short', 'user_01h455vb4pex5vsknk084sn02'],
    ['too long', 'user_01h455vb4pex5vsknk084sn02q0'],
    ['in capitals', 'user_01H455VB4PEX5VSKNK084SN02Q'],
    ['over 128 bits', 'user_8zzzzzzzzzzzzzzzzzzzzzzzzz'],
    ['with a letter that base 32 leaves out', 'user_01h455vb4pex5vsknk084sn02l'],
    ['with a hyphen', 'user_01890a5d-ac96-774b-bcce-b3'],
    ['with a line break behind it', 'user_01h455vb4pex5vsknk084sn02q\n'],
    ['of another kind', 'room_01h455vb4pex5vsknk084sn02q'],
    ['empty', ''],
  ];
  for (const [what, id] of malformed) {
    test(`${what} is none`, () => {
      expect(userId.safeParse(id).success).toBe(false);
    });
  }
});

describe("two people's direct room", () => {
  test('has one id, whoever begins', () => {
    void fc.assert(
      fc.property(anyUser, anyUser, (a, b) => {
        expect(directRoomId(a, b)).toBe(directRoomId(b, a));
      }),
    );
  });

  test('has a UUIDv8 (RFC 9562), so that it is never an id that a device mints', () => {
    void fc.assert(
      fc.property(anyUser, anyUser, (a, b) => {
        const id = directRoomId(a, b);
        expect(roomId.parse(id)).toBe(id);
        expect((idToBytes(id)[6] ?? 0) >> 4).toBe(8);
        expect((idToBytes(id)[8] ?? 0) >> 6).toBe(2);
      }),
    );
  });

  test('differs from that of any other two', () => {
    void fc.assert(
      fc.property(anyUser, anyUser, anyUser, (a, b, c) => {
        if (b !== c) expect(directRoomId(a, b)).not.toBe(directRoomId(a, c));
      }),
    );
  });

  test('stays where it is: the id of version 1', () => {
    const a = idFromBytes<UserId>('user', fromHex('01890a5d-ac96-774b-bcce-b302099a8057'));
    const b = idFromBytes<UserId>('user', fromHex('01890a5d-ac96-774b-bcce-b302099a8058'));
    expect(String(directRoomId(a, b))).toBe('room_2ww26vvgwthdkbmcwh3ms7xkgs');
  });
});

describe('the numbers and names of the wire', () => {
  test('a seq is a whole number from 1', () => {
    for (const good of [1, 2, 2 ** 48]) expect(seq.safeParse(good).success).toBe(true);
    for (const bad of [0, -1, 1.5, 2 ** 48 + 1, '1', Number.NaN, null])
      expect(seq.safeParse(bad).success).toBe(false);
  });

  test('a clientMessageId is a UUIDv7 in lower-case hex, and nothing else', () => {
    expect(clientMessageId.safeParse('01890a5d-ac96-774b-bcce-b302099a8057').success).toBe(true);
    const bad = [
      '01890a5d-ac96-474b-bcce-b302099a8057',
      '01890a5d-ac96-774b-7cce-b302099a8057',
      '01890A5D-AC96-774B-BCCE-B302099A8057',
      '01890a5dac96774bbcceb302099a8057',
      '01890a5d-ac96-774b-bcce-b302099a8057 ',
      '',
    ];
    for (const id of bad) expect(clientMessageId.safeParse(id).success).toBe(false);
  });
});
