import { type Flags, type Option, UsageError } from '../command.ts';

const DEFAULT_SERVER = 'http://127.0.0.1:8787';

export const serverOption: Option = {
  takes: 'URL',
  help: 'Where the server is; else MARU_SERVER.',
  byDefault: DEFAULT_SERVER,
};

/**
 * The server's address as it was given, without a slash at its end.
 * @throws {UsageError}
 */
export function serverOf(
  flags: Flags,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const given = String(flags.server ?? environment.MARU_SERVER ?? DEFAULT_SERVER);
  if (!/^https?:\/\/[^\s?#]+$/.test(given) || !URL.canParse(given)) {
    throw new UsageError(`--server ${given}: expected a URL like ${DEFAULT_SERVER}.`);
  }
  return given.replace(/\/+$/, '');
}
