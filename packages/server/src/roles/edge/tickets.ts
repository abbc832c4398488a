import { limits } from '@maru/protocol';
import type { Clock, Random } from '../../ports/clock.ts';
import type { Identity } from '../../ports/credentials.ts';
import { hashSecret, newTicket } from './secrets.ts';

/** Unused tickets that are kept; beyond that the oldest goes, and its device asks for another. */
const TICKETS_MAX = 100_000;

export interface Tickets {
  issue(identity: Identity): { ticket: string; expiresAt: number };
  /** Uses a ticket up: the second time there is none (`[WIRE6]`). */
  redeem(ticket: string): Identity | undefined;
  /** No ticket of these devices opens anything any more. */
  revoke(devices: ReadonlySet<string>): void;
}

interface Issued {
  readonly identity: Identity;
  /** By the clock that doesn't jump. */
  readonly deadline: number;
}

/** One-use secrets that open a session where neither cookie nor header goes. In memory: they live for a minute. */
export function createTickets(clock: Clock, random: Random, max = TICKETS_MAX): Tickets {
  // All live equally long, so the order of insertion is the order of expiry.
  const issued = new Map<string, Issued>();

  function dropExpired(): void {
    const now = clock.monotonic();
    for (const [hash, { deadline }] of issued) {
      if (deadline > now && issued.size < max) return;
      issued.delete(hash);
    }
  }

  return {
    issue(identity) {
      dropExpired();
      const ticket = newTicket(random);
      issued.set(hashSecret(ticket), { identity, deadline: clock.monotonic() + limits.TICKET_TTL_MS });
      return { ticket, expiresAt: clock.now() + limits.TICKET_TTL_MS };
    },
    redeem(ticket) {
      const hash = hashSecret(ticket);
      const found = issued.get(hash);
      issued.delete(hash);
      return found !== undefined && found.deadline > clock.monotonic() ? found.identity : undefined;
    },
    revoke(devices) {
      for (const [hash, { identity }] of issued) if (devices.has(identity.device)) issued.delete(hash);
    },
  };
}
