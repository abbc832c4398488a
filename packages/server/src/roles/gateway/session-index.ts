import type { LiveSession } from './live-session.ts';

/** Sessions by key. Most keys have one, which then costs no list. */
export class SessionIndex<K> {
  readonly #sessions = new Map<K, LiveSession | LiveSession[]>();

  add(key: K, session: LiveSession): void {
    const there = this.#sessions.get(key);
    if (there === undefined) this.#sessions.set(key, session);
    else if (Array.isArray(there)) there.push(session);
    else this.#sessions.set(key, [there, session]);
  }

  delete(key: K, session: LiveSession): void {
    const there = this.#sessions.get(key);
    if (there === session) {
      this.#sessions.delete(key);
    } else if (Array.isArray(there)) {
      const rest = there.filter((other) => other !== session);
      const [only] = rest;
      if (only !== undefined) this.#sessions.set(key, rest.length === 1 ? only : rest);
    }
  }

  get(key: K): LiveSession | readonly LiveSession[] | undefined {
    return this.#sessions.get(key);
  }
}
