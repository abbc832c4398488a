import { Lines } from './lines.ts';

/** Questions that are answered by a line each, typed or piped in. What is typed is shown. */
export class Questions implements Disposable {
  readonly #lines = new Lines(process.stdin, false);

  /** The answer; `undefined`: there is none any more. */
  async ask(question: string): Promise<string | undefined> {
    process.stderr.write(question);
    return this.#lines.next();
  }

  [Symbol.dispose](): void {
    process.stdin.pause();
  }
}
