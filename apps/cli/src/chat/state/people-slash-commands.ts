import { command, type SlashCommand } from './slash-command.ts';

/** Those about what people are to each other. */
export const PEOPLE_COMMANDS: readonly SlashCommand[] = [
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
  command(
    'mylink',
    ['내링크'],
    ['[renew|revoke]', '[새로|삭제]'],
    ['Your link, by which others find you.', '나를 찾을 수 있는 링크를 봅니다.'],
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
    ['[@A] [--report WHY]', '[@A] [--신고 사유]'],
    ['Block who is here or named, and report them.', '차단합니다. 관리자에게 신고도 합니다.'],
  ),
  command('unblock', ['차단해제'], ['[@A]', '[@A]'], ['End a block.', '차단을 풉니다.']),
  command(
    'remove-contact',
    ['친구삭제'],
    ['[@A]', '[@A]'],
    ['End it, or take a request back.', '친구를 삭제하거나 요청을 취소합니다.'],
  ),
];
