import type { Device } from './device.ts';

/** Forgets everything but whose device this is and the ids that it has used (`[ONCE2]`). */
export async function eraseDevice(device: Device): Promise<void> {
  const { me, journal, rooms, outbox, own, people, profile, scheduled } = device;
  for (const room of [...rooms]) device.drop(room);
  for (const part of [outbox, own, people, profile, scheduled]) part.erase();
  journal.add({ kind: 'cursor', cursor: undefined });
  journal.add({ kind: 'identity', identity: { ...me, token: undefined } });
  await journal.flush();
}
