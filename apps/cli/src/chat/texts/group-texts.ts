import type { RoomRights } from '@maru/protocol';
import { roomRight } from '@maru/protocol';
import { both } from './both.ts';

const placeEn = (isChannel: boolean) => (isChannel ? 'channel' : 'group');
const placeKo = (isChannel: boolean) => (isChannel ? '채널' : '그룹');

/** What `maru chat` says of the roles, rights and links of groups. */
export const GROUP_TEXTS = {
  owner: both('owner', '소유자'),
  administrator: both('administrator', '관리자'),
  member: both('member', '구성원'),
  everyone: both('everyone', '모두'),
  administrators: both('administrators', '관리자'),
  rightSend: both('send', '보내기'),
  rightAdd: both('add', '초대'),
  rightRename: both('rename', '이름'),
  rightDescribe: both('describe', '소개'),
  rightHistory: both('history', '이전대화'),
  rightPin: both('pin', '고정'),
  rightMentionAll: both('@all', '모두부르기'),
  bySize: both(
    (count: number) => `everyone up to ${count} members, then admins`,
    (count) => `${count}명까지 모두, 그 뒤로 관리자`,
  ),
  rightsTitle: both('Who may do what here', '누가 무엇을 할 수 있는지'),
  notAllowed: both(
    (isChannel: boolean) => `You may not do that in this ${placeEn(isChannel)}.`,
    (isChannel) => `이 ${placeKo(isChannel)}에서 그럴 권한이 없습니다.`,
  ),
  askHandOver: both(
    (who: string, isChannel: boolean) => `Hand the ${placeEn(isChannel)} over to ${who}?`,
    (who, isChannel) => `${who}님에게 ${placeKo(isChannel)}을 넘길까요?`,
  ),
  handedOver: both(
    (who: string, whom: string, isChannel: boolean) =>
      `${who} handed the ${placeEn(isChannel)} over to ${whom}`,
    (who, whom, isChannel) => `${who}님이 ${whom}님에게 ${placeKo(isChannel)}을 넘겼습니다`,
  ),
  promoted: both(
    (who: string, whom: string) => `${who} made ${whom} an administrator`,
    (who, whom) => `${who}님이 ${whom}님을 관리자로 정했습니다`,
  ),
  demoted: both(
    (who: string, whom: string) => `${who} made ${whom} a member again`,
    (who, whom) => `${who}님이 ${whom}님의 관리자 역할을 거두었습니다`,
  ),
  steppedDown: both(
    (who: string) => `${who} is no administrator any more`,
    (who) => `${who}님이 관리자에서 물러났습니다`,
  ),
  leftToHeir: both(
    (who: string, heir: string, isChannel: boolean) =>
      `${who} left; the ${placeEn(isChannel)} is ${heir}’s now`,
    (who, heir) => `${who}님이 나갔습니다. 이제 ${heir}님이 소유자입니다`,
  ),
  rightsSet: both(
    (who: string, rights: string) => `${who} set who may do what: ${rights}`,
    (who, rights) => `${who}님이 권한을 바꿨습니다: ${rights}`,
  ),
  historyIs: both(
    (all: boolean) => `Who joins may read ${all ? 'everything' : 'only what is said from then on'}.`,
    (all) => `새 구성원은 ${all ? '이전 대화도 모두' : '참여한 뒤의 대화만'} 볼 수 있습니다.`,
  ),
  slowModeSet: both(
    (who: string, seconds: number) => `${who} set slow mode: ${seconds} s between two messages of a member`,
    (who, seconds) => `${who}님이 느린 모드를 켰습니다: 메시지 사이 ${seconds}초`,
  ),
  slowModeOff: both(
    (who: string) => `${who} ended slow mode`,
    (who) => `${who}님이 느린 모드를 껐습니다`,
  ),
  slowMode: both(
    (seconds: number) => `slow: ${seconds} s`,
    (seconds) => `느린 모드 ${seconds}초`,
  ),
  slowWait: both(
    (until: string) => `slow mode: waits until ${until}, and goes by itself`,
    (until) => `느린 모드: ${until}까지 기다렸다가 저절로 보냅니다`,
  ),
  leaveFirst: both('You are still in it: /leave it first.', '아직 구성원입니다: 먼저 /나가기를 하세요.'),
  askForget: both(
    (room: string) => `Drop all that this device has of ${room}?`,
    (room) => `이 기기에 남은 ${room}의 대화를 모두 지울까요?`,
  ),
  linkTitle: both(
    (isChannel: boolean) => `A link into this ${placeEn(isChannel)}`,
    (isChannel) => `${placeKo(isChannel)}에 들어오는 링크`,
  ),
  linkHint: both(
    'Who has it writes /join LINK. /links shows all of them, /unlink revokes.',
    '받은 사람은 /join 링크 로 들어옵니다. /links로 모두 보고 /unlink로 없앱니다.',
  ),
  /** Where it has no room in a row. */
  linkParted: both(
    'It goes on in the next row: copy all of it. /join and /add take the break out.',
    '다음 줄로 이어집니다: 모두 복사하세요. /참여와 /초대는 줄바꿈을 뺍니다.',
  ),
  linkIncomplete: both(
    'That is not the whole link: it goes on after #join= for 52 characters. Copy all of it.',
    '링크가 잘렸습니다: #join= 뒤에 52자가 있어야 합니다. 모두 복사하세요.',
  ),
  linksTitle: both(
    (isChannel: boolean) => `Links into this ${placeEn(isChannel)}`,
    (isChannel) => `${placeKo(isChannel)}에 들어오는 링크들`,
  ),
  hasNotAsked: both(
    (who: string) => `${who} has not asked to join, or was answered: /links shows who asks.`,
    (who) => `${who}님은 참여를 요청하지 않았거나 이미 답을 받았습니다: /링크들에서 볼 수 있습니다.`,
  ),
  noLinks: both('There are none: /link makes one.', '없습니다: /link로 만들 수 있습니다.'),
  noSuchLink: both(
    'There is no link of that number: see /links.',
    '그런 번호의 링크가 없습니다: /links를 보세요.',
  ),
  linkUses: both(
    (uses: number, max: number | undefined) => `${uses}${max === undefined ? '' : ` of ${max}`} used`,
    (uses, max) => `${max === undefined ? '' : `${max}명 중 `}${uses}명 사용`,
  ),
  linkEnds: both(
    (when: string) => `until ${when}`,
    (when) => `${when}까지`,
  ),
  linkAsks: both('asks first', '승인 필요'),
  whoAsks: both('Who asks to join (/admit, /decline):', '참여 요청 (/admit, /decline):'),
  /** That somebody was not let in is told to those who are in the room alone (`[LINK4]`). */
  hasAsked: both(
    (room: string) => `You have asked to join ${room}. You hear when you are let in; a no is not told.`,
    (room) => `${room} 참여를 요청했습니다. 수락되면 알려 드리고, 거절은 알리지 않습니다.`,
  ),
  youAreIn: both(
    (room: string) => `You are in ${room} now.`,
    (room) => `이제 ${room}에 들어왔습니다.`,
  ),
  joinedByLink: both(
    (who: string) => `${who} joined by a link`,
    (who) => `${who}님이 링크로 들어왔습니다`,
  ),
  letIn: both(
    (who: string, whom: string) => `${who} let ${whom} in`,
    (who, whom) => `${who}님이 ${whom}님의 참여를 수락했습니다`,
  ),
  asksToJoin: both(
    (who: string) => `${who} asks to join`,
    (who) => `${who}님이 참여를 요청했습니다`,
  ),
  asksNoMore: both(
    (who: string) => `${who} asks to join no more`,
    (who) => `${who}님의 참여 요청이 없어졌습니다`,
  ),
  notLetIn: both(
    (who: string, whom: string) => `${who} did not let ${whom} in`,
    (who, whom) => `${who}님이 ${whom}님의 참여를 거절했습니다`,
  ),
  linkMade: both(
    (who: string, isChannel: boolean) => `${who} made a link into this ${placeEn(isChannel)}`,
    (who, isChannel) => `${who}님이 ${placeKo(isChannel)} 링크를 만들었습니다`,
  ),
  linkRevoked: both(
    (who: string, isChannel: boolean) => `${who} revoked a link into this ${placeEn(isChannel)}`,
    (who, isChannel) => `${who}님이 ${placeKo(isChannel)} 링크를 없앴습니다`,
  ),
};

type GroupTexts = { readonly [K in keyof typeof GROUP_TEXTS]: (typeof GROUP_TEXTS)[K]['en'] };

/** What rights are called, and who has them. */
export function rightNames(texts: GroupTexts) {
  return {
    send: texts.rightSend,
    add: texts.rightAdd,
    rename: texts.rightRename,
    describe: texts.rightDescribe,
    history: texts.rightHistory,
    pin: texts.rightPin,
    'mention-all': texts.rightMentionAll,
  };
}

/** Some rights in a line. */
export function rightsLine(rights: RoomRights, texts: GroupTexts): string {
  const names = rightNames(texts);
  return roomRight.options
    .flatMap((right) => {
      const level = rights[right];
      return level === undefined ? [] : [`${names[right]}: ${texts[level]}`];
    })
    .join(', ');
}
