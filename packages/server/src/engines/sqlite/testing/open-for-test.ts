import type { Clock } from '../../../ports/clock.ts';
import type { Logger } from '../../../ports/logger.ts';
import { openSqliteEngine, type SqliteEngine, type SqliteEngineOptions } from '../sqlite-engine.ts';

export interface TestEngine extends SqliteEngine {
  readonly dataDir: string;
  /** What the engine noted for the operator. */
  readonly notes: readonly string[];
}

/** A clock that stands still: the projections move only when a test says so. */
const STILL: Clock = { now: () => 1_700_000_000_000, monotonic: () => 0, after: () => () => {} };

export async function openForTest(
  dataDir: string,
  options: Partial<SqliteEngineOptions> = {},
): Promise<TestEngine> {
  const notes: string[] = [];
  const note = (_fields: unknown, message: string) => notes.push(message);
  const logger: Logger = { info: note, warn: note, error: note };
  const engine = await openSqliteEngine({ dataDir, clock: STILL, logger, ...options });
  return { ...engine, dataDir, notes };
}
