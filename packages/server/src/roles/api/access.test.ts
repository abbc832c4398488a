import { beforeAll, describe, expect, test } from 'bun:test';
import { type ErrorCode, errorBody, newRoomId, type RoomId, type routes } from '@maru/protocol';
import { type ComposedServer, composedServer, type TestPerson } from '../../main/testing/composed-server.ts';

type RouteName = keyof typeof routes;
type Outcome = ErrorCode | 'done';
type Who = 'nobody' | 'stranger' | 'member' | 'administrator' | 'revoked';

const PASSWORD = 'correct horse';
const DEVICE = { name: 'laptop' };
const SCHEDULED = 'scheduled_01h455vb4pex5vsknk084sn02v';
const TEXT = { type: 'text', text: 'Hello!' } as const;
/** Long ago: it is sent at once. */
const AT = 1;
const COMMAND = '01890a5d-ac96-774b-bcce-b302099a8057';
const SECRET = '01h455vb4pex5vsknk084sn02q';
const WHO: readonly Who[] = ['nobody', 'stranger', 'member', 'administrator'];

/** What each gets: nobody, a signed-in stranger to the room, a member of it, an administrator who isn't one. */
const table: Record<RouteName, readonly [Outcome, Outcome, Outcome, Outcome]> = {
  signUp: ['done', 'done', 'done', 'done'],
  logIn: ['invalid-credentials', 'invalid-credentials', 'invalid-credentials', 'invalid-credentials'],
  logOut: ['unauthorized', 'done', 'done', 'done'],
  recover: ['invalid-credentials', 'invalid-credentials', 'invalid-credentials', 'invalid-credentials'],
  getMe: ['unauthorized', 'done', 'done', 'done'],
  updateMe: ['unauthorized', 'done', 'done', 'done'],
  putAvatar: ['unauthorized', 'image-unreadable', 'image-unreadable', 'image-unreadable'],
  deleteAvatar: ['unauthorized', 'done', 'done', 'done'],
  changePassword: ['unauthorized', 'invalid-credentials', 'invalid-credentials', 'invalid-credentials'],
  renewRecoveryCodes: ['unauthorized', 'invalid-credentials', 'invalid-credentials', 'invalid-credentials'],
  deleteMe: ['unauthorized', 'invalid-credentials', 'invalid-credentials', 'invalid-credentials'],
  listDevices: ['unauthorized', 'done', 'done', 'done'],
  // The device is the member's.
  renameDevice: ['unauthorized', 'not-found', 'done', 'not-found'],
  revokeDevice: ['unauthorized', 'not-found', 'done', 'not-found'],
  requestDevice: ['done', 'done', 'done', 'done'],
  waitForDevice: [
    'device-request-invalid',
    'device-request-invalid',
    'device-request-invalid',
    'device-request-invalid',
  ],
  claimDevice: [
    'device-request-invalid',
    'device-request-invalid',
    'device-request-invalid',
    'device-request-invalid',
  ],
  lookAtDevice: [
    'unauthorized',
    'device-request-invalid',
    'device-request-invalid',
    'device-request-invalid',
  ],
  confirmDevice: [
    'unauthorized',
    'device-request-invalid',
    'device-request-invalid',
    'device-request-invalid',
  ],
  refuseDevice: [
    'unauthorized',
    'device-request-invalid',
    'device-request-invalid',
    'device-request-invalid',
  ],
  getServer: ['done', 'done', 'done', 'done'],
  getGateway: ['unauthorized', 'done', 'done', 'done'],
  // Who is nobody may have a ticket to say.
  postPoll: ['done', 'done', 'done', 'done'],
  createInvite: ['unauthorized', 'forbidden', 'forbidden', 'done'],
  lookAtInvite: ['invite-required', 'invite-required', 'invite-required', 'invite-required'],
  findUser: ['unauthorized', 'done', 'done', 'done'],
  getUser: ['unauthorized', 'done', 'done', 'done'],
  getUsers: ['unauthorized', 'done', 'done', 'done'],
  // Nobody has one.
  findByLink: ['unauthorized', 'link-invalid', 'link-invalid', 'link-invalid'],
  getMyLink: ['unauthorized', 'not-found', 'not-found', 'not-found'],
  putMyLink: ['unauthorized', 'done', 'done', 'done'],
  deleteMyLink: ['unauthorized', 'done', 'done', 'done'],
  getAvatar: ['unauthorized', 'not-found', 'not-found', 'not-found'],
  // In a room, which strangers to it don't see.
  postReport: ['unauthorized', 'not-found', 'done', 'not-found'],
  listContacts: ['unauthorized', 'done', 'done', 'done'],
  // The person is the member, who is nobody's contact of their own.
  requestContact: ['unauthorized', 'done', 'bad-request', 'done'],
  removeContact: ['unauthorized', 'done', 'bad-request', 'done'],
  answerRequest: ['unauthorized', 'not-found', 'bad-request', 'not-found'],
  blockPerson: ['unauthorized', 'done', 'bad-request', 'done'],
  getSync: ['unauthorized', 'done', 'done', 'done'],
  postBeat: ['unauthorized', 'done', 'done', 'done'],
  postCommand: ['unauthorized', 'not-found', 'done', 'not-found'],
  getRoom: ['unauthorized', 'not-found', 'done', 'not-found'],
  getMembers: ['unauthorized', 'not-found', 'done', 'not-found'],
  getEvents: ['unauthorized', 'not-found', 'done', 'not-found'],
  getBody: ['unauthorized', 'not-found', 'done', 'not-found'],
  getVersions: ['unauthorized', 'not-found', 'done', 'not-found'],
  getReactions: ['unauthorized', 'not-found', 'done', 'not-found'],
  getStatus: ['unauthorized', 'not-found', 'done', 'not-found'],
  listScheduled: ['unauthorized', 'done', 'done', 'done'],
  schedule: ['unauthorized', 'not-found', 'done', 'not-found'],
  changeScheduled: ['unauthorized', 'not-found', 'not-found', 'not-found'],
  cancelScheduled: ['unauthorized', 'not-found', 'not-found', 'not-found'],
  putMarks: ['unauthorized', 'not-found', 'done', 'not-found'],
  getReceipts: ['unauthorized', 'not-found', 'done', 'not-found'],
  getPresence: ['unauthorized', 'not-found', 'done', 'not-found'],
  getSettings: ['unauthorized', 'done', 'done', 'done'],
  putSetting: ['unauthorized', 'not-found', 'done', 'not-found'],
  getLinks: ['unauthorized', 'not-found', 'done', 'not-found'],
  // Nobody has made one.
  lookAtLink: ['unauthorized', 'link-invalid', 'link-invalid', 'link-invalid'],
  listChannels: ['unauthorized', 'done', 'done', 'done'],
  listAccounts: ['unauthorized', 'forbidden', 'forbidden', 'done'],
  getAccount: ['unauthorized', 'forbidden', 'forbidden', 'done'],
  suspendAccount: ['unauthorized', 'forbidden', 'forbidden', 'done'],
  unsuspendAccount: ['unauthorized', 'forbidden', 'forbidden', 'done'],
  makeAdministrator: ['unauthorized', 'forbidden', 'forbidden', 'done'],
  unmakeAdministrator: ['unauthorized', 'forbidden', 'forbidden', 'done'],
  resetPassword: ['unauthorized', 'forbidden', 'forbidden', 'done'],
  listAccountDevices: ['unauthorized', 'forbidden', 'forbidden', 'done'],
  listInvites: ['unauthorized', 'forbidden', 'forbidden', 'done'],
  revokeInvite: ['unauthorized', 'forbidden', 'forbidden', 'not-found'],
  listReports: ['unauthorized', 'forbidden', 'forbidden', 'done'],
  getReport: ['unauthorized', 'forbidden', 'forbidden', 'not-found'],
  getFigures: ['unauthorized', 'forbidden', 'forbidden', 'done'],
  putReport: ['unauthorized', 'forbidden', 'forbidden', 'not-found'],
};

