import type { DeviceId, UserId } from '@maru/protocol';

/** Who a connection or request is. */
export interface Identity {
  readonly user: UserId;
  readonly device: DeviceId;
  readonly administrator: boolean;
}

/** What lets a device in. Tokens and tickets are held as hashes; a revoked one is refused from the moment of the answer. */
export interface Credentials {
  /** Whose device token this is. */
  identify(token: string): Promise<Identity | undefined>;
  /** Whether a token that identifies nobody was ended by a suspension that is still in force (`[ADMIN2]`). */
  endedBySuspension(token: string): Promise<boolean>;
  /** A ticket for one session, before `expiresAt` (`[WIRE6]`). */
  issueTicket(identity: Identity): { ticket: string; expiresAt: number };
  /** Uses a ticket up. */
  redeemTicket(ticket: string): Promise<Identity | undefined>;
}
