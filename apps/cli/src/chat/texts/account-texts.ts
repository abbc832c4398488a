import { both } from './both.ts';

/** What `maru chat` says of the account. */
export const ACCOUNT_TEXTS = {
  settingsTitle: both('Settings of your account', '계정 설정'),
  settingsHint: both(
    '/settings who-may-write contacts changes one: everyone, contacts-of-contacts, contacts; yes, no.',
    '/설정 쓰기 친구 처럼 바꿉니다: 모두, 친구의친구, 친구; 예, 아니요.',
  ),
  settingFindable: both(
    (value: string) => `findable: ${value}. Strangers find you by your handle.`,
    (value) => `검색: ${value}. 모르는 사람이 아이디로 찾을 수 있습니다.`,
  ),
  settingWhoMayWrite: both(
    (value: string) => `who-may-write: ${value}. They may write to you first.`,
    (value) => `쓰기: ${value}. 먼저 메시지를 보낼 수 있습니다.`,
  ),
  settingWhoMayAdd: both(
    (value: string) => `who-may-add: ${value}. They may bring you into groups.`,
    (value) => `초대: ${value}. 그룹에 초대할 수 있습니다.`,
  ),
  settingHidePresence: both(
    (value: string) => `hide-presence: ${value}. You are offline to everybody.`,
    (value) => `숨김: ${value}. 모두에게 오프라인으로 보입니다.`,
  ),
  contactsOfContacts: both('contacts-of-contacts', '친구의친구'),
  contactsAlone: both('contacts', '친구'),
  yes: both('yes', '예'),
  no: both('no', '아니요'),
  settingsChanged: both('It holds from now on.', '이제부터 적용됩니다.'),
  settingsKept: both(
    'Kept here: it holds when the server can be reached.',
    '보관했습니다: 서버에 연결되면 적용됩니다.',
  ),
  fileUnreadable: both(
    (file: string) => `${file}: the file can't be read.`,
    (file) => `${file}: 읽을 수 없는 파일입니다.`,
  ),
  avatarNeedsServer: both(
    'A picture goes to the server at once: try again when it can be reached.',
    '사진은 바로 서버로 갑니다: 연결된 뒤에 다시 해 보세요.',
  ),
} as const;
