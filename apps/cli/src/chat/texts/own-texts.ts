import { both } from './both.ts';

/** What is said of what the user keeps for themselves. */
export const OWN_TEXTS = {
  muted: both('muted', '알림 꺼짐'),
  archived: both('archived', '보관됨'),
  pinned: both('pinned', '고정됨'),
  mutedUntil: both(
    (when: string) => `Muted until ${when}, on all your devices.`,
    (when) => `${when}까지 알림을 껐습니다 (모든 기기).`,
  ),
  mutedForEver: both(
    'Muted until /mute off, on all your devices.',
    '/mute off 할 때까지 알림을 껐습니다 (모든 기기).',
  ),
  unmuted: both('No longer muted.', '알림을 다시 켰습니다.'),
  archivedNow: both(
    'Archived: a new message brings it back, unless it is muted.',
    '보관했습니다: 새 메시지가 오면 돌아옵니다 (알림이 꺼져 있으면 그대로).',
  ),
  unarchived: both('Back from the archive.', '보관을 해제했습니다.'),
  pinnedNow: both('Pinned: it stands at the top of the list.', '고정했습니다: 목록 맨 위에 있습니다.'),
  unpinned: both('No longer pinned.', '고정을 해제했습니다.'),
  askHide: both(
    (quote: string) => `Delete “${quote}” for you alone, for good?`,
    (quote) => `“${quote}” 메시지를 나에게서만 완전히 삭제할까요?`,
  ),
  nothingToHide: both('There is no message to delete here.', '삭제할 메시지가 없습니다.'),
  starred: both('Starred: /stars shows them.', '별표를 붙였습니다: /stars 로 볼 수 있습니다.'),
  unstarred: both('No longer starred.', '별표를 뗐습니다.'),
  nothingToStar: both('There is no message to star here.', '별표를 붙일 메시지가 없습니다.'),
  starsTitle: both('Starred · /stars NUMBER goes there', '별표한 메시지 · /별표목록 번호로 이동'),
  noStars: both('Nothing is starred here.', '별표한 메시지가 없습니다.'),
  starNotLoaded: both('further up than what is loaded', '아직 불러오지 않은 위쪽에 있음'),
  noSuchStar: both(
    (count: number) => `The starred messages are numbered from 1 to ${count}.`,
    (count) => `별표한 메시지는 1번부터 ${count}번까지입니다.`,
  ),
  foldersTitle: both(
    'Folders · /list NAME shows one · /folder NAME off drops one',
    '폴더 · /목록 이름: 보기 · /폴더 이름 끔: 없애기',
  ),
  noFolders: both(
    'There are no folders: /folder NAME puts this room into one.',
    '폴더가 없습니다: /폴더 이름 으로 만드세요.',
  ),
  askDropFolder: both(
    (name: string) => `Drop the folder “${name}”? Its rooms stay.`,
    (name) => `“${name}” 폴더를 없앨까요? 대화방은 그대로 있습니다.`,
  ),
  inFolder: both(
    (name: string) => `In the folder “${name}”: /list ${name}`,
    (name) => `“${name}” 폴더에 넣었습니다: /list ${name}`,
  ),
  outOfFolder: both(
    (name: string) => `No longer in the folder “${name}”.`,
    (name) => `“${name}” 폴더에서 뺐습니다.`,
  ),
  noFolder: both(
    (name: string) => `There is no folder “${name}”: /folder NAME puts this room into one.`,
    (name) => `“${name}” 폴더가 없습니다: /folder 이름 으로 만드세요.`,
  ),
  quickReplies: both('Quick replies', '빠른 답장'),
  noQuickReplies: both(
    'There are no quick replies yet: /q-add NAME TEXT keeps one.',
    '빠른 답장이 없습니다: /q-add 이름 내용 으로 추가하세요.',
  ),
  noQuickReply: both(
    (name: string) => `There is no quick reply “${name}”.`,
    (name) => `“${name}” 빠른 답장이 없습니다.`,
  ),
  quickReplyKept: both(
    (name: string) => `Kept: /q ${name} sends it, on all your devices.`,
    (name) => `추가했습니다: /q ${name} (으)로 보냅니다 (모든 기기).`,
  ),
  quickReplyGone: both(
    (name: string) => `“${name}” is no quick reply any more.`,
    (name) => `“${name}” 빠른 답장을 지웠습니다.`,
  ),
  linesDraft: both(
    (text: string) => `Not sent yet: ${text}`,
    (text) => `아직 보내지 않은 글: ${text}`,
  ),
  linesKept: both(
    (how: string) => ` ${how}.`,
    (how) => ` ${how}.`,
  ),
} as const;
