import { Counter, exponentialBuckets, Gauge, Histogram, Registry } from 'prom-client';

/** What is read at the moment of asking. */
export interface Readings {
  readonly sessions: () => number;
  readonly commitQueue: () => number;
  /** Entries of the log that the projections have still to take in; undefined where they are never behind. */
  readonly viewsLag: () => number | undefined;
}

/** What is counted. Labels come from closed lists of this program, never from what anybody sent (`[PRIV6]`). */
export interface Meters {
  readonly registry: Registry;
  readonly commands: Counter<'kind' | 'outcome'>;
  readonly refusals: Counter<'code'>;
  readonly deliveries: Counter<'way'>;
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
    deliveries: new Counter({
      name: 'maru_deliveries_total',
      help: 'Frames handed over for delivery, each counted once, by the way they go.',
      labelNames: ['way'],
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
  const gauge = (name: string, help: string, read: () => number | undefined) => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        const value = read();
        if (value !== undefined) this.set(value);
      },
    });
  };
  gauge('maru_sessions', 'Open sessions.', readings.sessions);
  gauge('maru_commit_queue_entries', 'Entries that wait for the log.', readings.commitQueue);
  gauge('maru_views_lag_entries', 'Entries that the projections have not taken in yet.', readings.viewsLag);
  gauge('process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss());
  gauge('process_cpu_seconds_total', 'Processor time, user and system.', () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
}
