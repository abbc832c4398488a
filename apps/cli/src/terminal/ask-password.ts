import { UsageError } from '../command.ts';
import { type LineInput, Lines } from './lines.ts';

export interface PasswordSource {
  readonly input: LineInput;
  /** Where the question is put. */
  readonly output: { write(text: string): unknown };
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The password: MARU_PASSWORD, or what is typed, which is not shown, or else the first line of what is piped in.
 *
 * @param twice a new one is typed twice
 * @throws {UsageError}
 */
export async function askPassword(twice: boolean, source: PasswordSource = terminal()): Promise<string> {
  const { input, output, environment } = source;
  if (environment.MARU_PASSWORD !== undefined) return environment.MARU_PASSWORD;
  const lines = new Lines(input, input.isTTY === true);
  if (input.isTTY !== true) {
    const piped = await lines.next();
    if (piped !== undefined && piped !== '') return piped;
    throw new UsageError('No password was given: pipe it in, or set MARU_PASSWORD.');
  }
  input.setRawMode?.(true);
  try {
    const password = await askOnce('Password: ', lines, output);
    if (twice && (await askOnce('Once more: ', lines, output)) !== password) {
      throw new UsageError('The two passwords are not the same.');
    }
    return password;
  } finally {
    input.setRawMode?.(false);
    input.pause?.();
  }
}

async function askOnce(question: string, lines: Lines, output: PasswordSource['output']): Promise<string> {
  output.write(question);
  const line = await lines.next();
  output.write('\n');
  if (line === undefined) throw new UsageError('No password was given.');
  return line;
}

function terminal(): PasswordSource {
  return { input: process.stdin, output: process.stderr, environment: process.env };
}
