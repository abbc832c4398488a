import { ApiError, ClientClosed, type MaruClient, NetworkError } from '@maru/client';
import { StoreFailed, type StoreFault } from '@maru/client/web';
import type { DeviceId, SignedIn } from '@maru/protocol';
import { deviceNameOf } from './device-name.ts';
import { keepDevice, knownDevice, onDeviceChanged } from './known-device.ts';
import type { Doors } from './open-device.ts';
import { dropSignedInSign, hasSignedInSign } from './signed-in-sign.ts';

/** Who uses this page. */
export type SessionState =
  | { readonly kind: 'starting' }
  /** The server doesn't answer, and nothing is known without it. */
  | { readonly kind: 'unreachable' }
  /** `ended`: somebody was signed in here, and it was not by this page that they were signed out. */
  | { readonly kind: 'signed-out'; readonly ended?: true }
  /** Something failed that nobody has foreseen. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** What the browser keeps for the user can't be used, until somebody does something. */
  | { readonly kind: 'store-failed'; readonly reason: StoreFault }
  | {
      readonly kind: 'signed-in';
      readonly client: MaruClient;
      /** The browser keeps nothing: what this page knows goes with it. */
      readonly keepsNothing?: true;
      /** Right after signing up: shown once, and never again. */
      readonly recoveryCodes?: readonly string[];
    };

export interface NewAccount {
  readonly handle: string;
  readonly name: string;
  readonly password: string;
  readonly invite?: string;
}

type Entered = Omit<SignedIn, 'handle' | 'name'>;
/** Whether nothing has begun since that decides anew who uses the page. */
type IsLast = () => boolean;

/** Signs people in and out. */
export class Session {
  #state: SessionState = { kind: 'starting' };
  readonly #listeners = new Set<() => void>();
  readonly #doors: Doors;
  /** Of whom this page shows, or finds in the browser. */
  #device: DeviceId | undefined;
  /** How often it began to be decided who uses the page. */
  #turn = 0;
  /** Whether the user is on the way out. */
  #leaves = false;

  constructor(doors: Doors) {
    this.#doors = doors;
    onDeviceChanged(() => this.#deviceChanged());
  }

  get state(): SessionState {
    return this.#state;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Finds out whether the browser is signed in. Whom it remembers needs no server for that. */
  async start(): Promise<void> {
    const isLastHere = this.#begin();
    const device = knownDevice();
    // Another tab may have signed in, and this one not have heard of it yet.
    const isLast = () => isLastHere() && knownDevice() === device;
    this.#device = device;
    this.#set({ kind: 'starting' });
    await this.#orSay(isLast, async () => {
      if (device !== undefined && (await this.#openKnown(device, isLast))) return;
      if (device === undefined) {
        this.#set({ kind: 'signed-out' });
        // Whom the browser has forgotten the server may still know; everybody else is new, and asks nobody.
        if (!hasSignedInSign()) return;
      }
      const signedIn = await this.#askWho();
      if (isLast()) await this.#open(isLast, signedIn);
    });
  }

  /** Rejects with `ApiError` or `NetworkError`. */
  async signUp(account: NewAccount): Promise<void> {
    const { recoveryCodes, ...entered } = await this.#doors.api.signUp({
      body: { ...account, device: newDevice() },
    });
    await this.#open(this.#begin(), entered, recoveryCodes);
  }

  /** Rejects with `ApiError` or `NetworkError`. */
  async logIn(handle: string, password: string): Promise<void> {
    const entered = await this.#doors.api.logIn({ body: { handle, password, device: newDevice() } });
    await this.#open(this.#begin(), entered);
  }

  /** Signs in by whatever gives an account and a device. Rejects with `ApiError` or `NetworkError`. */
  async enter(claim: () => Promise<SignedIn>): Promise<void> {
    const entered = await claim();
    await this.#open(this.#begin(), entered);
  }

