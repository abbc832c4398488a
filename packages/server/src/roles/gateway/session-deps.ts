import type { LimitsInForce, UuidSource } from '@maru/protocol';
import type { Clock } from '../../ports/clock.ts';
import type { Credentials } from '../../ports/credentials.ts';
import type { Inboxes } from '../../ports/inboxes.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Rooms } from '../../ports/rooms.ts';
import type { Intake } from '../edge/intake.ts';
import type { Scheduler } from '../time/scheduler.ts';
import type { CommandGate } from './command-gate.ts';
import type { HelloWatch } from './hello-watch.ts';
import type { LiveSessions } from './live-sessions.ts';
import type { WorkTurns } from './work-turns.ts';

/** What all sessions share. */
export interface SessionDeps {
  readonly live: LiveSessions;
  readonly rooms: Rooms;
  readonly inboxes: Inboxes;
  readonly credentials: Pick<Credentials, 'redeemTicket'>;
  readonly intake: Intake;
  readonly later: Pick<Scheduler, 'take' | 'revisionOf' | 'loading'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly uuids: UuidSource;
  readonly limits: LimitsInForce;
  readonly sendQueueBytesSoft: number;
  readonly gate: CommandGate;
  readonly turns: WorkTurns;
  readonly helloWatch: HelloWatch;
  readonly counts: SessionCounts;
}

/** What has happened since the start; only ever grows. */
export interface SessionCounts {
  framesReceived: number;
  framesSent: number;
  commands: number;
  /** Sessions cut because they could not keep up (`[SLOW1]`). */
  slow: number;
  rateLimited: number;
}
