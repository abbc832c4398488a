/**
 * Why a store can't be used, for a sentence to the user and a way on. In each case what the server has is safe, and so is
 * what stands in the store:
 * - `full`: no more space for this site. Free some (`freeSpace`), or on the device, and start again.
 * - `newer-version`: a later version of the app has written it. Load that version.
 * - `in-use`: tabs of an earlier version hold it and don't let go. Close them.
 * - `outdated`: a tab with a later version of the app took it over. Load the page again.
 * - `denied`: the browser keeps nothing here: a private window, blocked storage, or, without TLS, no locks between tabs. Go
 *   on without a store.
 * - `lost`: it was deleted, or the disk fails, while it was open. Load the page again.
 * - `taken-over`: another tab has taken the store over from this one, which did not answer; that one goes on by itself.
 */
export type StoreFault = 'full' | 'newer-version' | 'in-use' | 'outdated' | 'denied' | 'lost' | 'taken-over';

/** The store of a browser can't be opened, or failed. Nothing of what was asked for was stored. */
export class StoreFailed extends Error {
  override readonly name = 'StoreFailed';
  readonly code = 'store-failed';
  readonly reason: StoreFault;

  constructor(reason: StoreFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
