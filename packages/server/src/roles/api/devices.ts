import { routes } from '@maru/protocol';
import { type ApiDeps, endDevices } from './deps.ts';
import { done, notFound, nothing } from './handler.ts';
import type { Register } from './register.ts';

const MINUTE_MS = 60_000;

export function registerDevices(register: Register, deps: ApiDeps): void {
  const { directory, sessions, clock } = deps;

  register(routes.listDevices, async ({ identity }) => {
    const records = await directory.devices(identity.user);
    const devices = records
      .filter(({ signedIn }) => signedIn)
      .map(({ device, name, createdAt, lastSeenAt }) => ({
        device,
        name,
        createdAt,
        lastSeenAt: toMinute(sessions.isConnected(device) ? clock.now() : lastSeenAt),
        current: device === identity.device,
      }));
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

/** As exact as people are told when a device was there. */
export function toMinute(time: number): number {
  return time - (time % MINUTE_MS);
}
