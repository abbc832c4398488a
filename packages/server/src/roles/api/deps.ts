import type { DeviceId, Figures, LimitsInForce, SignUpPolicy, UserId, UuidSource } from '@maru/protocol';
import type { AvatarImages } from '../../ports/avatar-images.ts';
import type { Clock, Random } from '../../ports/clock.ts';
import type { Directory } from '../../ports/directory.ts';
import type { Inboxes } from '../../ports/inboxes.ts';
import type { Reports } from '../../ports/reports.ts';
import type { Rooms } from '../../ports/rooms.ts';
import type { SessionControl, SignOutReason } from '../../ports/session-control.ts';
import type { Arrival } from '../edge/arrival.ts';
import type { CredentialStore } from '../edge/credentials.ts';
import type { DeviceRequests } from '../edge/device-requests.ts';
import type { GuessLimits } from '../edge/guess-limits.ts';
import type { Intake } from '../edge/intake.ts';
import type { Passwords } from '../edge/passwords.ts';
import type { Scheduler } from '../time/scheduler.ts';
import type { Departures } from './account/departures.ts';
import type { Gate } from './register.ts';

/** What the operator decided, as far as the API shows or enforces it. */
export interface ApiSettings {
  readonly version: string;
  readonly signUp: SignUpPolicy;
  readonly limits: LimitsInForce;
  /** Where people reach this server, if that isn't the address they ask at: behind a proxy. */
  readonly publicUrl: URL | undefined;
}

export interface ApiDeps extends Gate {
  readonly directory: Directory;
  readonly reports: Reports;
  readonly avatarImages: AvatarImages;
  readonly rooms: Rooms;
  readonly inboxes: Inboxes;
  readonly sessions: SessionControl;
  readonly credentials: CredentialStore;
  readonly passwords: Passwords;
  /** Of passwords, at log-in (`[LIMIT9]`). */
  readonly guesses: GuessLimits;
  readonly deviceRequests: DeviceRequests;
  readonly intake: Intake;
  readonly later: Scheduler;
  readonly clock: Clock;
  readonly random: Random;
  readonly uuids: UuidSource;
  readonly settings: ApiSettings;
  readonly departures: Departures;
  /** How the server is at work, at this moment. */
  readonly figures: () => Promise<Figures>;
  /** Sessions without a socket are the gateway's: it answers `POST /v1/poll` itself. */
  readonly poll: (request: Request, arrival: Arrival) => Promise<Response>;
}

/**
 * Ends what the directory has signed out: no token, ticket or socket of these devices is good from here on, and their
 * user is not there by them.
 */
export function endDevices(
  deps: ApiDeps,
  user: UserId,
  devices: readonly DeviceId[],
  why: SignOutReason = 'signed-out',
): void {
  deps.credentials.forget(devices);
  deps.deviceRequests.forget(devices);
  deps.sessions.signOut(devices, why);
  deps.inboxes.signedOut(user, devices);
}
