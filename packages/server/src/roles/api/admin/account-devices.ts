import { limits, routes } from '@maru/protocol';
import type { DeviceRecord } from '../../../ports/directory.ts';
import type { ApiDeps } from '../deps.ts';
import { lastSeenOf } from '../devices.ts';
import { done, notFound } from '../handler.ts';
import type { Register } from '../register.ts';

/** Where a user's devices are in the inbox (`[ADMIN7]`). */
export function registerAccountDevices(register: Register, deps: ApiDeps): void {
  const { directory, inboxes, sessions } = deps;
  register(routes.listAccountDevices, async ({ params: { user } }) => {
    if ((await directory.user(user)) === undefined) return notFound('person');
    const records = shownOf(await directory.devices(user));
    const { head, devices: lags } = await inboxes.lag(user, records);
    const devices = records.map((record) => {
      const { device, name, createdAt, signedIn } = record;
      const connected = sessions.isConnected(device);
      const lag = lags.get(device);
      const about = { device, name, createdAt, signedIn, connected, lastSeenAt: lastSeenOf(record, deps) };
      if (lag?.at === undefined) return about;
      const { at, rooms, events, atLeast } = lag;
      return { ...about, cursor: at, lacks: { rooms, events, atLeast } };
    });
    return done({ head, devices });
  });
}

/** Those signed in, and of the signed-out ones, which nothing ends, the `DEVICES_MAX` last seen. */
function shownOf(records: readonly DeviceRecord[]): DeviceRecord[] {
  const signedOut = records
    .filter(({ signedIn }) => !signedIn)
    .toSorted((a, b) => b.lastSeenAt - a.lastSeenAt)
    .slice(0, limits.DEVICES_MAX);
  const shown = new Set(signedOut.map(({ device }) => device));
  return records.filter(({ device, signedIn }) => signedIn || shown.has(device));
}
