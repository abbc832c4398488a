import type { MaruClient } from '@maru/client';
import { type SettingName, settingOf, type UserId } from '@maru/protocol';
import type { SimDevice } from './sim-device.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Lets time pass until every device is online, has nothing left to send, and is where its user's others are. */
export async function becomeInStep(
  time: VirtualTime,
  devices: readonly SimDevice[],
  msMax: number,
): Promise<void> {
  const end = time.elapsed + msMax;
  for (;;) {
    const lacking = await whatLacks(devices);
    if (lacking.length === 0) return;
    if (time.elapsed >= end) throw new Error(`out of step in spite of calm: ${lacking.join('; ')}`);
    await time.run(1_000);
  }
}

/** Which devices are not online, have something left to send, or are not where their user's others are. */
async function whatLacks(devices: readonly SimDevice[]): Promise<string[]> {
  const lacking: string[] = [];
  const cursors = new Map<UserId, string | undefined>();
  for (const { identity, client, store } of devices) {
    const { outbox, cursor, own } = await store.load();
    const unsent =
      outbox.filter(({ failed }) => failed === undefined).length +
      own.filter(({ pending, name }) => pending !== undefined && isTold(client, name)).length;
    const state = client?.connection.state ?? 'off';
    const first = cursors.get(identity.user) ?? cursor;
    cursors.set(identity.user, first);
    if (state === 'online' && unsent === 0 && cursor === first) continue;
    lacking.push(`${identity.device} is ${state}, ${unsent} unsent, cursor ${cursor}`);
  }
  return lacking;
}

/** Whether a setting goes to the server: of rooms that could not be made it never does. */
function isTold(client: MaruClient | undefined, name: SettingName): boolean {
  const { room } = settingOf(name);
  return room === undefined || client?.room(room)?.membership === 'member';
}
