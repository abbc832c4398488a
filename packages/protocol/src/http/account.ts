/** Accounts: signing up and in, passwords, recovery, deletion. */
import * as z from 'zod';
import { deviceId, userId } from '../ids.ts';
import {
  DEVICE_NAME_CHARS_MAX,
  HANDLE_CHARS_MAX,
  HANDLE_CHARS_MIN,
  PASSWORD_BYTES_MAX,
  PASSWORD_CHARS_MIN,
} from '../limits.ts';
import { displayName, profile, statusLine } from '../profile.ts';
import { accountSettings, circle } from '../settings.ts';
import { countCodePoints, displayText } from '../text.ts';
import { route } from './route.ts';

/** Lower-case letters, digits, `_` and single inner dots. */
export const handle = z
  .string()
  .min(HANDLE_CHARS_MIN)
  .max(HANDLE_CHARS_MAX)
  .regex(/^[a-z0-9_]+(\.[a-z0-9_]+)*$/, 'only a–z, 0–9, _ and single dots inside');
export const deviceName = displayText(DEVICE_NAME_CHARS_MAX);
/** Hashing costs by the byte, so that is what the limit counts. */
function fitsHashing(text: string): boolean {
  return new TextEncoder().encode(text).length <= PASSWORD_BYTES_MAX;
}
const tooLong = `at most ${PASSWORD_BYTES_MAX} bytes`;

/** Any text of at least 8 characters; NFC (RFC 8265 §4.2), so that every keyboard gives the same. */
export const password = z
  .string()
  .max(PASSWORD_BYTES_MAX)
  .transform((text) => text.normalize('NFC'))
  .refine((text) => countCodePoints(text) >= PASSWORD_CHARS_MIN, `at least ${PASSWORD_CHARS_MIN} characters`)
  .refine((text) => text.isWellFormed(), 'must be well-formed Unicode')
  .refine(fitsHashing, tooLong);
/** What is compared with a stored hash: no rule but a size. */
export const givenPassword = z
  .string()
  .min(1)
  .max(PASSWORD_BYTES_MAX)
  .transform((text) => text.normalize('NFC'))
  .refine(fitsHashing, tooLong);
const recoveryCode = z.string().min(1).max(64);

/** Where and how to open a session: connect to `url`, say `ticket` in `hello`. One use, before `expiresAt`. */
export const gatewayTicket = z.object({ url: z.string(), ticket: z.string(), expiresAt: z.int() });
export type GatewayTicket = z.infer<typeof gatewayTicket>;

/** The account and device that ask. */
export const me = z.object({
  ...profile.shape,
  device: deviceId,
  administrator: z.boolean(),
  settings: accountSettings,
});
export type Me = z.infer<typeof me>;

/** What a device says of itself that is to be signed in. */
export const newDevice = z.object({
  name: deviceName,
  /** The id that an earlier log-in of this installation got: it survives logging out and in. */
  device: deviceId.optional(),
  /** `cookie` for browsers: the token comes as an HttpOnly cookie and not in the answer. */
  credential: z.enum(['bearer', 'cookie']).default('bearer'),
});

export type NewDevice = z.input<typeof newDevice>;

export const signedIn = z.object({
  user: userId,
  device: deviceId,
  handle: z.string(),
  name: z.string(),
  /** The device's Bearer token; absent where a cookie was asked for. */
  token: z.string().optional(),
  gateway: gatewayTicket,
});
export type SignedIn = z.infer<typeof signedIn>;

export const signUp = route({
  method: 'POST',
  path: '/v1/accounts',
  name: 'signUp',
  summary: 'Sign up: makes an account and signs this device in.',
  tag: 'account',
  access: 'anyone',
  body: z.object({
    handle,
    name: displayName,
    password,
    /** Needed where the server's sign-up policy is `invite`. */
    invite: z.string().max(128).optional(),
    device: newDevice,
  }),
  status: 201,
  response: z.object({
    ...signedIn.shape,
    /** Shown once: each resets the password once. */
    recoveryCodes: z.array(z.string()),
  }),
  errors: ['handle-taken', 'invite-required', 'sign-up-closed', 'busy'],
});

export const logIn = route({
  method: 'POST',
  path: '/v1/sessions',
  name: 'logIn',
  summary: 'Log in on a device.',
  tag: 'account',
  access: 'anyone',
  body: z.object({ handle: z.string().max(HANDLE_CHARS_MAX), password: givenPassword, device: newDevice }),
  status: 201,
  response: signedIn,
  errors: ['invalid-credentials', 'account-suspended', 'devices-full', 'busy'],
});

export const logOut = route({
  method: 'DELETE',
  path: '/v1/sessions/current',
  name: 'logOut',
  summary: 'Log this device out: its token ends and its sockets close.',
  tag: 'account',
  access: 'signed-in',
});

export const recover = route({
  method: 'POST',
  path: '/v1/accounts/recover',
  name: 'recover',
  summary: 'Set a new password with a recovery code. Signs all devices out.',
  tag: 'account',
  access: 'anyone',
  body: z.object({ handle: z.string().max(HANDLE_CHARS_MAX), recoveryCode, newPassword: password }),
  errors: ['invalid-credentials', 'busy'],
});

export const getMe = route({
  method: 'GET',
  path: '/v1/me',
  name: 'getMe',
  summary: 'The account and device that ask.',
  tag: 'account',
  access: 'signed-in',
  response: me,
});

export const updateMe = route({
  method: 'PATCH',
  path: '/v1/me',
  name: 'updateMe',
  summary: 'Change what others see of this account, or a setting.',
  tag: 'account',
  access: 'signed-in',
  body: z.object({
    name: displayName.optional(),
    /** Empty takes it away. */
    status: statusLine.optional(),
    hidePresence: z.boolean().optional(),
    findable: z.boolean().optional(),
    whoMayWrite: circle.optional(),
    whoMayAdd: circle.optional(),
  }),
  response: me,
});

export const changePassword = route({
  method: 'PUT',
  path: '/v1/me/password',
  name: 'changePassword',
  summary: 'Change the password. Signs all other devices out.',
  tag: 'account',
  access: 'signed-in',
  body: z.object({ current: givenPassword, next: password }),
  errors: ['invalid-credentials', 'busy'],
});

export const renewRecoveryCodes = route({
  method: 'POST',
  path: '/v1/me/recovery-codes',
  name: 'renewRecoveryCodes',
  summary: 'New recovery codes in place of those that are left.',
  tag: 'account',
  access: 'signed-in',
  body: z.object({ password: givenPassword }),
  response: z.object({
    /** Shown once: each resets the password once. */
    recoveryCodes: z.array(z.string()),
  }),
  errors: ['invalid-credentials', 'busy'],
});

export const deleteMe = route({
  method: 'DELETE',
  path: '/v1/me',
  name: 'deleteMe',
  summary:
    'Delete the account: devices end, rooms are left. What was written stays, under a name that says so.',
  tag: 'account',
  access: 'signed-in',
  body: z.object({ password: givenPassword }),
  errors: ['invalid-credentials', 'busy', 'last-administrator'],
});
