import { UsageError } from '../command.ts';

const CTRL_C = '\x03';
const CTRL_D = '\x04';
const BACKSPACES = ['\x7f', '\b'];

/** Where a password is typed, or piped in. */
export interface PasswordInput extends AsyncIterable<Uint8Array | string> {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
  pause?(): unknown;
}

export interface PasswordSource {
  readonly input: PasswordInput;
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

/** What is typed, line by line, with what was taken back taken out. */
class Lines {
  readonly #chunks: AsyncIterator<Uint8Array | string>;
  readonly #keys: boolean;
  readonly #decoder = new TextDecoder();
  #rest: string[] = [];

  /** @param keys single keys come, as from a terminal that leaves everything to us */
  constructor(input: PasswordInput, keys: boolean) {
    this.#chunks = input[Symbol.asyncIterator]();
    this.#keys = keys;
  }

  /** `undefined`: there is none, or the person gave up. */
  async next(): Promise<string | undefined> {
    const line: string[] = [];
    for (;;) {
      const character = this.#rest.shift();
      if (character === undefined) {
        const { value, done } = await this.#chunks.next();
        if (done === true) return line.length > 0 ? line.join('') : undefined;
        this.#rest = Array.from(
          typeof value === 'string' ? value : this.#decoder.decode(value, { stream: true }),
        );
      } else if (character === '\n' || character === '\r') {
        if (character === '\r' && this.#rest[0] === '\n') this.#rest.shift();
        return line.join('');
      } else if (this.#keys && (character === CTRL_C || character === CTRL_D)) return undefined;
      else if (this.#keys && BACKSPACES.includes(character)) line.pop();
      else line.push(character);
    }
  }
}

function terminal(): PasswordSource {
  return { input: process.stdin, output: process.stderr, environment: process.env };
}
