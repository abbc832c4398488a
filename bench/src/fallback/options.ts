/** The command line of the load generator: MODE key=value …, as bench/load/main.c has it. */
export class Options {
  readonly #given: ReadonlyMap<string, string>;

  constructor(words: readonly string[]) {
    this.#given = new Map(
      words.map((word): [string, string] => {
        const at = word.indexOf('=');
        return [word.slice(0, at), word.slice(at + 1)];
      }),
    );
  }

  text(key: string): string {
    const value = this.#given.get(key);
    if (value === undefined) throw new Error(`${key}= is missing`);
    return value;
  }

  number(key: string, byDefault: number): number {
    const value = Number(this.#given.get(key) ?? byDefault);
    if (Number.isNaN(value)) throw new Error(`${key} is not a number`);
    return value;
  }
}
