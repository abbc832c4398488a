import type { AskingDevice, ConfirmedDevice, DeviceId, DeviceInfo } from '@maru/protocol';
import type { Api } from './wire/api.ts';

/**
 * The devices of the user's account: those that are signed in, and one that asks to be let in (`[LINKDEV1]`). All need
 * the server; calls reject with `ApiError` or `NetworkError`.
 */
export class Devices {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async list(): Promise<readonly DeviceInfo[]> {
    return (await this.#api.listDevices()).devices;
  }

  async rename(device: DeviceId, name: string): Promise<void> {
    await this.#api.renameDevice({ params: { device }, body: { name } });
  }

  /** Signs a device out, at once. */
  async revoke(device: DeviceId): Promise<void> {
    await this.#api.revokeDevice({ params: { device } });
  }

  /** What asks by this code. */
  look(code: string): Promise<AskingDevice> {
    return this.#api.lookAtDevice({ body: { code } });
  }

  /**
   * Lets it in. Resolves with the digits that its user types there. Only for who has that device before them: whoever
   * sends somebody a code, and then asks for digits, wants into their account.
   */
  confirm(code: string): Promise<ConfirmedDevice> {
    return this.#api.confirmDevice({ body: { code } });
  }

  /** Refuses it, also where it was let in and does not have its token yet. */
  async refuse(code: string): Promise<void> {
    await this.#api.refuseDevice({ body: { code } });
  }
}
