const BAR_CHARS = 30;

/** Where a bar is drawn: standard error, if it is a terminal. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** A bar on a terminal, redrawn in place; elsewhere nothing, as what is piped is kept. */
export class Progress {
  readonly #output: ProgressOutput;
  readonly #total: number;
  #drawn = '';

  constructor(total: number, output: ProgressOutput = process.stderr) {
    this.#total = total;
    this.#output = output;
  }

  get visible(): boolean {
    return this.#output.isTTY === true;
  }

  update(done: number, what: string): void {
    if (!this.visible) return;
    const share = this.#total === 0 ? 1 : Math.min(1, done / this.#total);
    const full = Math.round(share * BAR_CHARS);
    const bar = `${'█'.repeat(full)}${'░'.repeat(BAR_CHARS - full)}`;
    const drawn = `${bar} ${String(Math.floor(share * 100)).padStart(3)} %  ${what}`;
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#output.write(`\r${drawn}\x1b[K`);
  }

  /** Takes the bar away. */
  end(): void {
    if (this.#drawn !== '') this.#output.write('\r\x1b[K');
    this.#drawn = '';
  }
}
