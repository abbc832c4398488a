/** Counts the commands that are under way, and can be shut: what is inside comes out, nothing more goes in (`[SLOW5]`). */
export class CommandGate {
  #inside = 0;
  #shut = false;
  #empty: PromiseWithResolvers<void> | undefined;

  get isShut(): boolean {
    return this.#shut;
  }

  get inside(): number {
    return this.#inside;
  }

  enter(): void {
    this.#inside++;
  }

  leave(): void {
    this.#inside--;
    if (this.#inside === 0) this.#empty?.resolve();
  }

  /** Resolves when every command that got in has been answered. */
  async shut(): Promise<void> {
    this.#shut = true;
    if (this.#inside === 0) return;
    this.#empty ??= Promise.withResolvers();
    await this.#empty.promise;
  }
}
