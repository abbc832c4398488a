import { routes } from '@maru/protocol';
import type { ApiDeps } from '../deps.ts';
import { toMinute } from '../devices.ts';
import { done, notFound } from '../handler.ts';
import type { Register } from '../register.ts';

/** Where a user's devices are in the inbox (`[ADMIN7]`). */
export function registerAccountDevices(
  register: Register,
  { directory, inboxes, sessions, clock }: ApiDeps,
): void {
  register(routes.listAccountDevices, async ({ params: { user } }) => {
    if ((await directory.user(user)) === undefined) return notFound('person');
    const records = await directory.devices(user);
    const { head, devices: lags } = await inboxes.lag(user, records);
    const devices = records.map(({ device, name, createdAt, lastSeenAt, signedIn }) => {
      const connected = sessions.isConnected(device);
      const lag = lags.get(device);
      const about = {
        ...{ device, name, createdAt, signedIn, connected },
        lastSeenAt: toMinute(connected ? clock.now() : lastSeenAt),
      };
      if (lag?.at === undefined) return about;
      const { at, rooms, events, atLeast } = lag;
      return { ...about, cursor: at, lacks: { rooms, events, atLeast } };
    });
    return done({ head, devices });
  });
}
