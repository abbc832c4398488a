import { Counter, exponentialBuckets, Gauge, Histogram, Registry } from 'prom-client';
import type { GatewayStats } from '../../roles/gateway/gateway.ts';

/** What is read at the moment of asking. */
export interface Readings {
  readonly sessions: () => GatewayStats;
  /** Entries that wait for the log. */
  readonly commitQueue: () => number;
  /** Entries of the log that the projections have still to take in. */
  readonly viewsLag: () => number;
  readonly deadLetters: () => number;
  readonly logInFailures: () => number;
}

/** What is counted. Labels come from closed lists of this program, never from what anybody sent (`[PRIV6]`). */
export interface Meters {
  readonly registry: Registry;
  readonly commands: Counter<'kind' | 'outcome'>;
  readonly refusals: Counter<'code'>;
  readonly commitEntries: Histogram;
  readonly commitSeconds: Histogram;
}

export function createMeters(): Meters {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    commands: new Counter({
      name: 'maru_commands_total',
      help: 'Commands that were decided.',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    refusals: new Counter({
      name: 'maru_refusals_total',
      help: 'Commands that were refused, by error code.',
      labelNames: ['code'],
      registers,
    }),
    commitEntries: new Histogram({
      name: 'maru_commit_entries',
      help: 'Entries of the log in one commit.',
      buckets: exponentialBuckets(1, 4, 8),
      registers,
    }),
    commitSeconds: new Histogram({
      name: 'maru_commit_seconds',
      help: 'Time of one commit, from handing over to durable.',
      buckets: exponentialBuckets(0.000_25, 2, 14),
      registers,
    }),
  };
}

/** Adds what is read when the metrics are asked for. */
export function readWhenAsked({ registry }: Meters, readings: Readings): void {
  const { sessions, commitQueue, viewsLag, deadLetters, logInFailures } = readings;
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  const counter = (name: string, help: string, read: () => number) =>
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  gauge('maru_sessions', 'Open sessions.', () => sessions().sessions);
  gauge('maru_polled_sessions', 'Open sessions without a socket.', () => sessions().polled);
  gauge(
    'maru_sessions_awaiting_hello',
    'Connections that have not said hello yet.',
    () => sessions().awaitingHello,
  );
  gauge(
    'maru_commands_in_flight',
    'Commands of sessions that are not answered yet.',
    () => sessions().commandsInFlight,
  );
  counter('maru_frames_received_total', 'Frames from clients.', () => sessions().framesReceived);
  counter(
    'maru_deliveries_total',
    'Frames to sessions, publications not counted.',
    () => sessions().framesSent,
  );
  counter(
    'maru_sessions_slow_total',
    'Sessions cut off because they could not keep up.',
    () => sessions().slow,
  );
  counter('maru_rate_limited_total', 'Frames refused for their rate.', () => sessions().rateLimited);
  counter('maru_dead_letters_total', 'Commands at which the rules failed, refused for good.', deadLetters);
  counter(
    'maru_log_in_failures_total',
    'Log-ins with a wrong password, and those refused for too many of them.',
    logInFailures,
  );
  gauge('maru_commit_queue_entries', 'Entries that wait for the log.', commitQueue);
  gauge('maru_views_lag_entries', 'Entries that the projections have not taken in yet.', viewsLag);
  gauge('process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss());
  counter('process_cpu_seconds_total', 'Processor time, user and system.', () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
}