  /** Signs out and erases what the browser has of the account. Rejects with `ApiError` or `NetworkError`. */
  async signOut(): Promise<void> {
    if (this.#state.kind !== 'signed-in') return;
    const { client } = this.#state;
    this.#leaves = true;
    try {
      await client.signOut();
    } catch (error) {
      // The server's word that the device is signed out was faster.
      if (!(error instanceof ClientClosed)) throw error;
    } finally {
      this.#leaves = false;
    }
    await this.#leave(client, false);
  }

  /** Deletes the account and leaves. Rejects with `ApiError` or `NetworkError` where it is still there. */
  async deleteAccount(password: string): Promise<void> {
    if (this.#state.kind !== 'signed-in') return;
    const { api: own } = this.#state.client;
    this.#leaves = true;
    try {
      await own.deleteMe({ body: { password } });
      await this.signOut().catch(() => location.reload());
    } finally {
      this.#leaves = false;
    }
  }

  /** The codes were read. */
  forgetRecoveryCodes(): void {
    if (this.#state.kind !== 'signed-in') return;
    const { recoveryCodes: _, ...others } = this.#state;
    this.#set(others);
  }

  /** Makes room in a full store by what the server has, too; then starts again. */
  async freeSpace(): Promise<void> {
    const device = this.#device;
    try {
      if (device !== undefined) await this.#doors.freeSpace(device);
    } catch (error) {
      if (this.#device === device) this.#set(failure(error));
      return;
    }
    // Another tab may have signed in or out meanwhile: then it began anew by that.
    if (this.#device === device) await this.start();
  }

  /** Goes on with what the server has, and leaves the store as it is. */
  async goOnWithoutStore(): Promise<void> {
    const isLast = this.#begin();
    this.#set({ kind: 'starting' });
    await this.#orSay(isLast, async () => {
      const signedIn = await this.#askWho();
      const client = await this.#doors.openWithoutStore(signedIn);
      this.#entered(isLast, client, signedIn.device, { keepsNothing: true });
    });
  }

  /** It is decided anew who uses the page: what began before changes nothing any more. */
  #begin(): IsLast {
    this.#turn += 1;
    const turn = this.#turn;
    return () => turn === this.#turn;
  }

  /** Whose the browser's token is, by the server's word. */
  async #askWho(): Promise<Entered> {
    const { user, device } = await this.#doors.api.getMe();
    return { user, device, gateway: await this.#doors.api.getGateway() };
  }

  /** @returns whether the browser's store knows whose the device is */
  async #openKnown(device: DeviceId, isLast: IsLast): Promise<boolean> {
    try {
      const failed = (error: StoreFailed) => this.#failed(device, error);
      const client = await this.#doors.openDevice({ device, failed });
      if (client !== undefined) this.#entered(isLast, client, device, {});
      return client !== undefined;
    } catch (error) {
      // Then the server knows who it is.
      if (error instanceof StoreFailed && error.reason === 'denied') return false;
      throw error;
    }
  }

  async #orSay(isLast: IsLast, enter: () => Promise<void>): Promise<void> {
    try {
      await enter();
    } catch (error) {
      if (!isLast()) return;
      if (error instanceof ApiError && !error.body.retryable) this.#signedOut({ ended: true });
      else if (error instanceof ApiError || error instanceof NetworkError) this.#set({ kind: 'unreachable' });
      else this.#set(failure(error));
    }
  }

  async #open(isLast: IsLast, signedIn: Entered, recoveryCodes?: readonly string[]): Promise<void> {
    const { device } = signedIn;
    const codes = recoveryCodes === undefined ? {} : { recoveryCodes };
    try {
      const failed = (error: StoreFailed) => this.#failed(device, error);
      const client = await this.#doors.openDevice({ device, signedIn, failed });
      if (client !== undefined) this.#entered(isLast, client, device, codes);
    } catch (error) {
      if (!(error instanceof StoreFailed)) throw error;
      // Whatever is wrong with it: who has just come in is let in.
      const client = await this.#doors.openWithoutStore(signedIn);
      this.#entered(isLast, client, device, { ...codes, keepsNothing: true });
    }
  }

  #entered(
    isLast: IsLast,
    client: MaruClient,
    device: DeviceId,
    more: Pick<Extract<SessionState, { kind: 'signed-in' }>, 'keepsNothing' | 'recoveryCodes'>,
  ): void {
    if (!isLast()) {
      void close(client);
      return;
    }
    this.#device = device;
    keepDevice(device);
    client.subscribe(() => this.#look(client));
    this.#set({ kind: 'signed-in', client, ...more });
  }

  /** A device that was signed out elsewhere has nothing left to show, nor to keep. */
  #look(client: MaruClient): void {
    const { connection } = client;
    if (connection.state === 'stopped' && connection.reason === 'signed-out') void this.#leave(client);
  }

  #failed(device: DeviceId, { reason }: StoreFailed): void {
    if (this.#device !== device || this.#state.kind !== 'signed-in') return;
    // Another tab has signed out, and erased it.
    if (knownDevice() !== device) this.#deviceChanged();
    else {
      void close(this.#state.client);
      this.#set({ kind: 'store-failed', reason });
    }
  }

  /** In another tab somebody signed in or out: this one is theirs, too. */
  #deviceChanged(): void {
    const device = knownDevice();
    if (device === this.#device) return;
    if (this.#state.kind === 'signed-in') void close(this.#state.client);
    if (device !== undefined) {
      void this.start();
      return;
    }
    this.#begin();
    this.#device = undefined;
    this.#set({ kind: 'signed-out' });
  }

  /** Of whoever has come in since nothing is taken away. */
  async #leave(client: MaruClient, ended = !this.#leaves): Promise<void> {
    if (this.#state.kind !== 'signed-in' || this.#state.client !== client) return;
    const device = this.#device;
    this.#signedOut(ended ? { ended } : {});
    await close(client);
    // Where the browser keeps nothing, there is nothing to erase.
    if (device !== undefined) await this.#doors.eraseAccount(device, client.user).catch(() => undefined);
  }

  #signedOut(how: { readonly ended?: true }): void {
    const device = this.#device;
    this.#begin();
    this.#device = undefined;
    // Another account's may be the known one by now.
    if (device !== undefined && knownDevice() === device) keepDevice(undefined);
    if (knownDevice() === undefined) dropSignedInSign();
    this.#set({ kind: 'signed-out', ...how });
  }

  #set(state: SessionState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }
}

function failure(error: unknown): SessionState {
  return error instanceof StoreFailed
    ? { kind: 'store-failed', reason: error.reason }
    : { kind: 'failed', error };
}

/** One whose store has failed can't be closed well. */
async function close(client: MaruClient): Promise<void> {
  await client[Symbol.asyncDispose]().catch(() => undefined);
}

function newDevice() {
  return { name: deviceNameOf(navigator.userAgent), credential: 'cookie' } as const;
}
