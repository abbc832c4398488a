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
import { deleteAvatar, getAvatar, putAvatar } from './avatars.ts';
import { listChannels } from './channels.ts';
import { answerRequest, blockPerson, listContacts, removeContact, requestContact } from './contacts.ts';
import { listDevices, renameDevice, revokeDevice } from './devices.ts';
import { getLinks, lookAtLink } from './links.ts';
import { findUser, getUser, getUsers } from './people.ts';
import { deleteMyLink, findByLink, getMyLink, putMyLink } from './personal-link.ts';
import { postPoll } from './poll.ts';
import { getReport, listReports, postReport, putReport } from './reports.ts';
import {
  getBody,
  getEvents,
  getMembers,
  getPresence,
  getReactions,
  getReceipts,
  getRoom,
  getStatus,
  getSync,
  getVersions,
  postBeat,
  postCommand,
  putMarks,
} from './rooms.ts';
import type { Route } from './route.ts';
import { cancelScheduled, changeScheduled, listScheduled, schedule } from './scheduled.ts';
import { createInvite, getGateway, getServer } from './server.ts';
import { getSettings, putSetting } from './settings.ts';

export const routes = {
  signUp,
  logIn,
  logOut,
  recover,
  getMe,
  updateMe,
  putAvatar,
  deleteAvatar,
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
  findByLink,
  getMyLink,
  putMyLink,
  deleteMyLink,
  getAvatar,
  postReport,
  listContacts,
  requestContact,
  removeContact,
  answerRequest,
  blockPerson,
  getSync,
  postBeat,
  postCommand,
  getRoom,
  getMembers,
  getEvents,
  getBody,
  getVersions,
  getReactions,
  getStatus,
  putMarks,
  getReceipts,
  getPresence,
  getSettings,
  putSetting,
  getLinks,
  lookAtLink,
  listChannels,
  listScheduled,
  schedule,
  changeScheduled,
  cancelScheduled,
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
  listReports,
  getReport,
  putReport,
} as const satisfies Record<string, Route>;
