import type { Clock } from '../../ports/clock.ts';

/** argon2id with OWASP's parameters for it: 19 MiB, two passes. */
const ARGON = { algorithm: 'argon2id', memoryCost: 19_456, timeCost: 2 } as const;
/** Hashes that may wait; beyond that the answer is `busy` (`[LIMIT8]`). */
const PASSWORD_QUEUE_MAX = 64;
/** What one hash is taken to last before any was measured. */
const HASH_MS_GUESS = 50;
/**
 * A hash that no password has, of the same cost as a real one: who asks for a handle that doesn't exist waits as long
 * as for a wrong password. The salt and hash are all zero bits.
 */
export const NOBODYS_HASH = `$argon2id$v=19$m=${ARGON.memoryCost},t=${ARGON.timeCost},p=1$${'A'.repeat(43)}$${'A'.repeat(43)}`;

export interface Busy {
  readonly kind: 'busy';
  readonly retryAfterMs: number;
}

export interface Passwords {
  hash(password: string): Promise<{ kind: 'hash'; hash: string } | Busy>;
  /** `hash`: what is stored; undefined where there is no account, or none with a password. Costs the same either way. */
  verify(password: string, hash: string | undefined): Promise<{ kind: 'verified'; matches: boolean } | Busy>;
}

/**
 * Hashes passwords, one at a time and outside the main thread, so that a flood of log-ins takes one core and 19 MiB at
 * most, and messages keep theirs (`[LIMIT8]`).
 */
export function createPasswords(clock: Clock, queueMax = PASSWORD_QUEUE_MAX): Passwords {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  let hashMs = HASH_MS_GUESS;

  function enqueue<T>(work: () => Promise<T>): Promise<T> | Busy {
    if (waiting >= queueMax) return { kind: 'busy', retryAfterMs: Math.ceil(waiting * hashMs) };
    waiting++;
    const turn = last.then(async () => {
      const begin = clock.monotonic();
      try {
        return await work();
      } finally {
        waiting--;
        hashMs += (clock.monotonic() - begin - hashMs) / 8;
      }
    });
    last = turn.catch(() => undefined);
    return turn;
  }

  return {
    async hash(password) {
      return enqueue(async () => ({ kind: 'hash', hash: await Bun.password.hash(password, ARGON) }));
    },
    async verify(password, hash) {
      return enqueue(async () => {
        const matches = await Bun.password.verify(password, hash ?? NOBODYS_HASH);
        return { kind: 'verified', matches: matches && hash !== undefined };
      });
    },
  };
}
