import type { ClientStore, StoreChange } from '../store/store.ts';
import { StoreFailed } from '../store/store-failed.ts';
import { ownWords } from './own-words.ts';
import type { GivenActs, SharedStore } from './shared-store.ts';

export interface LeadingStoreDeps {
  readonly store: SharedStore;
  readonly tab: string;
  /** The store has these. */
  readonly changed: (version: number, changes: readonly StoreChange[]) => void;
  /** Another tab leads: nothing may be sent any more when this returns. */
  readonly takenOver: () => void;
  /** Acts wait for whoever leads. */
  readonly gave: () => void;
}

/** The store as the client of the tab that leads has it: what it writes is told to the others, once it is there. */
export class LeadingStore implements ClientStore {
  readonly #deps: LeadingStoreDeps;
  #version: number;
  /** Acts whose changes the journal has, and nobody has written yet. */
  #carriedOut: GivenActs[] = [];

  constructor(deps: LeadingStoreDeps, version: number) {
    this.#deps = deps;
    this.#version = version;
  }

  get version(): number {
    return this.#version;
  }

  /** Has acts forgotten in the same go as what the journal was given because of them: called behind that, at once. */
  carriedOut(given: GivenActs): void {
    this.#carriedOut.push(given);
  }

  load(): ReturnType<ClientStore['load']> {
    return this.#deps.store.load();
  }

  async apply(changes: readonly StoreChange[]): Promise<void> {
    const { store, tab, changed } = this.#deps;
    const carriedOut = this.#carriedOut;
    this.#carriedOut = [];
    const keys = carriedOut.map(({ key }) => key);
    try {
      const version = await store.change(tab, changes, keys);
      this.#version = version;
      changed(version, changes);
    } catch (error) {
      if (!(error instanceof StoreFailed && error.reason === 'taken-over')) throw error;
      await this.#giveOn(changes, carriedOut);
    }
  }

  /** What the user did here before this tab knew goes the way of the others' acts; all else the one that leads has. */
  async #giveOn(changes: readonly StoreChange[], carriedOut: readonly GivenActs[]): Promise<void> {
    const { store, takenOver, gave } = this.#deps;
    takenOver();
    const acts = ownWords(changes, carriedOut);
    if (acts.length === 0) return;
    await store.give(acts);
    gave();
  }

  events(...range: Parameters<ClientStore['events']>): ReturnType<ClientStore['events']> {
    return this.#deps.store.events(...range);
  }

  nextExpiry(): ReturnType<ClientStore['nextExpiry']> {
    return this.#deps.store.nextExpiry();
  }

  close(): Promise<void> {
    return this.#deps.store.close();
  }
}
