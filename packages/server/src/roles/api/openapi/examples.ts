/** One example of what each route takes and gives. A test holds every one against its schema. */
import type { routes } from '@maru/protocol';
import { commandExamples } from './command-examples.ts';

const ADA = 'user_01h455vb4pex5vsknk084sn02q';
const BEN = 'user_01h455vb4pex5vsknk084sn02r';
const LAPTOP = 'device_01h455vb4pex5vsknk084sn02s';
const ROOM = 'room_01h455vb4pex5vsknk084sn02t';
const SCHEDULED = 'scheduled_01h455vb4pex5vsknk084sn02v';
const COMMAND = '01890a5d-ac96-774b-bcce-b302099a8057';
const LINK = 'link_01h455vb4pex5vsknk084sn02v';
const LINK_CODE = '01h455vb4pex5vsknk084sn02t01h455vb4pex5vsknk084sn02w';
const PERSONAL_CODE = '01h455vb4pex5vsknk084sn02x';
const CURSOR = '1.3fz';
const INVITE = '9f86d081884c7d65';
const AVATAR = '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';
const POLL_SESSION = 'v2mPq8lq1oJ5mXc0q3u7u1m3l0c0Zk6rXo4b9y7w1sA';
const DEVICE_CODE = '7kqm-4rxp';
const DEVICE_SECRET = 'rM4c0u7q2vPq8lq1oJ5mXc0q3u7u1m3l0c0Zk6rXo4b';
const AT = 1_790_000_000_000;
const NOTE = { type: 'text', text: 'We met at the market.' };

const gateway = {
  url: 'ws://127.0.0.1:8787/v1/connect',
  ticket: 'q0Yc1m5y3m8c0m2d7bq0wA',
  expiresAt: AT + 60_000,
};
const signedIn = { user: ADA, device: LAPTOP, handle: 'ada', name: 'Ada', token: 'maru_…', gateway };
const device = { name: 'laptop' };
const me = {
  ...{ user: ADA, handle: 'ada', name: 'Ada', status: 'Counting', changedAt: AT },
  device: LAPTOP,
  administrator: false,
  settings: { hidePresence: false, findable: true, whoMayWrite: 'everyone', whoMayAdd: 'contacts' },
};
const ben = { user: BEN, handle: 'ben', name: 'Ben', changedAt: AT };
const benAccount = {
  user: BEN,
  handle: 'ben',
  name: 'Ben',
  state: 'active',
  administrator: false,
  createdAt: AT,
};
const message = {
  seq: 2,
  at: AT,
  kind: 'message',
  sender: ADA,
  device: LAPTOP,
  clientMessageId: COMMAND,
  counts: true,
  ordinal: 1,
  content: { type: 'text', text: 'Hello!' },
};
const room = {
  room: ROOM,
  roomKind: 'direct',
  history: 'all',
  creator: ADA,
  membership: 'member',
  memberCount: 2,
  peer: BEN,
  relation: { state: 'open', seq: 0 },
  visible: [[1, null]],
  head: { seq: 2, ordinal: 1, at: AT },
  marks: { read: 2, unread: false, delivered: 2 },
  unreadCount: 0,
  receipts: [{ user: BEN, delivered: 2, read: 0 }],
  events: [message],
};
const personalLink = { code: PERSONAL_CODE, url: `https://chat.example.org/#user=${PERSONAL_CODE}` };
const muted = { mute: { until: 'ever', mentions: true } };

const report = {
  report: 7,
  by: { user: ADA, handle: 'ada' },
  user: { user: BEN, handle: 'ben' },
  ...{ room: ROOM, seq: 2, reason: 'spam', note: 'The third time today.', text: 'Buy now!' },
  ...{ at: AT, state: 'open' },
};

export interface RouteExample {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /** In place of `body`, where there are sorts: one of each, by its name. */
  readonly bodies?: Readonly<Record<string, unknown>>;
  readonly response?: unknown;
}

