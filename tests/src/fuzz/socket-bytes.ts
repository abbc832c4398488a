import { closeCodes } from '@maru/protocol';
import type { SeededRandom } from '../simulation/seeded-random.ts';

interface Shape {
  readonly opcode: number;
  readonly fin?: boolean;
  /** The three reserved bits, 0–7. */
  readonly reserved?: number;
  readonly masked?: boolean;
  /** The length that the head tells, where it is not the payload's. */
  readonly told?: number;
  /** Bytes in which the length is told: 7 bits, 2 or 8; the fewest unless given. */
  readonly form?: 0 | 2 | 8;
}

const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;
const PING = 9;

/** One frame of a WebSocket (RFC 6455 §5.2), well-formed or not. */
function encode(payload: Uint8Array, random: SeededRandom, shape: Shape): Buffer {
  const { opcode, fin = true, reserved = 0, masked = true, told = payload.length } = shape;
  const { form = told < 126 ? 0 : told < 65_536 ? 2 : 8 } = shape;
  const head = Buffer.alloc(2 + form);
  head[0] = (fin ? 0x80 : 0) | (reserved << 4) | opcode;
  head[1] = (masked ? 0x80 : 0) | (form === 0 ? told & 0x7f : form === 2 ? 126 : 127);
  if (form === 2) head.writeUInt16BE(told & 0xffff, 2);
  if (form === 8) head.writeBigUInt64BE(BigInt.asUintN(64, BigInt(told)), 2);
  if (!masked) return Buffer.concat([head, payload]);
  const mask = random.bytes(4);
  return Buffer.concat([head, mask, payload.map((byte, i) => byte ^ (mask[i % 4] ?? 0))]);
}

/** Text as one frame or several, as a client may send it, with pings between them. */
export function wellFormed(payload: Uint8Array, random: SeededRandom): Buffer {
  if (random.chance(0.7) || payload.length < 2) return encode(payload, random, { opcode: TEXT });
  const pieces: Buffer[] = [];
  const size = Math.ceil(payload.length / random.between(2, 6));
  for (let from = 0; from < payload.length; from += size) {
    const fin = from + size >= payload.length;
    pieces.push(encode(payload.subarray(from, from + size), random, { opcode: from === 0 ? TEXT : 0, fin }));
    if (!fin && random.chance(0.3)) pieces.push(encode(random.bytes(5), random, { opcode: PING }));
  }
  return Buffer.concat(pieces);
}

/** Bytes that break a rule of WebSockets, or nearly. */
export function malformed(payload: Uint8Array, random: SeededRandom): Buffer {
  const short = payload.subarray(0, 100);
  const length = payload.length;
  const code = random.pick([0, 999, 1000, 1005, 1006, 1015, closeCodes.slow.code, 5000, 65_535]);
  const ways: (() => Buffer)[] = [
    () => encode(payload, random, { opcode: random.between(3, 15) }),
    () => encode(payload, random, { opcode: BINARY }),
    () => encode(payload, random, { opcode: TEXT, reserved: random.between(1, 7) }),
    () => encode(payload, random, { opcode: TEXT, masked: false }),
    () => encode(payload, random, { opcode: 0 }),
    () => encode(short, random, { opcode: TEXT, form: 8 }),
    () => encode(payload, random, { opcode: TEXT, told: length + random.between(1, 1_000) }),
    () => encode(payload, random, { opcode: TEXT, told: Math.max(0, length - random.between(1, 100)) }),
    () => encode(short, random, { opcode: TEXT, form: 8, told: random.pick([2 ** 31, 2 ** 53, -1]) }),
    () => Buffer.concat([0, 1].map(() => encode(short, random, { opcode: TEXT, fin: false }))),
    () => Buffer.concat(Array.from({ length: 200 }, () => encode(short, random, { opcode: 0, fin: false }))),
    () => encode(payload, random, { opcode: random.between(CLOSE, 10), fin: random.chance(0.5) }),
    () => encode(Uint8Array.of(code >> 8, code & 255, ...random.bytes(9)), random, { opcode: CLOSE }),
    () => encode(random.bytes(random.pick([1, 126])), random, { opcode: CLOSE }),
    () => encode(Uint8Array.of(0xc3, 0x28, 0xed, 0xa0, 0x80), random, { opcode: TEXT }),
    () => Buffer.from(random.bytes(random.between(1, 300))),
    () => Buffer.from(payload),
  ];
  return random.pick(ways)();
}
