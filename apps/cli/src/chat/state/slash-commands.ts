import type { Language } from '../texts/language.ts';

/** The commands that are written with a slash: their one name in code, and what people may write for it. */
export interface SlashCommand {
  readonly name: SlashName;
  /** Further names. */
  readonly also: readonly string[];
  /** What follows the name. */
  readonly takes: Readonly<Record<Language, string>>;
  readonly does: Readonly<Record<Language, string>>;
}

export type SlashName =
  | 'dm'
  | 'group'
  | 'go'
  | 'unread'
  | 'search'
  | 'members'
  | 'add'
  | 'remove'
  | 'rename'
  | 'describe'
  | 'leave'
  | 'contacts'
  | 'request'
  | 'accept'
  | 'refuse'
  | 'block'
  | 'unblock'
  | 'remove-contact'
  | 'failed'
  | 'whole'
  | 'edit'
  | 'delete'
  | 'reply'
  | 'retry'
  | 'discard'
  | 'read'
  | 'mark'
  | 'mouse'
  | 'help'
  | 'quit';

const command = (
  name: SlashName,
  also: readonly string[],
  takes: readonly [en: string, ko: string],
  does: readonly [en: string, ko: string],
): SlashCommand => ({
  name,
  also,
  takes: { en: takes[0], ko: takes[1] },
  does: { en: does[0], ko: does[1] },
});

export const SLASH_COMMANDS: readonly SlashCommand[] = [
  command(
    'dm',
    ['대화'],
    ['@HANDLE [TEXT]', '@아이디 [내용]'],
    ['Talk with somebody.', '한 사람과 대화합니다.'],
  ),
  command('group', ['그룹'], ['NAME @A @B…', '이름 @A @B…'], ['Make a group.', '그룹을 만듭니다.']),
  command('go', ['이동'], ['ROOM', '대화방'], ['Go to a room (Ctrl+G).', '대화방으로 갑니다 (Ctrl+G).']),
  command(
    'unread',
    ['안읽음'],
    ['', ''],
    ['Go to the first unread message (Alt+U).', '첫 번째 읽지 않은 메시지로 갑니다 (Alt+U).'],
  ),
  command(
    'search',
    ['검색'],
    ['WORDS', '내용'],
    ['Find in what is loaded (Ctrl+F).', '불러온 메시지에서 찾습니다 (Ctrl+F).'],
  ),
  command('members', ['구성원'], ['', ''], ['Who is in this room.', '구성원을 봅니다.']),
  command('add', ['초대'], ['@A @B…', '@A @B…'], ['Add people to this group.', '그룹에 초대합니다.']),
  command(
    'remove',
    ['내보내기'],
    ['@HANDLE', '@아이디'],
    ['Remove somebody from this group.', '그룹에서 내보냅니다.'],
  ),
  command('rename', ['이름'], ['NAME', '이름'], ['Name this group anew.', '그룹 이름을 바꿉니다.']),
  command('describe', ['소개'], ['[TEXT]', '[내용]'], ['Say what this group is for.', '그룹 소개를 씁니다.']),
  command('leave', ['나가기'], ['', ''], ['Leave this group.', '그룹에서 나갑니다.']),
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
    'contacts',
    ['친구'],
    ['', ''],
    ['Contacts, requests, and whom you block.', '친구, 요청, 차단한 사람을 봅니다.'],
  ),
  command(
    'request',
    ['요청'],
    ['@A [NOTE]', '@A [내용]'],
    ['Ask somebody to be a contact.', '친구 요청을 보냅니다.'],
  ),
  command('accept', ['수락'], ['[@A]', '[@A]'], ['Accept who asks or writes here.', '요청을 수락합니다.']),
  command(
    'refuse',
    ['거절'],
    ['[@A]', '[@A]'],
    ['Refuse; they are not told.', '거절합니다. 상대는 모릅니다.'],
  ),
  command(
    'block',
    ['차단'],
    ['[@A]', '[@A]'],
    ['Block who is here, chosen or named.', '이 사람을 차단합니다.'],
  ),
  command('unblock', ['차단해제'], ['[@A]', '[@A]'], ['End a block.', '차단을 풉니다.']),
  command(
    'remove-contact',
    ['친구삭제'],
    ['[@A]', '[@A]'],
    ['End it, or take a request back.', '친구를 삭제하거나 요청을 취소합니다.'],
  ),
  command('failed', ['실패'], ['', ''], ['What was refused for good.', '거부된 것을 봅니다.']),
  command(
    'mouse',
    ['마우스'],
    ['', ''],
    ['Leave the mouse to the terminal, or take it.', '마우스를 켜거나 끕니다.'],
  ),
  command('help', ['도움말'], ['', ''], ['Show all this.', '도움말을 봅니다.']),
  command('quit', ['종료', 'exit'], ['', ''], ['Leave (or Ctrl+C twice).', '끝냅니다 (또는 Ctrl+C 두 번).']),
];

/** What a line that was written is. */
export type Written =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'command'; readonly command: SlashCommand; readonly rest: string }
  | { readonly kind: 'unknown'; readonly name: string };

/** `/name rest` is a command; `//text` is the message `/text`; several lines, and paths like `/usr/bin`, are a message. */
export function readWritten(text: string): Written {
  if (text.startsWith('//')) return { kind: 'message', text: text.slice(1) };
  const [, name, rest = ''] = /^\/([\p{L}-]+)(?:\s+([\s\S]*))?$/u.exec(text.trim()) ?? [];
  if (name === undefined || !text.startsWith('/')) return { kind: 'message', text };
  const found = findSlash(name);
  return found === undefined
    ? { kind: 'unknown', name: `/${name}` }
    : { kind: 'command', command: found, rest: rest.trim() };
}

export function findSlash(name: string): SlashCommand | undefined {
  const given = name.normalize('NFC').toLowerCase();
  return SLASH_COMMANDS.find((each) => each.name === given || each.also.includes(given));
}

/** How a command is written, for people. */
export function usageOf({ name, takes }: SlashCommand, language: Language): string {
  return takes[language] === '' ? `/${name}` : `/${name} ${takes[language]}`;
}
