import { ACCOUNT_TEXTS } from './account-texts.ts';
import { type Both, both } from './both.ts';
import { CHANNEL_TEXTS } from './channel-texts.ts';
import { DEVICE_TEXTS } from './device-texts.ts';
import { GROUP_TEXTS } from './group-texts.ts';
import type { Language } from './language.ts';
import { OUT_TEXTS } from './out-texts.ts';
import { OWN_TEXTS } from './own-texts.ts';
import { PERSONAL_LINK_TEXTS } from './personal-link-texts.ts';
import { RELATION_TEXTS } from './relation-texts.ts';
import { TALK_TEXTS } from './talk-texts.ts';

/** Everything that `maru chat` says. */
const TABLE = {
  ...ACCOUNT_TEXTS,
  ...OWN_TEXTS,
  ...TALK_TEXTS,
  rooms: both('Rooms', '대화방'),
  noRooms: both('No rooms yet', '대화방이 없습니다'),
  welcome: both('Welcome to Maru', '마루에 오신 것을 환영합니다'),
  firstSteps: both(
    'Write to somebody:   /dm @handle\nMake a group:        /group NAME @one @two\nAll there is:        /help',
    '대화 시작:    /dm @아이디\n그룹 만들기:  /group 이름 @한명 @두명\n모든 명령:    /help',
  ),
  emptyRoom: both('Nothing has been said here yet.', '아직 아무 말도 없습니다.'),
  loading: both('Loading…', '불러오는 중…'),
  going: both(
    'The room is being opened: once more in a moment.',
    '대화방을 여는 중입니다: 잠시 뒤에 다시 보내세요.',
  ),
  placeholder: both('Write a message…', '메시지를 입력하세요…'),
  hint: both(
    'Enter sends · Alt+Enter new line · Alt+↑↓ rooms · /help',
    'Enter 보내기 · Alt+Enter 줄바꿈 · Alt+↑↓ 대화방 · /help',
  ),
  editing: both('Editing · Enter saves · Esc cancels', '수정 중 · Enter 저장 · Esc 취소'),
  replyingTo: both(
    (name: string) => `Answering ${name} · Esc cancels`,
    (name) => `${name}님에게 답장 · Esc 취소`,
  ),
  selecting: both(
    (mayPin: boolean) =>
      `↑↓ choose · r answer · 1–6 react · e edit · d delete · f forward · ${mayPin ? 'p pin · ' : ''}j quoted · v versions · Enter whole text · Esc back`,
    (mayPin) =>
      `↑↓ 선택 · r 답장 · 1–6 반응 · e 수정 · d 삭제 · f 전달 · ${mayPin ? 'p 고정 · ' : ''}j 원문 · v 수정 내역 · Enter 전체 보기 · Esc 돌아가기`,
  ),
  searching: both(
    (query: string, at: number, count: number) =>
      `“${query}” ${at} of ${count} · ↑ older · ↓ newer · Esc ends`,
    (query, at, count) => `“${query}” ${count}개 중 ${at} · ↑ 이전 · ↓ 다음 · Esc 끝`,
  ),
  panelHint: both('↑↓ PgUp PgDn scroll · Esc closes', '↑↓ PgUp PgDn 스크롤 · Esc 닫기'),
  completing: both('Tab takes · ↑↓ choose · Esc closes', 'Tab 입력 · ↑↓ 선택 · Esc 닫기'),
  confirmKeys: both('Enter: yes · Esc: no', 'Enter: 예 · Esc: 아니요'),
  pressAgain: both('Press Ctrl+C again to leave.', 'Ctrl+C를 한 번 더 누르면 끝냅니다.'),
  moreBelow: both('↓ more below (Ctrl+End)', '↓ 아래에 더 있음 (Ctrl+End)'),
  newMessages: both(
    (count: string) => (count === '1' ? '1 new message' : `${count} new messages`),
    (count) => `새 메시지 ${count}개`,
  ),
  unreadFrom: both('Unread from here', '여기부터 읽지 않음'),
  today: both('Today', '오늘'),
  yesterday: both('Yesterday', '어제'),
  typingOne: both(
    (name: string) => `${name} is typing…`,
    (name) => `${name}님이 입력 중…`,
  ),
  typingTwo: both(
    (a: string, b: string) => `${a} and ${b} are typing…`,
    (a, b) => `${a}님과 ${b}님이 입력 중…`,
  ),
  typingMany: both(
    (count: number) => `${count} people are typing…`,
    (count) => `${count}명이 입력 중…`,
  ),
  online: both('online', '연결됨'),
  connecting: both('connecting…', '연결 중…'),
  syncing: both('catching up…', '동기화 중…'),
  offline: both('offline, trying again', '연결 안 됨, 다시 시도 중'),
  stopped: both('not connected', '연결 끊김'),
  offlineNote: both(
    'Offline: what you write is kept, and goes out later.',
    '오프라인: 쓴 메시지는 보관했다가 나중에 보냅니다.',
  ),
  active: both('active', '활동 중'),
  away: both('away', '자리 비움'),
  absent: both('offline', '오프라인'),
  lastActive: both(
    (when: string) => `last active ${when}`,
    (when) => `마지막 활동 ${when}`,
  ),
  members: both(
    (count: number) => `${count} ${count === 1 ? 'member' : 'members'}`,
    (count) => `${count}명`,
  ),
  present: both(
    (count: number) => `${count} here`,
    (count) => `${count}명 접속`,
  ),
  somebody: both('somebody', '누군가'),
  you: both('you', '나'),
  readMark: both('read', '읽음'),
  readCount: both(
    (read: number, of: number) => `read by ${read} of ${of}`,
    (read, of) => `${of}명 중 ${read}명 읽음`,
  ),
  deleted: both('deleted', '삭제된 메시지'),
  expired: both('expired', '사라진 메시지'),
  edited: both('edited', '수정됨'),
  spoiler: both('(spoiler)', '(스포일러)'),
  notText: both(
    (type: string) => `(${type}: this version can't show it)`,
    (type) => `(${type}: 이 버전에서는 볼 수 없습니다)`,
  ),
  longer: both(
    (characters: string) => `… ${characters} characters in all: ↑ and Enter show them`,
    (characters) => `… 전체 ${characters}자: ↑, Enter로 보기`,
  ),
  notSent: both(
    (why: string) => `not sent: ${why} · /retry · /discard`,
    (why) => `보내지 못함: ${why} · /retry · /discard`,
  ),
  reply: both(
    (name: string, text: string) => `${name}: ${text}`,
    (name, text) => `${name}: ${text}`,
  ),
  replyUnknown: both('an earlier message', '이전 메시지'),
  createdDirect: both(
    (who: string) => `${who} began this conversation`,
    (who) => `${who}님이 대화를 시작했습니다`,
  ),
  createdGroup: both(
    (who: string, name: string) => `${who} made the group ‘${name}’`,
    (who, name) => `${who}님이 그룹 ‘${name}’을(를) 만들었습니다`,
  ),
  joined: both(
    (who: string, whom: string) => `${who} added ${whom}`,
    (who, whom) => `${who}님이 ${whom}님을 초대했습니다`,
  ),
  left: both(
    (who: string) => `${who} left`,
    (who) => `${who}님이 나갔습니다`,
  ),
  removed: both(
    (who: string, whom: string) => `${who} removed ${whom}`,
    (who, whom) => `${who}님이 ${whom}님을 내보냈습니다`,
  ),
  renamed: both(
    (who: string, name: string) => `${who} named this ‘${name}’`,
    (who, name) => `${who}님이 이름을 ‘${name}’(으)로 바꿨습니다`,
  ),
  described: both(
    (who: string, description: string) =>
      description === '' ? `${who} took the description away` : `${who} described this: ${description}`,
    (who, description) =>
      description === '' ? `${who}님이 소개를 지웠습니다` : `${who}님이 소개를 썼습니다: ${description}`,
  ),
  timerSet: both(
    (who: string, lasting: string | undefined) =>
      lasting === undefined
        ? `${who} let messages stay for ever`
        : `${who} lets messages vanish after ${lasting}`,
    (who, lasting) =>
      lasting === undefined
        ? `${who}님이 메시지가 사라지지 않게 했습니다`
        : `${who}님이 메시지가 ${lasting} 뒤에 사라지게 했습니다`,
  ),
  willBeSent: both(
    (when: string) => `It will be sent at ${when}: /scheduled shows what waits.`,
    (when) => `${when}에 보냅니다. /예약으로 볼 수 있습니다.`,
  ),
  scheduledTitle: both('To be sent later', '나중에 보낼 메시지'),
  scheduledCount: both(
    (count: number) => `${count} later`,
    (count) => `예약 ${count}`,
  ),
  scheduledFailed: both(
    (count: number) => `${count} not sent: /scheduled`,
    (count) => `보내지 못한 예약 ${count}: /예약`,
  ),
  nothingScheduled: both('Nothing is to be sent here later.', '나중에 보낼 메시지가 없습니다.'),
  howToUnschedule: both(
    '/scheduled NUMBER TIME [TEXT] changes one, retry NUMBER tries again, cancel NUMBER takes back.',
    '/예약 번호 시각 [내용]: 바꿉니다. 재전송 번호: 다시 보냅니다. 취소 번호: 취소합니다.',
  ),
  askReschedule: both(
    (text: string) => `Send “${text}” instead, at the same time?`,
    (text) => `같은 시각에 “${text}”을(를) 대신 보낼까요?`,
  ),
  scheduledRetried: both('It is being sent now.', '지금 보냅니다.'),
  scheduledNotFailed: both(
    'That one has not failed: give it another time.',
    '실패한 예약이 아닙니다: 다른 시각을 정하세요.',
  ),
  askUnschedule: both(
    (text: string) => `Do not send “${text}”?`,
    (text) => `“${text}” 예약을 취소할까요?`,
  ),
  notThereYet: both('the server does not have it yet', '아직 서버에 없음'),
  notSentFor: both(
    (why: string) => `not sent: ${why}`,
    (why) => `보내지 못함: ${why}`,
  ),
  historySet: both(
    (who: string, all: boolean) =>
      all ? `${who} opened the history to new members` : `${who} closed the history to new members`,
    (who, all) =>
      all
        ? `${who}님이 새 구성원에게 이전 대화를 공개했습니다`
        : `${who}님이 새 구성원에게 이전 대화를 숨겼습니다`,
  ),
  ...RELATION_TEXTS,
  ...OUT_TEXTS,
  ...PERSONAL_LINK_TEXTS,
  otherEvent: both(
    (who: string, kind: string) => `${who}: ${kind}`,
    (who, kind) => `${who}: ${kind}`,
  ),
  andMore: both(
    (names: string, count: number) => `${names} and ${count} more`,
    (names, count) => `${names} 외 ${count}명`,
  ),
  unknownCommand: both(
    (name: string) => `There is no command ${name}: see /help. Two slashes send the text as it is.`,
    (name) => `${name} 명령이 없습니다: /help를 보세요. 슬래시 두 개로 시작하면 그대로 보냅니다.`,
  ),
  usage: both(
    (line: string) => `Write it like this: ${line}`,
    (line) => `이렇게 쓰세요: ${line}`,
  ),
  noRoomOpen: both(
    'Open a room first: Alt+↓, or /dm @handle.',
    '먼저 대화방을 여세요: Alt+↓ 또는 /dm @아이디',
  ),
  groupsOnly: both('Only a group or a channel has that.', '그룹이나 채널에서만 할 수 있습니다.'),
  badHandle: both(
    (given: string) => `${given} can't be a handle.`,
    (given) => `${given}은(는) 아이디가 될 수 없습니다.`,
  ),
  nothingOwn: both('There is no message of yours here.', '여기에 내 메시지가 없습니다.'),
  notOwn: both('That is not your message.', '내 메시지가 아닙니다.'),
  notYetSent: both('It is not sent yet.', '아직 보내지 않은 메시지입니다.'),
  nothingLong: both('No message here is longer than what is shown.', '줄여서 보인 메시지가 없습니다.'),
  askDelete: both(
    (text: string) => `Delete “${text}” for everybody?`,
    (text) => `“${text}” 메시지를 모두에게서 삭제할까요?`,
  ),
  askLeave: both(
    (room: string) => `Leave ${room}?`,
    (room) => `${room}에서 나갈까요?`,
  ),
  askRemove: both(
    (who: string, room: string) => `Remove ${who} from ${room}?`,
    (who, room) => `${who}님을 ${room}에서 내보낼까요?`,
  ),
  noMatch: both(
    (query: string) => `“${query}” is in nothing that is loaded here: PageUp loads more.`,
    (query) => `불러온 메시지에 “${query}”이(가) 없습니다: PageUp으로 더 불러올 수 있습니다.`,
  ),
  noRoomLike: both(
    (name: string) => `There is no room ‘${name}’.`,
    (name) => `‘${name}’ 대화방이 없습니다.`,
  ),
  nothingNamesYou: both('No unread message names you.', '나를 부른 읽지 않은 메시지가 없습니다.'),
  notAll: both(
    'Sent, but @all names nobody here: you may not do that in this group. /rights',
    '보냈지만 여기서는 @all이 통하지 않습니다: 이 그룹에서 쓸 권한이 없습니다. /권한',
  ),
  nothingUnread: both('Nothing is unread.', '읽지 않은 메시지가 없습니다.'),
  nothingFailed: both('Nothing has failed here.', '보내지 못한 메시지가 없습니다.'),
  nobody: both(
    (handle: string) => `There is no @${handle} here.`,
    (handle) => `@${handle}: 그런 사람이 없습니다.`,
  ),
  oneself: both('There is no room with oneself.', '자기 자신과의 대화방은 없습니다.'),
  needsServer: both(
    "The server can't be reached, and it alone knows that.",
    '서버에 연결할 수 없어 알 수 없습니다.',
  ),
  historyOffline: both(
    "Older messages are on the server, which can't be reached.",
    '이전 메시지는 서버에 있는데, 연결할 수 없습니다.',
  ),
  askReport: both(
    (name: string, text: string) => `Report “${text}” of ${name}? The administrators can read it then.`,
    (name, text) => `${name}님의 “${text}” 메시지를 신고할까요? 관리자가 내용을 볼 수 있게 됩니다.`,
  ),
  askReportPerson: both(
    (name: string) => `Report ${name} to the administrators?`,
    (name) => `${name}님을 관리자에게 신고할까요?`,
  ),
  reported: both('The administrators will look at it.', '관리자에게 신고했습니다.'),
  nothingToReport: both('There is nobody to report here.', '여기에 신고할 사람이 없습니다.'),
  noteTooLong: both('The note may have 1,000 characters.', '설명은 1,000자까지 쓸 수 있습니다.'),
  profileChanged: both('Others see it now.', '이제 다른 사람에게 보입니다.'),
  profileKept: both(
    'Kept here: others see it when the server can be reached.',
    '보관했습니다: 서버에 연결되면 다른 사람에게 보입니다.',
  ),
  mouseOn: both(
    'The mouse is ours: hold Shift to select text.',
    '마우스 켬: Shift를 누르면 글자를 선택할 수 있습니다.',
  ),
  mouseOff: both("The mouse is the terminal's.", '마우스 끔: 터미널이 마우스를 씁니다.'),
  membersOf: both(
    (room: string) => `Members of ${room}`,
    (room) => `${room} 구성원`,
  ),
  helpTitle: both('Help', '도움말'),
  wholeText: both(
    (name: string) => `Message of ${name}`,
    (name) => `${name}님의 메시지`,
  ),
  tooSmall: both('Too small', '너무 작음'),
  signedOut: both(
    'This device was signed out: maru log-in signs it in again.',
    '로그아웃된 기기입니다: maru log-in으로 다시 로그인하세요.',
  ),
  stoppedForGood: both(
    (why: string) => `The connection ended for good: ${why}`,
    (why) => `연결이 완전히 끝났습니다: ${why}`,
  ),
  // Only where lines are appended.
  linesHello: both(
    (who: string) => `Maru, signed in as @${who}. Write /help for help, /quit to leave.`,
    (who) => `마루, @${who}(으)로 로그인했습니다. 도움말은 /help, 끝내려면 /quit.`,
  ),
  linesRoom: both(
    (name: string, unread: string) => `Room: ${name}.${unread}`,
    (name, unread) => `대화방: ${name}.${unread}`,
  ),
  linesUnread: both(
    (count: string) => ` ${count} unread.`,
    (count) => ` 읽지 않음 ${count}개.`,
  ),
  linesIn: both(
    (room: string, said: string) => `In ${room}: ${said}`,
    (room, said) => `${room}: ${said}`,
  ),
  linesState: both(
    (state: string) => `Connection: ${state}.`,
    (state) => `연결 상태: ${state}.`,
  ),
  linesPresence: both(
    (name: string, state: string) => `${name} is ${state}.`,
    (name, state) => `${name}: ${state}.`,
  ),
  linesRead: both(
    (name: string) => `${name} has read everything.`,
    (name) => `${name}님이 모두 읽었습니다.`,
  ),
  linesDeleted: both(
    (name: string) => `${name} deleted a message.`,
    (name) => `${name}님이 메시지를 삭제했습니다.`,
  ),
  linesVanishes: both(
    (lasting: string) => `It vanishes ${lasting} after it was sent.`,
    (lasting) => `보낸 지 ${lasting} 뒤에 사라집니다.`,
  ),
  linesEdited: both(
    (name: string, text: string) => `${name} changed a message: ${text}`,
    (name, text) => `${name}님이 메시지를 수정했습니다: ${text}`,
  ),
  linesConfirm: both(
    (question: string) => `${question} Enter: yes. n: no.`,
    (question) => `${question} Enter: 예. n: 아니요.`,
  ),
  linesNamed: both(
    (count: string) => ` ${count} of them name you.`,
    (count) => ` 그중 ${count}개가 나를 부릅니다.`,
  ),
  linesSpoiler: both('(spoiler: /whole)', '(스포일러: /전체)'),
  linesLonger: both(
    (characters: string) => `(${characters} characters in all: /whole)`,
    (characters) => `(전체 ${characters}자: /전체)`,
  ),
  ...GROUP_TEXTS,
  ...CHANNEL_TEXTS,
  ...DEVICE_TEXTS,
} as const;

type Table = typeof TABLE;

/** The texts of one language. */
export type Texts = { readonly [K in keyof Table]: Table[K]['en'] };

/** Takes one language out of a table. */
function inLanguage<T extends Readonly<Record<string, Both<unknown>>>>(
  table: T,
  language: Language,
): { readonly [K in keyof T]: T[K]['en'] } {
  const entries = Object.entries(table).map(([key, text]) => [key, text[language]]);
  return Object.fromEntries(entries) as { readonly [K in keyof T]: T[K]['en'] };
}

export function textsOf(language: Language): Texts {
  return inLanguage(TABLE, language);
}
