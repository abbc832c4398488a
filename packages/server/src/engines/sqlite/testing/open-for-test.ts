import { openSqliteEngine, type SqliteEngine, type SqliteEngineOptions } from '../sqlite-engine.ts';
import { testOptions } from './test-options.ts';

export interface TestEngine extends SqliteEngine {
  readonly dataDir: string;
  /** What the engine noted for the operator. */
  readonly notes: readonly string[];
}

export async function openForTest(
  dataDir: string,
  options: Partial<SqliteEngineOptions> = {},
): Promise<TestEngine> {
  const notes: string[] = [];
  const engine = await openSqliteEngine({ ...testOptions(dataDir, notes), ...options });
  return { ...engine, dataDir, notes };
}
