/**
 * What waits, by who wants it: askers have their turns one after the other, however much each of them wants. A full
 * queue makes room for who has less waiting than somebody else, so that a flood from one place shuts nobody out.
 */
export class FairQueue<T> {
  readonly #max: number;
  /** Askers in the order of their turns, none without something that waits. */
  readonly #waiting = new Map<string, T[]>();
  #size = 0;

  /** @param max how many may wait in all. */
  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#size;
  }

  /** Gives back what has no place: `item` itself, or the newest of the asker with the most. */
  add(asker: string, item: T): T | undefined {
    const own = this.#waiting.get(asker) ?? [];
    let displaced: T | undefined;
    if (this.#size >= this.#max) {
      const most = this.#longest();
      // Only for who then still has no more than the other: else two would displace each other for ever.
      if (most.length <= own.length + 1) return item;
      displaced = most.pop();
      this.#size--;
    }
    own.push(item);
    this.#waiting.set(asker, own);
    this.#size++;
    return displaced;
  }

  /** Takes the next, of the asker whose turn it is. */
  next(): T | undefined {
    for (const [asker, items] of this.#waiting) {
      const item = items.shift();
      this.#size--;
      this.#waiting.delete(asker);
      if (items.length > 0) this.#waiting.set(asker, items);
      return item;
    }
    return undefined;
  }

  #longest(): T[] {
    let longest: T[] = [];
    for (const items of this.#waiting.values()) if (items.length > longest.length) longest = items;
    return longest;
  }
}
