import type { PersonalLink } from '@maru/protocol';
import { ApiError } from '../errors.ts';
import type { Api } from '../wire/api.ts';

/** The user's personal link (`[FIND1]`). All of it needs the server: else it rejects with `NetworkError`. */
export class MyLink {
  readonly #api: Pick<Api, 'getMyLink' | 'putMyLink' | 'deleteMyLink'>;

  constructor(api: Pick<Api, 'getMyLink' | 'putMyLink' | 'deleteMyLink'>) {
    this.#api = api;
  }

  /** The one there is, if there is one. */
  async get(): Promise<PersonalLink | undefined> {
    try {
      return await this.#api.getMyLink();
    } catch (error) {
      if (error instanceof ApiError && error.code === 'not-found') return undefined;
      throw error;
    }
  }

  /** The one there is, or a new one. */
  make(): Promise<PersonalLink> {
    return this.#api.putMyLink({ body: {} });
  }

  /** A new one: the one before leads to nobody from now on. */
  renew(): Promise<PersonalLink> {
    return this.#api.putMyLink({ body: { renew: true } });
  }

  async revoke(): Promise<void> {
    await this.#api.deleteMyLink();
  }
}
