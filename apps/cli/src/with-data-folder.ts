import { ConfigError, type Engine, openEngine, readConfig, StartError } from '@maru/server';
import { type Flags, type Option, UsageError } from './command.ts';
import { quietLogger } from './quiet-logger.ts';

/** The option of every command that works on a data folder. */
export const dataOption: Option = {
  takes: 'DIR',
  help: "Data folder of a server that isn't running; else MARU_DATA, else where maru serve keeps it.",
};

export interface OpenDataFolder {
  readonly engine: Engine;
  readonly dataFolder: string;
  /** The most members that the server of this folder lets a group have. */
  readonly groupMembersMax: number;
}

/**
 * Opens the data folder for a command, and closes it behind it.
 * @throws {UsageError} where it can't be used, or a server runs on it
 */
export async function withDataFolder<T>(
  flags: Flags,
  work: (open: OpenDataFolder) => Promise<T>,
): Promise<T> {
  const { dataFolder, groupMembersMax } = orUsageError(() =>
    readConfig(typeof flags.data === 'string' ? { data: flags.data } : {}, process.env),
  );
  const engine = await openEngine(dataFolder, quietLogger).catch((error: unknown) => {
    throw error instanceof StartError ? new UsageError(error.message, { cause: error }) : error;
  });
  await using _closing = engine;
  return await work({ engine, dataFolder, groupMembersMax });
}

/**
 * What is read of the configuration.
 * @throws {UsageError} for what an operator gave wrongly
 */
export function orUsageError<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
