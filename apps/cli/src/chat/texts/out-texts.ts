import { both } from './both.ts';

/** What `maru chat` says of groups that the user is out of. */
export const OUT_TEXTS = {
  nameless: both('a group without a name', '이름 없는 그룹'),
  notMember: both(
    'You are no longer a member · /forget drops what is kept',
    '구성원이 아닙니다 · /잊기로 남은 대화를 지웁니다',
  ),
  outRemoved: both("You can't write: you were removed.", '쓸 수 없습니다: 이 방에서 내보내졌습니다.'),
  outLeft: both("You can't write: you left.", '쓸 수 없습니다: 이 방에서 나왔습니다.'),
  outside: both('you are out', '나간 방'),
  membersThen: both(
    'Who is in it now is not told to you. These are known to have been:',
    '지금 구성원은 알 수 없습니다. 알려진 이전 구성원:',
  ),
  leftYourself: both('You left', '대화방에서 나왔습니다'),
  removedYou: both(
    (who: string) => `${who} removed you`,
    (who) => `${who}님이 나를 내보냈습니다`,
  ),
} as const;
