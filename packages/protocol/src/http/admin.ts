/** What administrators ask and do. Everybody else gets `forbidden`, whatever they name (`[ADMIN1]`). */
import * as z from 'zod';
import { deviceId, userId } from '../ids.ts';
import { ADMIN_PAGE_DEFAULT, ADMIN_PAGE_MAX, HANDLE_CHARS_MAX } from '../limits.ts';
import { route } from './route.ts';

const params = z.object({ user: userId });
/** Items of a page, at most. */
const limit = z.coerce.number().int().min(1).max(ADMIN_PAGE_MAX).default(ADMIN_PAGE_DEFAULT);

const account = z.object({
  user: userId,
  handle: z.string(),
  name: z.string(),
  /** `placeholder`: somebody who was imported and can't log in. */
  state: z.enum(['active', 'suspended', 'deleted', 'placeholder']),
  administrator: z.boolean(),
  createdAt: z.int(),
  suspendedAt: z.int().optional(),
  deletedAt: z.int().optional(),
});
/** An account as administrators see it. */
export type Account = z.infer<typeof account>;

export const listAccounts = route({
  method: 'GET',
  path: '/v1/admin/users',
  name: 'listAccounts',
  summary: 'All accounts by handle, a page at a time.',
  tag: 'administration',
  access: 'administrator',
  query: z.object({
    /** The `next` of the page before. */
    after: z.string().max(HANDLE_CHARS_MAX).optional(),
    limit,
    only: z.enum(['administrators', 'suspended']).optional(),
  }),
  response: z.object({
    accounts: z.array(account),
    /** Absent on the last page. */
    next: z.string().optional(),
  }),
});

export const getAccount = route({
  method: 'GET',
  path: '/v1/admin/users/{user}',
  name: 'getAccount',
  summary: 'One account, deleted ones included.',
  tag: 'administration',
  access: 'administrator',
  params,
  response: z.object({
    ...account.shape,
    /** Signed in now. */
    devices: z.int(),
    /** Rooms in which the user is a member now. */
    rooms: z.int(),
    /** When a device was last there, exact to the minute; absent if none ever was. */
    lastSeenAt: z.int().optional(),
  }),
  errors: ['not-found'],
});

export const suspendAccount = route({
  method: 'PUT',
  path: '/v1/admin/users/{user}/suspension',
  name: 'suspendAccount',
  summary:
    'Suspend an account: its tokens and sessions end at once, nobody can log in to it; rooms and history stay.',
  tag: 'administration',
  access: 'administrator',
  params,
  errors: ['not-found', 'last-administrator'],
});

export const unsuspendAccount = route({
  method: 'DELETE',
  path: '/v1/admin/users/{user}/suspension',
  name: 'unsuspendAccount',
  summary: 'End a suspension: the user can log in again.',
  tag: 'administration',
  access: 'administrator',
  params,
  errors: ['not-found'],
});

export const makeAdministrator = route({
  method: 'PUT',
  path: '/v1/admin/users/{user}/administrator',
  name: 'makeAdministrator',
  summary: 'Make a user an administrator.',
  tag: 'administration',
  access: 'administrator',
  params,
  errors: ['not-found'],
});

export const unmakeAdministrator = route({
  method: 'DELETE',
  path: '/v1/admin/users/{user}/administrator',
  name: 'unmakeAdministrator',
  summary: 'Take the office away from an administrator, unless it is the last one.',
  tag: 'administration',
  access: 'administrator',
  params,
  errors: ['not-found', 'last-administrator'],
});

export const resetPassword = route({
  method: 'POST',
  path: '/v1/admin/users/{user}/password-reset',
  name: 'resetPassword',
  summary:
    'End the password, the recovery codes and all devices of a user; gives one recovery code to hand over.',
  tag: 'administration',
  access: 'administrator',
  params,
  response: z.object({
    /** Shown once: sets a new password, once, by `POST /v1/accounts/recover`. */
    recoveryCode: z.string(),
  }),
  errors: ['not-found'],
});

const accountDevice = z.object({
  device: deviceId,
  name: z.string(),
  createdAt: z.int(),
  /** Milliseconds since the epoch; exact to the minute. */
  lastSeenAt: z.int(),
  signedIn: z.boolean(),
  /** Has a session now. */
  connected: z.boolean(),
  /** How far it has the inbox: a place in the log. Absent if it never said, or what it said is of another history epoch. */
  cursor: z.int().optional(),
  /** What lies between there and the inbox's head. */
  lacks: z
    .object({
      /** Rooms that changed. */
      rooms: z.int(),
      /** Events in them that it may see. */
      events: z.int(),
      /** Not in every room the events were counted: there are at least so many. */
      atLeast: z.boolean(),
    })
    .optional(),
});
/** A device as administrators see it. */
export type AccountDevice = z.infer<typeof accountDevice>;

export const listAccountDevices = route({
  method: 'GET',
  path: '/v1/admin/users/{user}/devices',
  name: 'listAccountDevices',
  summary: "A user's devices: how far each has the inbox, and what it still lacks.",
  tag: 'administration',
  access: 'administrator',
  params,
  response: z.object({
    /** Where the inbox ends. */
    head: z.int(),
    devices: z.array(accountDevice),
  }),
  errors: ['not-found'],
});

/** What an invite is called where its code must not be shown: the beginning of the code's hash. */
export const inviteId = z
  .string()
  .regex(/^[0-9a-f]{16}$/, 'expected 16 hex digits, as the list of invites gives them');

const openInvite = z.object({
  id: inviteId,
  /** Absent for the one that the server made for its first administrator. */
  createdBy: z.object({ user: userId, handle: z.string() }).optional(),
  expiresAt: z.int(),
  /** Makes its user the administrator. */
  administrator: z.boolean(),
});
export type OpenInvite = z.infer<typeof openInvite>;

export const listInvites = route({
  method: 'GET',
  path: '/v1/admin/invites',
  name: 'listInvites',
  summary: 'Invites that somebody can still use, the first to expire first, a page at a time.',
  tag: 'administration',
  access: 'administrator',
  query: z.object({
    after: z
      .string()
      .regex(/^\d{1,15}\.[0-9a-f]{16}$/, 'expected the `next` of the page before')
      .optional(),
    limit,
  }),
  response: z.object({ invites: z.array(openInvite), next: z.string().optional() }),
});

export const revokeInvite = route({
  method: 'DELETE',
  path: '/v1/admin/invites/{invite}',
  name: 'revokeInvite',
  summary: 'Take an invite back: it lets nobody in any more.',
  tag: 'administration',
  access: 'administrator',
  params: z.object({ invite: inviteId }),
  errors: ['not-found'],
});
