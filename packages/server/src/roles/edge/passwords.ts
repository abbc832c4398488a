import type { UserId } from '@maru/protocol';
import type { Clock } from '../../ports/clock.ts';
import { networkKey } from './address.ts';
import { FairQueue } from './fair-queue.ts';

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

/** For whom a password is hashed: who else asks for the same `key` waits in the same line. */
export interface Asker {
  /** `known`: a device of the account. They have a queue of their own, which no stranger can fill. */
  readonly lane: 'known' | 'anyone';
  readonly key: string;
}

/** Who comes from this address and is nobody yet: the addresses of one site wait in one line. */
export function strangerFrom(address: string): Asker {
  return { lane: 'anyone', key: networkKey(address) };
}

/** A device of this user, all of which wait in one line. */
export function knownAsker(user: UserId): Asker {
  return { lane: 'known', key: user };
}

const ANYONE: Asker = { lane: 'anyone', key: '' };

export interface Passwords {
  hash(password: string, asker?: Asker): Promise<{ kind: 'hash'; hash: string } | Busy>;
  /** `hash`: what is stored; undefined where there is no account, or none with a password. Costs the same either way. */
  verify(
    password: string,
    hash: string | undefined,
    asker?: Asker,
  ): Promise<{ kind: 'verified'; matches: boolean } | Busy>;
}

interface Turn {
  /** Never rejects. */
  readonly run: () => Promise<void>;
  readonly refuse: (busy: Busy) => void;
}

/**
 * Hashes passwords, one at a time and outside the main thread, so that a flood of log-ins takes one core and 19 MiB at
 * most, and messages keep theirs (`[LIMIT8]`). Known devices and anyone have the turns alternately, and within each
 * lane the askers (`[LIMIT10]`).
 */
export function createPasswords(clock: Clock, queueMax = PASSWORD_QUEUE_MAX): Passwords {
  // One more runs.
  const lanes = { known: new FairQueue<Turn>(queueMax - 1), anyone: new FairQueue<Turn>(queueMax - 1) };
  let running = false;
  let first: Asker['lane'] = 'known';
  let hashMs = HASH_MS_GUESS;

  function next(): Turn | undefined {
    const [mine, other] = first === 'known' ? [lanes.known, lanes.anyone] : [lanes.anyone, lanes.known];
    first = first === 'known' ? 'anyone' : 'known';
    return mine.next() ?? other.next();
  }

  async function runAll(begin: Turn): Promise<void> {
    running = true;
    for (let turn: Turn | undefined = begin; turn !== undefined; turn = next()) {
      const at = clock.monotonic();
      await turn.run();
      hashMs += (clock.monotonic() - at - hashMs) / 8;
    }
    running = false;
  }

  function enqueue<T>(work: () => Promise<T>, { lane, key }: Asker = ANYONE): Promise<T | Busy> {
    const { promise, resolve, reject } = Promise.withResolvers<T | Busy>();
    const turn = { run: () => work().then(resolve, reject), refuse: resolve };
    if (!running) void runAll(turn);
    else {
      const waiting = lanes.known.size + lanes.anyone.size + 1;
      lanes[lane].add(key, turn)?.refuse({ kind: 'busy', retryAfterMs: Math.ceil(waiting * hashMs) });
    }
    return promise;
  }

  return {
    async hash(password, asker) {
      return enqueue(
        async () => ({ kind: 'hash' as const, hash: await Bun.password.hash(password, ARGON) }),
        asker,
      );
    },
    async verify(password, hash, asker) {
      return enqueue(async () => {
        const matches = await Bun.password.verify(password, hash ?? NOBODYS_HASH);
        return { kind: 'verified' as const, matches: matches && hash !== undefined };
      }, asker);
    },
  };
}
