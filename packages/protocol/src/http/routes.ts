/** Every endpoint, in the order in which the API page shows them. */

import {
  changePassword,
  deleteMe,
  getMe,
  logIn,
  logOut,
  recover,
  renewRecoveryCodes,
  signUp,
  updateMe,
} from './account.ts';
import {
  getAccount,
  listAccountDevices,
  listAccounts,
  listInvites,
  makeAdministrator,
  resetPassword,
  revokeInvite,
  suspendAccount,
  unmakeAdministrator,
  unsuspendAccount,
} from './admin.ts';
import { listDevices, renameDevice, revokeDevice } from './devices.ts';
import { getLinks, lookAtLink } from './links.ts';
import { findUser, getUser, getUsers } from './people.ts';
import { postPoll } from './poll.ts';
import {
  getBody,
  getEvents,
  getMembers,
  getPresence,
  getReceipts,
  getRoom,
  getStatus,
  getSync,
  postBeat,
  postCommand,
  putMarks,
} from './rooms.ts';
import type { Route } from './route.ts';
import { createInvite, getGateway, getServer } from './server.ts';

export const routes = {
  signUp,
  logIn,
  logOut,
  recover,
  getMe,
  updateMe,
  changePassword,
  renewRecoveryCodes,
  deleteMe,
  listDevices,
  renameDevice,
  revokeDevice,
  getServer,
  getGateway,
  postPoll,
  createInvite,
  findUser,
  getUser,
  getUsers,
  getSync,
  postBeat,
  postCommand,
  getRoom,
  getMembers,
  getEvents,
  getBody,
  getStatus,
  putMarks,
  getReceipts,
  getPresence,
  getLinks,
  lookAtLink,
  listAccounts,
  getAccount,
  suspendAccount,
  unsuspendAccount,
  makeAdministrator,
  unmakeAdministrator,
  resetPassword,
  listAccountDevices,
  listInvites,
  revokeInvite,
} as const satisfies Record<string, Route>;
