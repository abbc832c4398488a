import * as z from 'zod';
import { deviceId } from '../ids.ts';
import { deviceName } from './account.ts';
import { route } from './route.ts';

const deviceInfo = z.object({
  device: deviceId,
  name: z.string(),
  createdAt: z.int(),
  /** Milliseconds since the epoch; exact to the minute. */
  lastSeenAt: z.int(),
  current: z.boolean(),
});
export type DeviceInfo = z.infer<typeof deviceInfo>;

const params = z.object({ device: deviceId });

export const listDevices = route({
  method: 'GET',
  path: '/v1/devices',
  name: 'listDevices',
  summary: 'The devices signed in to this account.',
  tag: 'devices',
  access: 'signed-in',
  response: z.object({ devices: z.array(deviceInfo) }),
});

export const renameDevice = route({
  method: 'PATCH',
  path: '/v1/devices/{device}',
  name: 'renameDevice',
  summary: 'Rename a device.',
  tag: 'devices',
  access: 'signed-in',
  params,
  body: z.object({ name: deviceName }),
  errors: ['not-found'],
});

export const revokeDevice = route({
  method: 'DELETE',
  path: '/v1/devices/{device}',
  name: 'revokeDevice',
  summary: 'Sign a device out: its token ends, its sockets close at once with the code for "signed out".',
  tag: 'devices',
  access: 'signed-in',
  params,
  errors: ['not-found'],
});
