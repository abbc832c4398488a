import type { routes, UpFrame } from '@maru/protocol';

/** A sync may read a thousand rooms, and all that a user keeps. */
const SYNC = 10;
const LOOK = 5;
/** All members of a room are read. */
const MEMBERS = 5;
/** A page of what administrators list, or of the directory of channels. */
const LIST = 5;
/** Some hundred rooms are looked through for what devices lack, which is about a sync. */
const LAG = SYNC;
/** Others are told of it. */
const PROFILE = 5;
/** An image is decoded, for which a process is started. */
const IMAGE = 50;
/** A message is read, and a report stored. */
const REPORT = 5;
/** A thousand people, of whom each may have said something with their request. */
const CONTACTS = SYNC;
/** A hundred messages are read, or as much as a hundred may be. */
const MESSAGES = SYNC;
const REQUESTS: { readonly [route in string]?: number } = {
  getSync: SYNC,
  getSettings: SYNC,
  getMembers: MEMBERS,
  getLinks: MEMBERS,
  getReceipts: MEMBERS,
  getReactions: MEMBERS,
  getVersions: MESSAGES,
  listScheduled: MESSAGES,
  listContacts: CONTACTS,
  getPresence: MEMBERS,
  listChannels: LIST,
  listAccounts: LIST,
  listInvites: LIST,
  listReports: LIST,
  updateMe: PROFILE,
  putAvatar: IMAGE,
  deleteAvatar: PROFILE,
  getAccount: LIST,
  listAccountDevices: LAG,
} satisfies { readonly [route in keyof typeof routes]?: number };
/** So many people in one command or question are as much work as one more frame. */
const PEOPLE_PER_FRAME = 50;

/** How many frames a frame counts for against its device's rate (`[LIMIT6]`): what it makes the server do. */
export function frameCost(frame: UpFrame): number {
  switch (frame.kind) {
    case 'sync':
      return SYNC;
    case 'look':
      return LOOK + frame.rooms.length;
    case 'relate':
      return 1 + reportCost(frame);
    case 'create':
      return 1 + (frame.roomKind === 'direct' ? reportCost(frame.relate) : peopleCost(frame));
    default:
      return 1 + peopleCost(frame);
  }
}

function reportCost(act: { readonly report?: object | undefined } | undefined): number {
  return act?.report === undefined ? 0 : REPORT;
}

/** The same of an HTTP request, before its body is read. */
export function requestCost(route: string): number {
  return REQUESTS[route] ?? 1;
}

/** What a frame or a request's body costs more for the people whom it names. */
export function peopleCost(body: unknown): number {
  const named = typeof body === 'object' && body !== null && 'users' in body && Array.isArray(body.users);
  return named ? Math.floor((body.users as unknown[]).length / PEOPLE_PER_FRAME) : 0;
}
