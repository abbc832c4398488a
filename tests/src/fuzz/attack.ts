import { RawConnection } from '../limits/raw-connection.ts';
import type { SeededRandom } from '../simulation/seeded-random.ts';
import { mutateFrame } from './mutate-frame.ts';
import { malformed, wellFormed } from './socket-bytes.ts';
import { type Scene, validFrames } from './valid-frames.ts';

export interface Attacker {
  readonly port: number;
  readonly token: string;
  readonly scene: Scene;
  readonly random: SeededRandom;
}

/** What an attack has done, so that a test can tell that there was one. */
export interface Attacked {
  connections: number;
  frames: number;
  /** Frames of the server: it looked at what it was sent. */
  answers: number;
  /** Connections that the server ended. */
  cut: number;
}

const FRAMES_A_CONNECTION = 60;

/**
 * Sends frames that are whatever chance makes of them, over one connection after the other, until told to stop; and until
 * the server has answered one and cut one, which on a busy machine may take longer than the attack was to last.
 */
export async function attack(attacker: Attacker, signal: AbortSignal): Promise<Attacked> {
  const done: Attacked = { connections: 0, frames: 0, answers: 0, cut: 0 };
  while (!signal.aborted || done.answers === 0 || done.cut === 0) {
    using raw = await connect(attacker);
    done.connections++;
    await converse(raw, attacker, done);
    done.answers += raw.frames.length;
    if (raw.ended || raw.closeCode !== undefined) done.cut++;
  }
  return done;
}

/** Mostly greeted, for most of the server lies behind that. */
function connect({ port, token, random }: Attacker): Promise<RawConnection> {
  if (random.chance(0.8)) return RawConnection.session(port, { token });
  return RawConnection.open(port, random.chance(0.5) ? { token } : {});
}

async function converse(raw: RawConnection, { random, scene }: Attacker, done: Attacked): Promise<void> {
  const breaksAt = random.between(1, FRAMES_A_CONNECTION);
  for (let n = 1; n <= breaksAt; n++) {
    const frame = random.pick(Object.values(validFrames(random, scene)));
    const bytes = mutateFrame(frame, random);
    raw.write(n === breaksAt ? malformed(bytes, random) : wellFormed(bytes, random));
    done.frames++;
    if (random.chance(0.2)) await raw.drained();
    if (raw.ended || raw.closeCode !== undefined) return;
  }
  // Some wait for what comes of it, as far as that comes, and some are gone at once.
  if (random.chance(0.5)) await Promise.race([raw.end(), Bun.sleep(random.between(1, 50))]);
}
