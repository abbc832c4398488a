import { command, type SlashCommand } from './slash-command.ts';

/** Those about channels. */
export const CHANNEL_SLASH_COMMANDS: readonly SlashCommand[] = [
  command(
    'channel',
    ['채널'],
    ['[closed] NAME', '[비공개] 이름'],
    ['Make a channel; a closed one is by links alone.', '채널을 만듭니다. 비공개: 링크로만 들어옵니다.'],
  ),
  command(
    'channels',
    ['채널찾기'],
    ['[WORDS]', '[검색어]'],
    ['Find public channels.', '공개 채널을 찾습니다.'],
  ),
];

/** Those about roles, rights and links. */
export const GROUP_SLASH_COMMANDS: readonly SlashCommand[] = [
  command(
    'role',
    ['역할'],
    ['@HANDLE ROLE', '@아이디 역할'],
    ['Make somebody owner, admin or member.', '역할을 정합니다: 소유자, 관리자, 구성원.'],
  ),
  command(
    'rights',
    ['권한'],
    ['[RIGHT WHO]', '[권한 누구]'],
    ['Who may do what here: /rights send admins.', '누가 무엇을 할 수 있는지: /권한 send 관리자'],
  ),
  command(
    'slow',
    ['느리게'],
    ['SECONDS', '초'],
    ['Seconds between two messages of a member; 0: none.', '구성원의 메시지 사이 간격(초). 0이면 없음.'],
    'set-slow-mode',
  ),
  command(
    'history',
    ['이전대화'],
    ['[all | since-joined]', '[모두 | 참여후]'],
    ['What those who join may read of before.', '새 구성원이 이전 대화를 볼 수 있는지.'],
  ),
  command(
    'link',
    ['링크'],
    ['[7d] [USES] [ask]', '[7d] [횟수] [승인]'],
    ['A link that lets people in: days, uses, or ask.', '들어오는 링크를 만듭니다: 기한, 횟수, 승인.'],
    'add',
  ),
  command(
    'links',
    ['링크들'],
    ['', ''],
    ['Links into this room, and who asks.', '링크와 참여 요청을 봅니다.'],
    'add',
  ),
  command(
    'unlink',
    ['링크삭제'],
    ['NUMBER', '번호'],
    ['Revoke a link of /links.', '/links의 링크를 없앱니다.'],
  ),
  command(
    'join',
    ['참여'],
    ['LINK | CHANNEL', '링크 | 채널'],
    ['Come in by a link, or into a channel.', '링크로, 또는 공개 채널에 들어갑니다.'],
  ),
  command(
    'admit',
    ['참여수락'],
    ['@HANDLE', '@아이디'],
    ['Let in who asks to join.', '참여 요청을 받아들입니다.'],
    'add',
  ),
  command(
    'decline',
    ['참여거절'],
    ['@HANDLE', '@아이디'],
    ['Do not let in who asks to join.', '참여 요청을 거절합니다.'],
    'add',
  ),
];
