const CTRL_C = '\x03';
const CTRL_D = '\x04';
const BACKSPACES = ['\x7f', '\b'];

/** Where something is typed, or piped in. */
export interface LineInput extends AsyncIterable<Uint8Array | string> {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
  pause?(): unknown;
}

/** What is typed, line by line, with what was taken back taken out. */
export class Lines {
  readonly #chunks: AsyncIterator<Uint8Array | string>;
  readonly #keys: boolean;
  readonly #decoder = new TextDecoder();
  #rest: string[] = [];

  /** @param keys single keys come, as from a terminal that leaves everything to us */
  constructor(input: LineInput, keys: boolean) {
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
