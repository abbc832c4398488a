import { api, type Doors, openDevice, openWithoutStore } from '../state/open-device.ts';

/** The browser that the page is in. */
export const browserDoors: Doors = {
  api,
  openDevice,
  openWithoutStore,
  freeSpace: async (device) => (await import('./store-care.ts')).freeSpace(device),
  eraseAccount: async (device, user) => (await import('./store-care.ts')).eraseAccount(device, user),
};