interface Scene {
  readonly server: ComposedServer;
  readonly people: Readonly<Record<Exclude<Who, 'nobody'>, TestPerson>>;
  readonly room: RoomId;
  readonly longSeq: number;
  readonly other: TestPerson;
}

async function setScene(): Promise<Scene> {
  const server = composedServer();
  const [member, stranger] = [await server.person('member'), await server.person('stranger')];
  const administrator = await server.person('root', { administrator: true });
  const revoked = await server.person('revoked');
  const other = await server.person('other');
  const room = await server.group(member, other, revoked);
  const { token, device } = revoked;
  await server.client.call('revokeDevice', { token, params: { device } });
  const longSeq = await server.send(member, room, 'long '.repeat(2_000));
  return { server, people: { stranger, member, administrator, revoked }, room, longSeq, other };
}

async function call(scene: Scene, name: RouteName, who: Who): Promise<Outcome> {
  const response = await respond(scene, name, who, scene.room);
  return response.ok ? 'done' : errorBody.parse(await response.json()).code;
}

function respond(scene: Scene, name: RouteName, who: Who, room: RoomId): Promise<Response> {
  const { client } = scene.server;
  const token = who === 'nobody' ? undefined : scene.people[who].token;
  const { user, device } = scene.people.member;
  const inRoom = { token, params: { room } };
  switch (name) {
    case 'signUp':
      return client.respond(name, {
        token,
        body: { handle: `new_${who}`, name: 'New', password: PASSWORD, device: DEVICE },
      });
    case 'logIn':
      return client.respond(name, { token, body: { handle: 'member', password: PASSWORD, device: DEVICE } });
    case 'recover':
      return client.respond(name, {
        token,
        body: { handle: 'member', recoveryCode: '0000', newPassword: PASSWORD },
      });
    case 'updateMe':
      return client.respond(name, { token, body: { name: 'Renamed' } });
    case 'changePassword':
      return client.respond(name, { token, body: { current: PASSWORD, next: PASSWORD } });
    case 'renewRecoveryCodes':
    case 'deleteMe':
      return client.respond(name, { token, body: { password: PASSWORD } });
    case 'renameDevice':
      return client.respond(name, { token, params: { device }, body: DEVICE });
    case 'revokeDevice':
      return client.respond(name, { token, params: { device } });
    case 'requestDevice':
      return client.respond(name, { token, body: { device: DEVICE } });
    case 'waitForDevice':
      return client.respond(name, { token, body: { secret: SECRET } });
    case 'claimDevice':
      return client.respond(name, { token, body: { secret: SECRET, check: '0000' } });
    case 'lookAtDevice':
    case 'confirmDevice':
    case 'refuseDevice':
      return client.respond(name, { token, body: { code: '0000-0000' } });
    case 'postPoll':
      return client.respond(name, { token, body: { n: 1 } });
    case 'lookAtInvite':
      return client.respond(name, { token, body: { invite: '0000' } });
    case 'createInvite':
      return client.respond(name, { token, body: {} });
    case 'getAvatar':
      return client.respond(name, { token, params: { avatar: '0'.repeat(64) } });
    case 'postReport':
      return client.respond(name, { token, body: { user: scene.other.user, room, reason: 'spam' } });
    case 'getReport':
      return client.respond(name, { token, params: { report: 1_000 } });
    case 'putReport':
      return client.respond(name, { token, params: { report: 1_000 }, body: { state: 'closed' } });
    case 'revokeInvite':
      return client.respond(name, { token, params: { invite: '0123456789abcdef' } });
    case 'findUser':
      return client.respond(name, { token, query: { handle: 'member' } });
    case 'getAccount':
    case 'suspendAccount':
    case 'unsuspendAccount':
    case 'makeAdministrator':
    case 'unmakeAdministrator':
    case 'resetPassword':
    case 'listAccountDevices':
    case 'getUser':
      return client.respond(name, { token, params: { user } });
    case 'requestContact':
      return client.respond(name, { token, params: { user }, body: {} });
    case 'removeContact':
      return client.respond(name, { token, params: { user } });
    case 'answerRequest':
      return client.respond(name, { token, params: { user }, body: { accept: true } });
    case 'blockPerson':
      return client.respond(name, { token, params: { user }, body: { blocked: true } });
    case 'findByLink':
      return client.respond(name, { token, body: { code: SECRET } });
    case 'putMyLink':
      return client.respond(name, { token, body: {} });
    case 'getUsers':
      return client.respond(name, { token, body: { users: [user] } });
    case 'postBeat':
      return client.respond(name, { token, body: { state: 'active' } });
    case 'schedule':
      return client.respond(name, { token, body: { room, clientMessageId: COMMAND, at: AT, content: TEXT } });
    case 'changeScheduled':
      return client.respond(name, { token, params: { scheduled: SCHEDULED }, body: { at: 1 } });
    case 'cancelScheduled':
      return client.respond(name, { token, params: { scheduled: SCHEDULED } });
    case 'postCommand': {
      const content = { type: 'text' as const, text: 'Hello!' };
      const clientMessageId = scene.server.nextId();
      return client.respond(name, { token, body: { kind: 'send', room, clientMessageId, content } });
    }
    case 'getReactions':
    case 'getVersions':
    case 'getBody':
      return client.respond(name, { token, params: { room, seq: scene.longSeq } });
    case 'lookAtLink':
      return client.respond(name, { token, body: { code: `${room.slice(5)}${SECRET}` } });
    case 'getStatus':
      return client.respond(name, { token, params: { room, clientMessageId: COMMAND } });
    case 'putSetting':
      return client.respond(name, {
        token,
        params: { name: `room/${room}` },
        body: { value: { archived: 1 } },
      });
    case 'putMarks':
      return client.respond(name, { ...inRoom, body: { read: 1 } });
    default:
      return client.respond(name, inRoom);
  }
}

