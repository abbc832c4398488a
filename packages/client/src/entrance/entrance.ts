import type { DeviceId, Me, NewDevice, SignedIn } from '@maru/protocol';
import type { Environment } from '../environment.ts';
import { ApiError } from '../errors.ts';
import { systemEnvironment } from '../system-environment.ts';
import { type Api, createApi } from '../wire/api.ts';
import { WaitingDevice } from './waiting-device.ts';

export interface EntranceOptions {
  /** Where the server is; in a page of its own, `location.origin`. */
  readonly baseUrl: string;
  /** What this device is called in the list of devices: `Firefox on Linux`. */
  readonly deviceName: string;
  /**
   * How the device keeps its token: `cookie`, for pages, where no script can ever read it; or `bearer`, the default: it
   * stands in the answer and, from `createClient` on, in the store.
   */
  readonly credential?: 'bearer' | 'cookie';
  /** The id that an earlier signing in of this installation got. */
  readonly device?: DeviceId;
  readonly environment?: Environment;
}

/**
 * The ways into an account, for who is not signed in: what each gives is for `createClient`. Calls reject with
 * `ApiError` or `NetworkError`.
 */
export class Entrance {
  /** The API as anyone may call it. */
  readonly api: Api;
  readonly #device: NewDevice;
  readonly #environment: Environment;
  readonly #baseUrl: string;

  constructor({ baseUrl, deviceName, credential = 'bearer', device, environment }: EntranceOptions) {
    this.#baseUrl = baseUrl;
    this.#environment = environment ?? systemEnvironment();
    this.#device = { name: deviceName, credential, ...(device !== undefined && { device }) };
    this.api = createApi({
      baseUrl,
      http: this.#environment.http,
      ...(credential === 'cookie' && { credential: { kind: 'cookie' } }),
    });
  }

  /** Makes an account. Its recovery codes are told here and never again: each sets a new password, once. */
  signUp(account: {
    readonly handle: string;
    readonly name: string;
    readonly password: string;
    readonly invite?: string;
  }): ReturnType<Api['signUp']> {
    return this.api.signUp({ body: { ...account, device: this.#device } });
  }

  /** Whose an invite is, before one signs up by it. Rejects with `ApiError` (`invite-required`) if it is not good. */
  lookAtInvite(invite: string): ReturnType<Api['lookAtInvite']> {
    return this.api.lookAtInvite({ body: { invite } });
  }

  logIn(account: { readonly handle: string; readonly password: string }): Promise<SignedIn> {
    return this.api.logIn({ body: { ...account, device: this.#device } });
  }

  /** Asks to be let in by a device that is signed in, without a password. */
  async requestDevice(): Promise<WaitingDevice> {
    const request = await this.api.requestDevice({ body: { device: this.#device } });
    return new WaitingDevice(request, {
      api: this.api,
      environment: this.#environment,
      baseUrl: this.#baseUrl,
    });
  }

  /**
   * Whom the browser's cookie signs in, for a page that has lost its store or that was opened again; `undefined`:
   * nobody. Rejects with `ApiError` (`account-suspended`) where the account is suspended.
   */
  async resume(): Promise<Me | undefined> {
    try {
      return await this.api.getMe();
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return undefined;
      throw error;
    }
  }
}
