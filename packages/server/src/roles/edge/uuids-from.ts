import type { UuidSource } from '@maru/protocol';
import type { Clock, Random } from '../../ports/clock.ts';

/** UUIDv7 (RFC 9562 §5.7) from the time and chance that were handed in, so that a simulation can replay its ids. */
export function uuidsFrom(clock: Pick<Clock, 'now'>, random: Random): UuidSource {
  return () => {
    const bytes = new Uint8Array(16);
    let time = Math.max(0, Math.floor(clock.now()));
    for (let i = 5; i >= 0; i--) {
      bytes[i] = time % 256;
      time = Math.floor(time / 256);
    }
    bytes.set(random.bytes(10), 6);
    bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
    bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
    return bytes;
  };
}