describe('[PRIV1][ADMIN1] every route, for nobody, a stranger to the room, a member and an administrator', () => {
  test.each(Object.keys(table) as RouteName[])('%s', async (name) => {
    for (const [index, who] of WHO.entries()) {
      const scene = await setScene();
      expect([who, await call(scene, name, who)]).toEqual([who, table[name][index] ?? 'internal']);
      await scene.server[Symbol.asyncDispose]();
    }
  });
});

describe('[PRIV1] a room that one is not in, one that one was removed from, one that one sees on other devices alone, and one that does not exist', () => {
  const inRooms = Object.keys(table).filter(
    (name) => table[name as RouteName][1] === 'not-found',
  ) as RouteName[];
  let scene: Scene;

  beforeAll(async () => {
    scene = await setScene();
    const { server, people, room } = scene;
    const command = () => ({ room, clientMessageId: server.nextId() });
    const { user } = people.administrator;
    const by = { token: people.member.token };
    await server.client.call('postCommand', { ...by, body: { kind: 'add', ...command(), users: [user] } });
    await server.client.call('postCommand', { ...by, body: { kind: 'remove', ...command(), user } });
  });

  test.each(inRooms.filter((name) => !name.endsWith('Device')))(
    '%s answers alike, to the byte',
    async (name) => {
      const text = async (who: Who, room: RoomId) => (await respond(scene, name, who, room)).text();
      const unknown = await text('stranger', newRoomId());
      expect(JSON.parse(unknown)).toMatchObject({ code: 'not-found' });
      expect(await text('stranger', scene.room)).toBe(unknown);
      expect(await text('administrator', scene.room)).toBe(unknown);
      // Whose device was revoked learns as little, of a room in which they are, too.
      const revoked = await text('revoked', newRoomId());
      expect(JSON.parse(revoked)).toMatchObject({ code: 'unauthorized' });
      expect(await text('revoked', scene.room)).toBe(revoked);
    },
  );
});
