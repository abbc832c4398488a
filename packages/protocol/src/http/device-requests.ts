/**
 * A device without a password: the new one asks and shows a code, one that is signed in looks at what asks, lets it in
 * and shows digits, and the new one is told the digits and gets its token (`[LINKDEV1]` and on). Code and secret stand in
 * bodies: addresses are logged on the way.
 */
import * as z from 'zod';
import { deviceId } from '../ids.ts';
import { DEVICE_CHECK_DIGITS, DEVICE_WAIT_MS_MAX } from '../limits.ts';
import { newDevice, signedIn } from './account.ts';
import { route } from './route.ts';

/** As people type it: case, spaces and dashes don't matter. */
const code = z.string().min(1).max(64);
const secret = z.string().min(1).max(64);
/** The digits that the device shows which lets the new one in. */
export const deviceCheck = z
  .string()
  .regex(new RegExp(`^\\d{${DEVICE_CHECK_DIGITS}}$`), `expected ${DEVICE_CHECK_DIGITS} digits`);

const deviceRequest = z.object({
  /** To be shown: eight characters in two groups, 40 bits. */
  code: z.string(),
  /** To be kept: who has it gets the token. */
  secret: z.string(),
  expiresAt: z.int(),
  /** The code as a link for a camera, if the server knows under which URL people reach it. */
  link: z.string().optional(),
});
export type DeviceRequest = z.infer<typeof deviceRequest>;

export const requestDevice = route({
  method: 'POST',
  path: '/v1/device-requests',
  name: 'requestDevice',
  summary: 'Ask to be signed in by a device that is: gives a code to show it, good for five minutes.',
  tag: 'devices',
  access: 'anyone',
  body: z.object({ device: newDevice }),
  status: 201,
  response: deviceRequest,
  errors: ['busy'],
});

const deviceStanding = z.object({
  state: z.enum(['waiting', 'confirmed']),
  /** Whose device lets this one in: to be shown before the digits are asked for. */
  account: z.object({ handle: z.string(), name: z.string() }).optional(),
});
export type DeviceStanding = z.infer<typeof deviceStanding>;

export const waitForDevice = route({
  method: 'POST',
  path: '/v1/device-requests/wait',
  name: 'waitForDevice',
  summary: 'Whether a device lets the one in that asks: answered when it does, or when `waitMs` are over.',
  tag: 'devices',
  access: 'anyone',
  body: z.object({ secret, waitMs: z.int().min(0).max(DEVICE_WAIT_MS_MAX).default(0) }),
  response: deviceStanding,
  errors: ['device-request-invalid'],
});

export const claimDevice = route({
  method: 'POST',
  path: '/v1/device-requests/claim',
  name: 'claimDevice',
  summary:
    'Sign in with the digits that the other device shows. Works once; three wrong ones end the request.',
  tag: 'devices',
  access: 'anyone',
  body: z.object({ secret, check: deviceCheck }),
  status: 201,
  response: signedIn,
  errors: ['device-request-invalid', 'check-wrong', 'account-suspended', 'devices-full'],
});

const askingDevice = z.object({
  /** What it calls itself. Nobody has checked that. */
  name: z.string(),
  /** From which address it asked, as the server saw it; empty where that could not be told. */
  address: z.string(),
  /** Whether that is the network of who looks. */
  sameNetwork: z.boolean(),
  askedAt: z.int(),
  expiresAt: z.int(),
  /** `signed-in`: it was let in, and has been told the digits. */
  state: z.enum(['waiting', 'confirmed', 'signed-in']),
  /** Where it is signed in. */
  device: deviceId.optional(),
});
export type AskingDevice = z.infer<typeof askingDevice>;

export const lookAtDevice = route({
  method: 'POST',
  path: '/v1/device-requests/look',
  name: 'lookAtDevice',
  summary: 'What asks by this code to be signed in to the account.',
  tag: 'devices',
  access: 'signed-in',
  body: z.object({ code }),
  response: askingDevice,
  errors: ['device-request-invalid'],
});

const confirmedDevice = z.object({
  /** To be typed on the new device. */
  check: deviceCheck,
  expiresAt: z.int(),
});
export type ConfirmedDevice = z.infer<typeof confirmedDevice>;

export const confirmDevice = route({
  method: 'POST',
  path: '/v1/device-requests/confirm',
  name: 'confirmDevice',
  summary: 'Let the device in that asks by this code: gives the digits to type there.',
  tag: 'devices',
  access: 'signed-in',
  body: z.object({ code }),
  response: confirmedDevice,
  errors: ['device-request-invalid'],
});

export const refuseDevice = route({
  method: 'POST',
  path: '/v1/device-requests/refuse',
  name: 'refuseDevice',
  summary:
    'Refuse the device that asks by this code; also one that was let in and has not been told the digits.',
  tag: 'devices',
  access: 'signed-in',
  body: z.object({ code }),
  errors: ['device-request-invalid'],
});
