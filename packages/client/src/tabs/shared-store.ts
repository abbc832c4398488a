import type { ClientStore, StoredState } from '../store/store.ts';
import type { Act } from './act.ts';

/** What a store holds at a moment, and how often it was changed by then. */
export interface StoredAt {
  readonly state: StoredState;
  readonly version: number;
  /** What is not carried out, and so has no effect on the state yet. */
  readonly given: readonly GivenActs[];
}

/** Acts that a tab gave together, under a number that rises. */
export interface GivenActs {
  readonly key: number;
  readonly acts: readonly Act[];
}

/**
 * A store that several tabs have open at a time, of whom one leads. Its duties beside those of `ClientStore`:
 * - `lead` takes the store over: from then on `change` of any other tab rejects with `StoreFailed` (`taken-over`), and
 *   changes nothing, whatever that tab believes (`[TABS3]`).
 * - `change` is `apply` by the tab that leads. It gives the store's version, which rises by one with each, and with each
 *   `lead`. In the same go it forgets acts that were carried out.
 * - `give` stores acts of any tab, durably and in the order of the calls. `given` gives what is not carried out yet.
 */
export interface SharedStore extends ClientStore {
  loadAt(): Promise<StoredAt>;
  /** @param tab a name that no other tab has or had */
  lead(tab: string): Promise<number>;
  change(
    tab: string,
    changes: Parameters<ClientStore['apply']>[0],
    carriedOut: readonly number[],
  ): Promise<number>;
  give(acts: readonly Act[]): Promise<void>;
  given(): Promise<readonly GivenActs[]>;
}
