import type { Cursor, DeviceId } from '@maru/protocol';
import type { Clock, Random } from '../../ports/clock.ts';
import type { Credentials, Identity } from '../../ports/credentials.ts';
import type { Directory } from '../../ports/directory.ts';
import { hashSecret, TOKEN_PREFIX } from './secrets.ts';
import { createTickets } from './tickets.ts';

/** Identities kept by token hash, so that a burst of requests asks the directory once. */
const IDENTITIES_MAX = 10_000;
/** How long a device's sign of life waits for others before all are written. */
export const TOUCH_MS = 60_000;
const TOKEN_CHARS_MAX = 128;

interface Seen {
  readonly at: number;
  readonly cursor?: Cursor;
}

/** What lets devices in, with what the API does to it. */
export interface CredentialStore extends Credentials {
  /** These devices' tokens and tickets are refused from now on; said after the directory has ended them. */
  forget(devices: readonly DeviceId[]): void;
  /** Notes a sign of life, and how far the device has its inbox where it says so; to be written with others'. */
  touch(device: DeviceId, cursor?: Cursor): void;
  /** Writes what is held back. */
  close(): Promise<void>;
}

export interface CredentialsOptions {
  readonly directory: Directory;
  readonly clock: Clock;
  readonly random: Random;
  readonly identitiesMax?: number;
}

/** Credentials over a directory, with a small cache that never outlives a sign-out. */
export function createCredentials(options: CredentialsOptions): CredentialStore {
  const { directory, clock, random, identitiesMax = IDENTITIES_MAX } = options;
  const tickets = createTickets(clock, random);
  const known = new Map<string, Identity>();
  const hashes = new Map<DeviceId, string>();
  /** Rises with every sign-out: a look-up that began before one can't tell, and is made again. */
  let signOuts = 0;
  let seen = new Map<DeviceId, Seen>();
  let touching: Promise<void> = Promise.resolve();

  function remember(hash: string, identity: Identity): void {
    if (known.size >= identitiesMax) {
      for (const [oldest, { device }] of known) {
        known.delete(oldest);
        hashes.delete(device);
        break;
      }
    }
    const earlier = hashes.get(identity.device);
    if (earlier !== undefined) known.delete(earlier);
    known.set(hash, identity);
    hashes.set(identity.device, hash);
  }

  function touch(device: DeviceId, cursor: Cursor | undefined = seen.get(device)?.cursor): void {
    if (seen.size === 0) clock.after(TOUCH_MS, () => void writeSeen());
    seen.set(device, { at: clock.now(), ...(cursor !== undefined && { cursor }) });
  }

  function writeSeen(): Promise<void> {
    if (seen.size === 0) return touching;
    const batch = [...seen].map(([device, sign]) => ({ device, ...sign }));
    seen = new Map();
    // A sign of life that could not be stored is no loss: the next one comes.
    touching = touching.then(() => directory.touchDevices(batch)).catch(() => undefined);
    return touching;
  }

  /** Reads until no sign-out came between; `take` runs in the tick of that check. */
  async function settled<T, R>(read: () => Promise<T>, take: (answer: T) => R): Promise<R> {
    for (;;) {
      const begun = signOuts;
      const answer = await read();
      if (begun === signOuts) return take(answer);
    }
  }

  function lookUp(hash: string): Promise<Identity | undefined> {
    return settled(
      () => directory.deviceByToken(hash),
      (found) => {
        if (found === undefined || !found.signedIn) return undefined;
        const identity = { user: found.user, device: found.device, administrator: found.administrator };
        remember(hash, identity);
        return identity;
      },
    );
  }

  async function isSignedIn({ user, device }: Identity): Promise<boolean> {
    if (hashes.has(device)) return true;
    return settled(
      () => directory.devices(user),
      (devices) => devices.some((record) => record.device === device && record.signedIn),
    );
  }

  return {
    async identify(token) {
      if (!isToken(token)) return undefined;
      const hash = hashSecret(token);
      const identity = known.get(hash) ?? (await lookUp(hash));
      if (identity !== undefined) touch(identity.device);
      return identity;
    },
    async endedBySuspension(token) {
      return isToken(token) && (await directory.endedBySuspension(hashSecret(token)));
    },
    issueTicket: (identity) => tickets.issue(identity),
    async redeemTicket(ticket) {
      const identity = tickets.redeem(ticket);
      // A ticket may have been issued to a request that was under way when its device was signed out.
      if (identity === undefined || !(await isSignedIn(identity))) return undefined;
      touch(identity.device);
      return identity;
    },
    forget(devices) {
      signOuts++;
      for (const device of devices) {
        const hash = hashes.get(device);
        if (hash !== undefined) known.delete(hash);
        hashes.delete(device);
      }
      if (devices.length > 0) tickets.revoke(new Set(devices));
    },
    touch,
    close: writeSeen,
  };
}

function isToken(text: string): boolean {
  return text.startsWith(TOKEN_PREFIX) && text.length <= TOKEN_CHARS_MAX;
}
