import type { DeviceId } from '@maru/protocol';

/** What the API asks of whoever holds the sessions. */
export interface SessionControl {
  /** Closes these devices' sessions at once with the code that means "signed out" (`[PRIV9]`). */
  signOut(devices: readonly DeviceId[]): void;
  /** Whether a device has a session now. */
  isConnected(device: DeviceId): boolean;
}
