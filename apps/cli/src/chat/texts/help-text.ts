import { SLASH_COMMANDS, usageOf } from '../state/slash-commands.ts';
import { widthOf } from '../text/clusters.ts';
import { fitText } from '../text/fit-text.ts';
import type { Language } from './language.ts';

const KEYS: Readonly<Record<Language, readonly (readonly [keys: string, does: string])[]>> = {
  en: [
    ['Enter', 'Send.'],
    ['Alt+Enter, Ctrl+J', 'New line (Shift+Enter too, where the terminal tells it).'],
    ['Tab', 'Take what is offered: commands, @people, rooms.'],
    ['Alt+↑ Alt+↓', 'Previous and next room (also Ctrl+P, Ctrl+N).'],
    ['Alt+1 … Alt+9', 'The first nine rooms.'],
    ['Alt+U', 'First unread message, then the next room with some.'],
    ['Alt+M', 'Next unread message that names you.'],
    ['Ctrl+G', 'Go to a room by its name.'],
    ['Ctrl+F, F3', 'Search.'],
    ['PageUp PageDown', 'Scroll (Shift+↑ and Shift+↓ by a row, the wheel by some).'],
    ['Ctrl+Home Ctrl+End', 'Beginning and end of the conversation.'],
    [
      '↑ ↓ with nothing written',
      'Choose a message: r answers, j goes to what it answers, p pins, f sends on, e edits, v shows earlier versions, d deletes, 1–6 react (👍 ❤️ 😂 😮 😢 🙏), Enter shows all of it.',
    ],
    ['Ctrl+O', 'The list of rooms, where the window is narrow.'],
    ['Ctrl+A E U K W Y', 'As in a shell.'],
    ['Ctrl+L', 'Draw anew.'],
    ['Ctrl+Z', 'Stop for now; fg comes back.'],
    ['Esc', 'Back, close, cancel.'],
    [
      '**bold** _italic_ ~~no~~',
      'Also `code`, ||spoiler||, > quote, - list; a backslash leaves a mark as it is.',
    ],
    ['@handle, ＠handle', 'Name somebody. @all: everybody, where the group lets you (/rights).'],
    ['?, F1', 'This help. A ? with nothing written opens it, a second one is written.'],
    ['Ctrl+C Ctrl+C', 'Leave.'],
  ],
  ko: [
    ['Enter', '보내기'],
    ['Alt+Enter, Ctrl+J', '줄바꿈 (터미널이 알려주면 Shift+Enter도)'],
    ['Tab', '제안된 것을 입력: 명령, @사람, 대화방'],
    ['Alt+↑ Alt+↓', '이전·다음 대화방 (Ctrl+P, Ctrl+N도)'],
    ['Alt+1 … Alt+9', '앞의 아홉 대화방'],
    ['Alt+U', '첫 번째 읽지 않은 메시지, 그다음 읽지 않은 대화방'],
    ['Alt+M', '나를 부른 읽지 않은 다음 메시지'],
    ['Ctrl+G', '이름으로 대화방 찾아가기'],
    ['Ctrl+F, F3', '검색'],
    ['PageUp PageDown', '스크롤 (Shift+↑, Shift+↓ 한 줄씩, 마우스 휠도)'],
    ['Ctrl+Home Ctrl+End', '대화의 처음과 끝'],
    [
      '입력창이 비었을 때 ↑ ↓',
      '메시지 선택: r 답장, j 원문, p 고정, f 전달, e 수정, v 수정 내역, d 삭제, 1–6 반응 (👍 ❤️ 😂 😮 😢 🙏), Enter 전체 보기',
    ],
    ['Ctrl+O', '좁은 창에서 대화방 목록'],
    ['Ctrl+A E U K W Y', '셸과 같음'],
    ['Ctrl+L', '다시 그리기'],
    ['Ctrl+Z', '잠시 멈춤, fg로 돌아옴'],
    ['Esc', '뒤로, 닫기, 취소'],
    ['**굵게** _기울임_ ~~취소~~', '`코드`, ||스포일러||, > 인용, - 목록도; 역슬래시는 기호를 그대로 둡니다'],
    ['@아이디, ＠아이디', '누군가를 부릅니다. @all: 모두 (그룹의 권한에 따라, /권한)'],
    ['?, F1', '이 도움말. 빈 입력창에서 ?를 누르면 열리고, 한 번 더 누르면 글자로 들어갑니다'],
    ['Ctrl+C Ctrl+C', '끝내기'],
  ],
};

/** What is explained stands in so many columns. */
const LEFT_COLUMNS = 24;

/** Whole, also where it is longer. */
function left(text: string): string {
  return widthOf(text) > LEFT_COLUMNS ? `${text} ` : fitText(text, LEFT_COLUMNS);
}

/** All commands, one a line. */
function commandsText(language: Language): string {
  return SLASH_COMMANDS.map((command) => {
    const also = language === 'ko' ? `  ${command.also.map((name) => `/${name}`).join(' ')}` : '';
    return `${left(usageOf(command, language))} ${command.does[language]}${also}`;
  }).join('\n');
}

/** Commands and keys. */
export function helpText(language: Language): string {
  const keys = KEYS[language].map(([key, does]) => `${left(key)} ${does}`);
  return [commandsText(language), '', ...keys].join('\n');
}
