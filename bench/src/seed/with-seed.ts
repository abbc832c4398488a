import { type Logger, openSqliteEngine, systemClock } from '@maru/server';
import { Seed } from './seed.ts';

/** What goes wrong while seeding spoils what is measured: it is said. */
const logger: Logger = {
  info() {},
  warn: (fields, message) => console.error(message, fields),
  error: (fields, message) => console.error(message, fields),
};

/** Fills a data folder; when it resolves the folder is closed, as a server that was told to stop leaves it. */
export async function withSeed<T>(dataFolder: string, fill: (seed: Seed) => Promise<T>): Promise<T> {
  await using engine = await openSqliteEngine({ dataDir: dataFolder, clock: systemClock, logger });
  const seed = new Seed(engine);
  const filled = await fill(seed);
  await seed.flush();
  return filled;
}
