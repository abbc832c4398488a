import type { RoomRights } from '@maru/protocol';
import { roomRight } from '@maru/protocol';
import { both } from './both.ts';

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
  rightsTitle: both('Who may do what here', '누가 무엇을 할 수 있는지'),
  notAllowed: both('You may not do that in this group.', '이 그룹에서 그럴 권한이 없습니다.'),
  askHandOver: both(
    (who: string) => `Hand the group over to ${who}?`,
    (who) => `${who}님에게 그룹을 넘길까요?`,
  ),
  handedOver: both(
    (who: string, whom: string) => `${who} handed the group over to ${whom}`,
    (who, whom) => `${who}님이 ${whom}님에게 그룹을 넘겼습니다`,
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
    (who: string, heir: string) => `${who} left; the group is ${heir}’s now`,
    (who, heir) => `${who}님이 나갔습니다. 이제 ${heir}님이 소유자입니다`,
  ),
  rightsSet: both(
    (who: string, rights: string) => `${who} set who may do what: ${rights}`,
    (who, rights) => `${who}님이 권한을 바꿨습니다: ${rights}`,
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
