import { both } from './both.ts';

/** What `maru chat` says of the link by which one lets oneself be found. */
export const PERSONAL_LINK_TEXTS = {
  myLinkTitle: both('Your personal link', '내 링크'),
  myLinkHint: both(
    'Who has it writes /add LINK and asks to be your contact, whether or not your handle finds you. /mylink renew makes a new one, /mylink revoke ends it.',
    '받은 사람은 /초대 링크 로 친구 요청을 보냅니다. 아이디 검색을 꺼 두어도 됩니다. /내링크 새로: 새 링크, /내링크 삭제: 없애기.',
  ),
  myLinkIncomplete: both(
    'That is not the whole link: it goes on after #user= for 26 characters. Copy all of it.',
    '링크가 잘렸습니다: #user= 뒤에 26자가 있어야 합니다. 모두 복사하세요.',
  ),
  askRenewLink: both(
    'Make a new personal link? The one you gave away leads nowhere then.',
    '새 링크를 만들까요? 이미 준 링크는 쓸 수 없게 됩니다.',
  ),
  askRevokeLink: both(
    'Revoke your personal link? It leads nowhere then.',
    '내 링크를 없앨까요? 더는 쓸 수 없게 됩니다.',
  ),
  linkRevokedNow: both('Your personal link leads nowhere now.', '내 링크를 없앴습니다.'),
} as const;
