import { closeCodes, type LimitsInForce, type UuidSource } from '@maru/protocol';
import type { Clock } from '../../ports/clock.ts';
import type { Credentials } from '../../ports/credentials.ts';
import type { Inboxes } from '../../ports/inboxes.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Rooms } from '../../ports/rooms.ts';
import type { Intake } from '../edge/intake.ts';
import { CommandGate } from './command-gate.ts';
import type { Connection } from './greeting.ts';
import { HelloWatch } from './hello-watch.ts';
import type { LiveSessions } from './live-sessions.ts';
import { Session } from './session.ts';
import type { SessionCounts, SessionDeps } from './session-deps.ts';
import type { Publisher, SessionSink } from './session-sink.ts';
import { WorkTurns } from './work-turns.ts';

export interface SessionsOptions {
  /** From `createDelivery`: the workers given here deliver through it. */
  readonly live: LiveSessions;
  readonly rooms: Rooms;
  readonly inboxes: Inboxes;
  readonly credentials: Pick<Credentials, 'redeemTicket'>;
  readonly intake: Intake;
  readonly later: SessionDeps['later'];
  readonly clock: Clock;
  readonly log: Logger;
  readonly limits: LimitsInForce;
  readonly sendQueueBytesSoft: number;
  readonly uuids: UuidSource;
}

/** How the sessions are doing: numbers of this moment, and counts since the start. */
export interface SessionStats extends Readonly<SessionCounts> {
  readonly sessions: number;
  readonly awaitingHello: number;
  readonly commandsInFlight: number;
}

/** Makes sessions for whatever carries frames (`[WIRE7]`), and ends them all. */
export class Sessions implements AsyncDisposable {
  readonly #deps: SessionDeps;

  constructor(options: SessionsOptions) {
    this.#deps = {
      ...options,
      gate: new CommandGate(),
      turns: new WorkTurns(),
      helloWatch: new HelloWatch(options.clock),
      counts: { framesReceived: 0, framesSent: 0, commands: 0, slow: 0, rateLimited: 0 },
    };
  }

  get isDraining(): boolean {
    return this.#deps.gate.isShut;
  }

  /** The count of sign-outs, to be taken before a connection is authenticated. */
  get epoch(): number {
    return this.#deps.live.signOuts;
  }

  publishThrough(publisher: Publisher, to: 'sockets' | 'polls' = 'sockets'): void {
    this.#deps.live.publishThrough(publisher, to);
  }

  /** When a carrier may look at who connects, and clear away after whom it has lost. */
  get turns(): WorkTurns {
    return this.#deps.turns;
  }

  /** A carrier has a new connection. @param settled called once, when it is welcomed or ended */
  connect(sink: SessionSink, connection: Connection, settled?: () => void): Session {
    return new Session(this.#deps, sink, connection, settled);
  }

  stats(): SessionStats {
    const { counts, live, helloWatch, gate } = this.#deps;
    return {
      ...counts,
      sessions: live.size,
      awaitingHello: helloWatch.size,
      commandsInFlight: gate.inside,
    };
  }

  /** Refuses new commands, waits for those accepted, and tells everybody to come back (`[SLOW5]`). */
  async drain(): Promise<void> {
    const { gate, live, helloWatch } = this.#deps;
    await gate.shut();
    const { code } = closeCodes.comeBack;
    for (const session of [...live.all(), ...helloWatch.all()]) session.close(code, 'come back');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.drain();
    this.#deps.helloWatch.stop();
    this.#deps.live.stop();
  }
}
