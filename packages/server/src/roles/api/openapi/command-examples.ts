/** One example of each command, by its kind. A test holds every one against its schema. */
import type { CommandFrame } from '@maru/protocol';

const BEN = 'user_01h455vb4pex5vsknk084sn02r';
const ROOM = 'room_01h455vb4pex5vsknk084sn02t';
const SCHEDULED = 'scheduled_01h455vb4pex5vsknk084sn02v';
const LINK = 'link_01h455vb4pex5vsknk084sn02v';
const LINK_SECRET = '01h455vb4pex5vsknk084sn02w';
const COMMAND = '01890a5d-ac96-774b-bcce-b302099a8057';
const AT = 1_790_000_000_000;
const HELLO = { type: 'text', text: 'Hello!' };

type Kind = CommandFrame['kind'];

/** What each says beside its name. */
const BODIES: Readonly<Record<Kind, object>> = {
  send: { content: HELLO, replyTo: 2 },
  edit: { refersTo: 3, content: { type: 'text', text: 'Hello, Ben!' } },
  delete: { refersTo: 3 },
  create: { roomKind: 'group', name: 'Floor', history: 'all', users: [BEN] },
  add: { users: [BEN] },
  remove: { user: BEN },
  leave: {},
  rename: { name: 'Second floor' },
  'set-history': { history: 'since-joined' },
  describe: { description: 'Who cleans when.' },
  'set-timer': { seconds: 86_400 },
  relate: { act: 'request', basedOn: 0, note: { type: 'text', text: 'We met at the market.' } },
  'set-role': { user: BEN, role: 'administrator' },
  'set-rights': { rights: { add: 'administrators', 'mention-all': 'owner' } },
  'set-slow-mode': { seconds: 30 },
  'make-link': { secret: LINK_SECRET, expiresAt: AT + 86_400_000, usesMax: 10, approval: false },
  'revoke-link': { link: LINK },
  join: { secret: LINK_SECRET },
  'answer-join': { user: BEN, accept: true },
  react: { refersTo: 2, reaction: '👍', on: true },
  pin: { refersTo: 2, on: true },
  schedule: { at: AT + 3_600_000, content: HELLO },
  reschedule: { scheduled: SCHEDULED, at: AT + 7_200_000 },
  unschedule: { scheduled: SCHEDULED },
};

export const commandExamples: Readonly<Record<string, object>> = Object.fromEntries(
  Object.entries(BODIES).map(([kind, body]) => [
    kind,
    { kind, room: ROOM, clientMessageId: COMMAND, ...body },
  ]),
);