export const examples: Record<keyof typeof routes, RouteExample> = {
  signUp: {
    body: { handle: 'ada', name: 'Ada', password: 'correct horse', device },
    response: { ...signedIn, recoveryCodes: ['1ymt-m5v7-1rgc-9y2w'] },
  },
  logIn: { body: { handle: 'ada', password: 'correct horse', device }, response: signedIn },
  logOut: {},
  recover: { body: { handle: 'ada', recoveryCode: '1ymt-m5v7-1rgc-9y2w', newPassword: 'battery staple' } },
  getMe: { response: me },
  updateMe: {
    body: { name: 'Ada L.', status: 'Counting', whoMayAdd: 'contacts' },
    response: { ...me, name: 'Ada L.' },
  },
  putAvatar: { response: { ...me, avatar: AVATAR } },
  deleteAvatar: { response: me },
  changePassword: { body: { current: 'correct horse', next: 'battery staple' } },
  renewRecoveryCodes: {
    body: { password: 'correct horse' },
    response: { recoveryCodes: ['1ymt-m5v7-1rgc-9y2w'] },
  },
  deleteMe: { body: { password: 'correct horse' } },
  listDevices: {
    response: { devices: [{ device: LAPTOP, name: 'laptop', createdAt: AT, lastSeenAt: AT, current: true }] },
  },
  renameDevice: { params: { device: LAPTOP }, body: { name: 'old laptop' } },
  revokeDevice: { params: { device: LAPTOP } },
  requestDevice: {
    body: { device: { name: 'phone', credential: 'cookie' } },
    response: {
      ...{ code: DEVICE_CODE, secret: DEVICE_SECRET, expiresAt: AT + 300_000 },
      link: `https://chat.example.org/#device=${DEVICE_CODE}`,
    },
  },
  waitForDevice: {
    body: { secret: DEVICE_SECRET, waitMs: 8_000 },
    response: { state: 'confirmed', account: { handle: 'ada', name: 'Ada' } },
  },
  claimDevice: { body: { secret: DEVICE_SECRET, check: '4711' }, response: signedIn },
  lookAtDevice: {
    body: { code: DEVICE_CODE },
    response: {
      ...{ name: 'phone', address: '203.0.113.7', sameNetwork: true },
      ...{ askedAt: AT, expiresAt: AT + 300_000, state: 'waiting' },
    },
  },
  confirmDevice: { body: { code: DEVICE_CODE }, response: { check: '4711', expiresAt: AT + 300_000 } },
  refuseDevice: { body: { code: DEVICE_CODE } },
  getServer: {
    response: {
      name: 'maru',
      version: '0.1.0',
      protocolVersions: [1],
      signUp: 'open',
      limits: {
        messageCharsMax: 100_000,
        groupMembersMax: 500,
        frameBytesMax: 1_500_000,
        sendsInFlightMax: 64,
      },
    },
  },
  getGateway: { response: gateway },
  postPoll: {
    body: { session: POLL_SESSION, n: 2, wait: 20_000, frames: [{ kind: 'sync', id: 1, cursor: CURSOR }] },
    response: {
      n: 2,
      frames: [{ kind: 'synced', id: 1, cursor: CURSOR, snapshot: false, rooms: [], more: false }],
    },
  },
  createInvite: {
    body: { expiresInS: 86_400 },
    response: {
      invite: '6g0k-wz4e-h8nq-2a7c',
      link: 'https://chat.example.org/#invite=6g0k-wz4e-h8nq-2a7c',
      expiresAt: AT + 86_400_000,
      id: INVITE,
    },
  },
  lookAtInvite: {
    body: { invite: '6g0k-wz4e-h8nq-2a7c' },
    response: { by: { handle: 'ada', name: 'Ada' }, expiresAt: AT + 86_400_000, administrator: false },
  },
  findUser: { query: { handle: 'ben' }, response: ben },
  getUser: { params: { user: BEN }, response: ben },
  getUsers: { body: { users: [BEN, ADA], known: [0, AT] }, response: { users: [ben], gone: [] } },
  findByLink: { body: { code: PERSONAL_CODE }, response: ben },
  getMyLink: { response: personalLink },
  putMyLink: { body: { renew: true }, response: personalLink },
  deleteMyLink: {},
  getAvatar: { params: { avatar: AVATAR } },
  postReport: {
    body: { user: BEN, room: ROOM, seq: 2, reason: 'spam', note: 'The third time today.', include: true },
  },
  listContacts: {
    query: { limit: 200 },
    response: {
      contacts: [{ ...ben, room: ROOM, state: 'requested-by-them', seq: 1, note: NOTE, since: AT }],
      more: false,
    },
  },
  requestContact: {
    params: { user: BEN },
    body: { note: NOTE },
    response: { room: ROOM, seq: 1, at: AT },
  },
  removeContact: { params: { user: BEN } },
  answerRequest: {
    params: { user: BEN },
    body: { accept: true },
    response: { room: ROOM, seq: 2, at: AT },
  },
  blockPerson: {
    params: { user: BEN },
    body: { blocked: true, report: { room: ROOM, seq: 2, reason: 'spam', include: true } },
  },
  getSync: {
    query: { cursor: CURSOR, eventsPerRoom: 20 },
    response: { cursor: CURSOR, snapshot: false, rooms: [room], more: false },
  },
  postBeat: {
    body: { state: 'active', cursor: CURSOR },
    response: { cursor: CURSOR, changed: [[ROOM, 2]], sync: false },
  },
  postCommand: {
    bodies: commandExamples,
    response: { room: ROOM, seq: 2, at: AT },
  },
  getRoom: { params: { room: ROOM }, response: room },
  getLinks: {
    params: { room: ROOM },
    response: {
      links: [
        {
          ...{ link: LINK, by: ADA, uses: 1, usesMax: 10, expiresAt: AT + 86_400_000, approval: false },
          code: LINK_CODE,
          url: `https://chat.example.org/#join=${LINK_CODE}`,
        },
      ],
      requests: [],
    },
  },
  lookAtLink: {
    body: { code: LINK_CODE },
    response: { room: ROOM, name: 'Floor', memberCount: 3, approval: false, standing: 'stranger' },
  },
  listChannels: {
    query: { query: 'house', limit: 20 },
    response: {
      channels: [{ room: ROOM, name: 'Floor', description: 'News of the house', memberCount: 3 }],
      more: false,
    },
  },
  getMembers: {
    params: { room: ROOM },
    query: { after: ADA },
    response: { members: [{ ...ben, joinedSeq: 1, role: 'owner' }] },
  },
  getEvents: {
    params: { room: ROOM },
    query: { from: 2, direction: 'older', limit: 50 },
    response: { room: ROOM, events: [message], visible: [[1, null]], head: 2 },
  },
  getBody: { params: { room: ROOM, seq: 2 } },
  getVersions: {
    params: { room: ROOM, seq: 2 },
    response: {
      versions: [
        { seq: 2, at: AT, content: { type: 'text', text: 'Helo!' } },
        { seq: 3, at: AT + 5_000, content: { type: 'text', text: 'Hello!' } },
      ],
      omitted: 0,
    },
  },
  getReactions: {
    params: { room: ROOM, seq: 2 },
    response: { reactions: [{ reaction: '👍', count: 1, users: [BEN] }] },
  },
  getStatus: {
    params: { room: ROOM, clientMessageId: COMMAND },
    response: { status: 'accepted', room: ROOM, seq: 2 },
  },
  putMarks: { params: { room: ROOM }, body: { read: 2 } },
  getReceipts: { params: { room: ROOM }, response: { marks: [{ user: BEN, delivered: 2, read: 0 }] } },
  getPresence: {
    params: { room: ROOM },
    response: { room: ROOM, present: 1, users: [{ user: BEN, state: 'active' }], live: true },
  },
  getSettings: { response: { settings: [{ name: `room/${ROOM}`, value: muted }] } },
  putSetting: { params: { name: `room/${ROOM}` }, body: { value: muted } },
  listScheduled: {
    response: {
      revision: 1,
      items: [
        {
          scheduled: SCHEDULED,
          room: ROOM,
          at: AT,
          state: 'waiting',
          content: { type: 'text', text: 'Good morning!' },
        },
      ],
    },
  },
  schedule: {
    body: { room: ROOM, clientMessageId: COMMAND, at: AT, content: { type: 'text', text: 'Good morning!' } },
    response: { scheduled: SCHEDULED },
  },
  changeScheduled: { params: { scheduled: SCHEDULED }, body: { at: AT + 3_600_000 } },
  cancelScheduled: { params: { scheduled: SCHEDULED } },
  listAccounts: {
    query: { after: 'ada', limit: 50 },
    response: { accounts: [benAccount], next: 'ben' },
  },
  getAccount: {
    params: { user: BEN },
    response: { ...benAccount, devices: 1, rooms: 1, lastSeenAt: AT },
  },
  suspendAccount: { params: { user: BEN } },
  unsuspendAccount: { params: { user: BEN } },
  makeAdministrator: { params: { user: BEN } },
  unmakeAdministrator: { params: { user: BEN } },
  resetPassword: { params: { user: BEN }, response: { recoveryCode: '1ymt-m5v7-1rgc-9y2w' } },
  listAccountDevices: {
    params: { user: BEN },
    response: {
      head: 1_300,
      devices: [
        {
          device: LAPTOP,
          ...device,
          createdAt: AT,
          lastSeenAt: AT,
          signedIn: true,
          connected: false,
          cursor: 1_290,
          lacks: { rooms: 2, events: 7, atLeast: false },
        },
      ],
    },
  },
  listInvites: {
    query: { limit: 50 },
    response: {
      invites: [
        {
          id: INVITE,
          createdBy: { user: ADA, handle: 'ada' },
          expiresAt: AT + 86_400_000,
          administrator: false,
        },
      ],
    },
  },
  revokeInvite: { params: { invite: INVITE } },
  listReports: { query: { state: 'open', limit: 50 }, response: { reports: [report], next: '7' } },
  getReport: { params: { report: 7 }, response: report },
  getFigures: {
    response: {
      ...{ at: AT, startedAt: AT - 86_400_000, version: '0.1.0', sessions: 12, polledSessions: 1 },
      ...{ framesReceived: 52_000, framesSent: 61_000, slowSessions: 0, rateLimited: 3, logInFailures: 2 },
      ...{ deadLetters: 0, commitQueue: 0, viewsLag: 0 },
      machine: { memoryBytes: 90_000_000, cpuMs: 64_000, dataBytes: 12_000_000, freeBytes: 80_000_000_000 },
    },
  },
  putReport: {
    params: { report: 7 },
    body: { state: 'closed', remark: 'Ben was asked to stop.' },
    response: {
      ...report,
      text: undefined,
      state: 'closed',
      closedAt: AT,
      closedBy: { user: ADA, handle: 'ada' },
    },
  },
};
