import type { DeviceId } from '@maru/protocol';

/** Why a device is signed out: the error under which its sessions end, with that error's close code. */
export type SignOutReason = 'signed-out' | 'account-suspended';

/** What the API asks of whoever holds the sessions. */
export interface SessionControl {
  /** Closes these devices' sessions at once with the code that says why (`[PRIV9]`, `[ADMIN2]`). */
  signOut(devices: readonly DeviceId[], why: SignOutReason): void;
  /** Whether a device has a session now. */
  isConnected(device: DeviceId): boolean;
}
