import type { Language } from '../texts/language.ts';
import { CHANNEL_SLASH_COMMANDS, GROUP_SLASH_COMMANDS } from './group-slash-commands.ts';
import { PEOPLE_COMMANDS } from './people-slash-commands.ts';
import { command, type SlashCommand } from './slash-command.ts';

/** The commands that are written with a slash, as help shows them. */
export const SLASH_COMMANDS: readonly SlashCommand[] = [
  command(
    'dm',
    ['대화'],
    ['@HANDLE [TEXT]', '@아이디 [내용]'],
    ['Talk with somebody.', '한 사람과 대화합니다.'],
  ),
  command(
    'group',
    ['그룹'],
    ['NAME @A @B… [since-joined]', '이름 @A @B… [참여후]'],
    [
      'Make a group; since-joined: who joins later reads nothing of before.',
      '그룹을 만듭니다. 참여후: 나중에 온 사람은 이전 대화를 못 봅니다.',
    ],
  ),
  ...CHANNEL_SLASH_COMMANDS,
  command('go', ['이동'], ['ROOM', '대화방'], ['Go to a room (Ctrl+G).', '대화방으로 갑니다 (Ctrl+G).']),
  command(
    'unread',
    ['안읽음'],
    ['', ''],
    ['Go to the first unread message (Alt+U).', '첫 번째 읽지 않은 메시지로 갑니다 (Alt+U).'],
  ),
  command(
    'mention',
    ['멘션'],
    ['', ''],
    ['Go to the next unread message that names you (Alt+M).', '나를 부른 다음 메시지로 갑니다 (Alt+M).'],
  ),
  command(
    'search',
    ['검색'],
    ['WORDS', '내용'],
    ['Find in what is loaded (Ctrl+F).', '불러온 메시지에서 찾습니다 (Ctrl+F).'],
  ),
  command('members', ['구성원'], ['', ''], ['Who is in this room.', '구성원을 봅니다.']),
  command(
    'add',
    ['초대'],
    ['@A @B… | LINK', '@A @B… | 링크'],
    ['Add people to this group, or a contact by a link.', '그룹에 초대하거나, 링크로 친구 요청을 합니다.'],
    'add',
  ),
  command(
    'remove',
    ['내보내기'],
    ['@HANDLE', '@아이디'],
    ['Remove somebody from this room.', '대화방에서 내보냅니다.'],
    'remove',
  ),
  command(
    'rename',
    ['이름'],
    ['NAME', '이름'],
    ['Name this room anew.', '대화방 이름을 바꿉니다.'],
    'rename',
  ),
  command(
    'describe',
    ['소개'],
    ['[TEXT]', '[내용]'],
    ['Say what this room is for.', '대화방 소개를 씁니다.'],
    'describe',
  ),
  ...GROUP_SLASH_COMMANDS,
  command(
    'timer',
    ['타이머'],
    ['1h | 1d | off', '1시간 | 1일 | 끔'],
    ['How long messages stay from now on.', '메시지가 사라질 때까지의 시간을 정합니다.'],
    'set-timer',
  ),
  command(
    'later',
    ['나중에'],
    ['18:30 | tomorrow 9:00 | 2h TEXT', '18:30 | 내일 9:00 | 2시간 내용'],
    ['Have a message sent at a time.', '정한 시각에 메시지를 보냅니다.'],
  ),
  command(
    'scheduled',
    ['예약'],
    ['[NUMBER TIME [TEXT] | retry N | cancel N]', '[번호 시각 [내용] | 재전송 번호 | 취소 번호]'],
    ['What is to be sent here later; change it.', '나중에 보낼 메시지를 보거나 바꿉니다.'],
  ),
  command(
    'link-device',
    ['기기연결'],
    ['CODE [no]', '코드 [거절]'],
    ['Let a new device of yours in, by the code that it shows.', '새 기기에 보이는 코드로 연결합니다.'],
  ),
  command('leave', ['나가기'], ['', ''], ['Leave this room.', '대화방에서 나갑니다.']),
  command('name', ['내이름'], ['NAME', '이름'], ['Change what you are called.', '내 이름을 바꿉니다.']),
  command(
    'status',
    ['상태'],
    ['[TEXT]', '[내용]'],
    ['Say in a line how you are.', '내 상태를 한 줄로 적습니다.'],
  ),
  command(
    'avatar',
    ['사진'],
    ['FILE | off', '파일 | 끔'],
    ['Your picture: PNG, JPEG or WebP.', '내 사진: PNG, JPEG, WebP.'],
  ),
  command(
    'settings',
    ['설정'],
    ['[NAME VALUE]', '[이름 값]'],
    ['Who may find you, write to you, add you.', '누가 나를 찾고, 쓰고, 초대할 수 있는지.'],
  ),
  command('whois', ['누구'], ['@HANDLE', '@아이디'], ['Who somebody is.', '누구인지 봅니다.']),
  command(
    'forget',
    ['잊기'],
    ['', ''],
    ['Drop what is kept here of a room you are out of.', '나간 대화방의 남은 대화를 지웁니다.'],
  ),
  command(
    'whole',
    ['전체'],
    ['', ''],
    ['Read all of the last long message.', '마지막 긴 메시지를 모두 봅니다.'],
  ),
  command(
    'edit',
    ['수정'],
    ['[TEXT]', '[내용]'],
    ['Edit your last message.', '마지막 내 메시지를 고칩니다.'],
  ),
  command(
    'delete',
    ['삭제'],
    ['', ''],
    ['Delete your last message for everybody.', '마지막 내 메시지를 모두에게서 삭제합니다.'],
  ),
  command('reply', ['답장'], ['TEXT', '내용'], ['Answer the last message.', '마지막 메시지에 답장합니다.']),
  command(
    'forward',
    ['전달'],
    ['[anon] ROOM, ROOM…', '[익명] 대화방, 대화방…'],
    ['Send the last message on; anon: not saying whose.', '마지막 메시지를 전달합니다. 익명: 쓴 사람 없이.'],
  ),
  command('jump', ['원문'], ['', ''], ['Go to what a message answers.', '답장한 원래 메시지로 갑니다.']),
  command(
    'pin',
    ['고정'],
    ['', ''],
    ['Pin the last message, or take it down.', '마지막 메시지를 고정하거나 고정 해제합니다.'],
    'pin',
  ),
  command(
    'pins',
    ['고정목록'],
    ['[NUMBER]', '[번호]'],
    ['What is pinned, or go to one.', '고정된 메시지를 보거나 그곳으로 갑니다.'],
  ),
  command(
    'versions',
    ['수정내역'],
    ['', ''],
    ['What an edited message said before.', '수정된 메시지의 이전 내용을 봅니다.'],
  ),
  command(
    'react',
    ['반응'],
    ['EMOJI', '이모지'],
    ['Put an emoji on the last message, or take it off.', '마지막 메시지에 반응하거나 취소합니다.'],
  ),
  command('reactions', ['반응보기'], ['', ''], ['Who reacted to a message.', '누가 반응했는지 봅니다.']),
  command(
    'retry',
    ['재전송'],
    ['[all]', '[모두]'],
    ['Send again what failed here.', '보내지 못한 메시지를 다시 보냅니다.'],
  ),
  command(
    'discard',
    ['버리기'],
    ['[all]', '[모두]'],
    ['Drop what failed here.', '보내지 못한 메시지를 버립니다.'],
  ),
  command('read', ['읽음'], ['', ''], ['Mark this room as read.', '모두 읽은 것으로 합니다.']),
  command('mark', ['표시'], ['', ''], ['Mark this room as unread.', '읽지 않은 것으로 표시합니다.']),
  command(
    'mute',
    ['음소거'],
    ['[1h|8h|7d|off] [all]', '[1시간|8시간|7일|끔] [모두]'],
    [
      'Be told nothing of this room but mentions; with all, nothing.',
      '이 방의 알림을 끕니다 (언급 제외; 모두: 언급도).',
    ],
  ),
  command('archive', ['보관'], ['', ''], ['Put this room away, or back.', '대화방을 보관하거나 되돌립니다.']),
  command(
    'pin-room',
    ['방고정'],
    ['', ''],
    ['Keep this room at the top, or not.', '맨 위에 고정하거나 풉니다.'],
  ),
  command(
    'hide',
    ['숨기기'],
    ['', ''],
    [
      'Delete the chosen or last message for you alone.',
      '선택한 (또는 마지막) 메시지를 나에게서만 삭제합니다.',
    ],
  ),
  command(
    'star',
    ['별표'],
    ['', ''],
    ['Star the chosen or last message, or not.', '메시지에 별표를 붙이거나 뗍니다.'],
  ),
  command(
    'stars',
    ['별표목록'],
    ['[NUMBER]', '[번호]'],
    ['Starred messages of this room, or go to one.', '별표한 메시지를 보거나 그곳으로 갑니다.'],
  ),
  command(
    'folder',
    ['폴더'],
    ['[NAME [off]]', '[이름 [끔]]'],
    [
      'List folders; put this room into one or out; drop one.',
      '폴더를 보거나, 이 방을 넣거나 빼거나, 없앱니다.',
    ],
  ),
  command(
    'list',
    ['목록'],
    ['[FOLDER]', '[폴더]'],
    ['List the rooms of a folder; without one, all.', '폴더의 대화방만 봅니다. 이름이 없으면 모두.'],
  ),
  command(
    'q',
    ['빠른답장'],
    ['[NAME]', '[이름]'],
    ['Send a quick reply; without a name, list them.', '빠른 답장을 보냅니다. 이름이 없으면 목록.'],
  ),
  command(
    'q-add',
    ['빠른답장추가'],
    ['NAME TEXT', '이름 내용'],
    ['Keep a text as a quick reply.', '빠른 답장을 추가합니다.'],
  ),
  command('q-remove', ['빠른답장삭제'], ['NAME', '이름'], ['Drop a quick reply.', '빠른 답장을 지웁니다.']),
  command(
    'report',
    ['신고'],
    ['[WHY]', '[사유]'],
    ['Report a message to administrators.', '메시지를 관리자에게 신고합니다.'],
  ),
  ...PEOPLE_COMMANDS,
  command('failed', ['실패'], ['', ''], ['What was refused for good.', '거부된 것을 봅니다.']),
  command(
    'mouse',
    ['마우스'],
    ['', ''],
    ['Leave the mouse to the terminal, or take it.', '마우스를 켜거나 끕니다.'],
  ),
  command('help', ['도움말', '?'], ['', ''], ['Show all this.', '도움말을 봅니다.']),
  command('quit', ['종료', 'exit'], ['', ''], ['Leave (or Ctrl+C twice).', '끝냅니다 (또는 Ctrl+C 두 번).']),
];

export function findSlash(name: string): SlashCommand | undefined {
  const given = name.normalize('NFC').toLowerCase();
  return SLASH_COMMANDS.find((each) => each.name === given || each.also.includes(given));
}

/** How a command is written, for people. */
export function usageOf({ name, takes }: SlashCommand, language: Language): string {
  return takes[language] === '' ? `/${name}` : `/${name} ${takes[language]}`;
}
