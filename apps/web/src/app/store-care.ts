import { eraseStore, freeSpace as freeSpaceIn } from '@maru/client/web';
import type { DeviceId, UserId } from '@maru/protocol';
import { eraseSearchIndex } from '../search/search-index.ts';
import { dropShared } from '../share/shared-text.ts';
import { storeNameOf } from '../state/known-device.ts';

// What is done to what the browser keeps from outside, and seldom: fetched when it is.

/** Makes room in a device's full store by what the server has, too. Rejects with `StoreFailed`. */
export async function freeSpace(device: DeviceId): Promise<void> {
  await freeSpaceIn(storeNameOf(device));
}

const ERASERS = { dropShared, eraseStore, eraseSearchIndex };

/**
 * Erases all that the browser has of an account: its store, what is searched, and what was shared and has no place yet.
 * What can't be erased keeps nothing else from going.
 */
export async function eraseAccount(
  device: DeviceId,
  user: UserId,
  erasers: typeof ERASERS = ERASERS,
): Promise<void> {
  const parts = [
    async () => erasers.dropShared(),
    async () => erasers.eraseStore(storeNameOf(device)),
    async () => erasers.eraseSearchIndex(user),
  ];
  await Promise.allSettled(parts.map((part) => part()));
}
