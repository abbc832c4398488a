import { linesOf } from './lines-of.ts';
import type { Person } from './person.ts';

/** A running `maru chat --screen-reader`: lines go in, lines come out. */
export class SpokenChat implements AsyncDisposable {
  readonly #child: Bun.Subprocess<'pipe', 'pipe', 'pipe'>;
  readonly #lines: AsyncGenerator<string, undefined>;
  readonly #heard: string[] = [];

  constructor(person: Person, args: readonly string[] = [], environment: Record<string, string> = {}) {
    this.#child = person.converse(['chat', '--screen-reader', ...args], environment);
    this.#lines = linesOf(this.#child.stdout);
  }

  /** All lines that were read so far. */
  get heard(): readonly string[] {
    return this.#heard;
  }

  async say(...lines: readonly string[]): Promise<void> {
    for (const line of lines) this.#child.stdin.write(`${line}\n`);
    await this.#child.stdin.flush();
  }

  /** The next line that has this in it. Those before it are passed over. */
  async hears(wanted: string | RegExp): Promise<string> {
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done === true) throw new Error(`never heard: ${wanted}\n${this.#heard.join('\n')}`);
      this.#heard.push(value);
      if (typeof wanted === 'string' ? value.includes(wanted) : wanted.test(value)) return value;
    }
  }

  /** Ends it; gives its exit code. */
  async leave(): Promise<number> {
    await this.say('/quit');
    return this.#child.exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#child.exited;
  }
}
