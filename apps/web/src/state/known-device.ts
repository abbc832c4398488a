import { type DeviceId, deviceId } from '@maru/protocol';

const KEY = 'maru.device';

/** The device that this browser is signed in as: names what it remembers. All tabs see the same one. */
export function knownDevice(storage: Pick<Storage, 'getItem'> = localStorage): DeviceId | undefined {
  return deviceId.safeParse(storage.getItem(KEY)).data;
}

/** @param device `undefined`: it was signed out */
export function keepDevice(
  device: DeviceId | undefined,
  storage: Pick<Storage, 'setItem' | 'removeItem'> = localStorage,
): void {
  if (device === undefined) storage.removeItem(KEY);
  else storage.setItem(KEY, device);
}

/** What a device's store and its tabs are called in this browser. */
export function storeNameOf(device: DeviceId): string {
  return `maru:${device}`;
}

/** Hears of another tab that signed in or out. */
export function onDeviceChanged(listener: () => void): void {
  window.addEventListener('storage', ({ key }) => {
    // `null`: everything was cleared.
    if (key === KEY || key === null) listener();
  });
}
