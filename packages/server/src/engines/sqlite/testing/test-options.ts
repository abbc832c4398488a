import type { Clock } from '../../../ports/clock.ts';
import type { Logger } from '../../../ports/logger.ts';
import type { SqliteEngineOptions } from '../sqlite-engine.ts';

/** A clock that stands still: the projections move only when a test says so. */
const STILL: Clock = { now: () => 1_700_000_000_000, monotonic: () => 0, after: () => () => {} };

/** @param notes gets what the engine notes for the operator */
export function testOptions(dataDir: string, notes: string[] = []): SqliteEngineOptions {
  const note = (_fields: unknown, message: string) => notes.push(message);
  const logger: Logger = { info: note, warn: note, error: note };
  return { dataDir, clock: STILL, logger };
}
