import { routes } from '@maru/protocol';
import type { DeviceRecord } from '../../ports/directory.ts';
import { type ApiDeps, endDevices } from './deps.ts';
import { done, notFound, nothing } from './handler.ts';
import type { Register } from './register.ts';

const MINUTE_MS = 60_000;

export function registerDevices(register: Register, deps: ApiDeps): void {
  const { directory } = deps;

  register(routes.listDevices, async ({ identity }) => {
    const records = await directory.devices(identity.user);
    const devices = records
      .filter(({ signedIn }) => signedIn)
      .map((record) => {
        const { device, name, createdAt } = record;
        const lastSeenAt = lastSeenOf(record, deps);
        return { device, name, createdAt, lastSeenAt, current: device === identity.device };
      });
    return done({ devices });
  });

  register(routes.renameDevice, async ({ identity, params, body }) => {
    const renamed = await directory.renameDevice(identity.user, params.device, body.name);
    return renamed ? nothing() : notFound('device');
  });

  register(routes.revokeDevice, async ({ identity, params }) => {
    if (!(await directory.signOut(identity.user, params.device))) return notFound('device');
    endDevices(deps, identity.user, [params.device]);
    return nothing();
  });
}

/** When a device was last there, exact to the minute: now, while it has a session. */
export function lastSeenOf(
  { device, lastSeenAt }: Pick<DeviceRecord, 'device' | 'lastSeenAt'>,
  { sessions, clock }: Pick<ApiDeps, 'sessions' | 'clock'>,
): number {
  const time = sessions.isConnected(device) ? clock.now() : lastSeenAt;
  return time - (time % MINUTE_MS);
}
