/** Tells listeners that something changed, once for everything that changed in one go. */
export class Changes {
  readonly #listeners = new Set<() => void>();
  #scheduled = false;

  /** Calls `listener` after changes, until the function that is returned is called. */
  subscribe(listener: () => void): () => void {
    // Its own object, so that one function may be subscribed twice.
    const own = () => listener();
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  changed(): void {
    if (this.#scheduled || this.#listeners.size === 0) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      for (const listener of [...this.#listeners]) listener();
    });
  }

  clear(): void {
    this.#listeners.clear();
  }
}
