import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { ChatTown, chat, golden, screenTest } from '../testing/chat-town.ts';

// What people write with marks, and how it looks on a real terminal.

let town: ChatTown;
beforeAll(async () => {
  town = await ChatTown.start();
});
afterAll(() => town[Symbol.asyncDispose]());

const WRITTEN = [
  '**중요**한 _말_ ~~취소~~ `let a = 1;` @jun00님',
  '> 인용한 말',
  '- 사과',
  '- 배',
  '```ts',
  'a ** b',
  '```',
  '정답은 ||서울||입니다. https://한국.kr에서 김*수',
];

const JUNS_SCREEN = [
  ' 대화방        @jun00 │ # 모두  2명, 2명 접속                          ● 연결됨',
  '──────────────────────│─────────────────────────────────────────────────────────',
  ' # 모두               │',
  '                      │',
  '                      │',
  '                      │',
  '                      │───────────────────────── 오늘 ──────────────────────────',
  '                      │ HH:MM · Mina님이 그룹 ‘모두’을(를) 만들었습니다',
  '                      │',
  '                      │────────────────── 여기부터 읽지 않음 ───────────────────',
  '                      │ Mina  HH:MM',
  '                      │ 중요한 말 취소 let a = 1; @jun00님',
  '                      │ │ 인용한 말',
  '                      │ • 사과',
  '                      │ • 배',
  '                      │   a ** b',
  '                      │ 정답은 ░░░░입니다. https://한국.kr에서 김*수',
  '                      │─────────────────────────────────────────────────────────',
  '                      │> 메시지를 입력하세요…',
  '                      │ Enter 보내기 · Alt+Enter 줄바꿈 · Alt+↑↓ 대화방 · /help',
];

/** The SGR parameters (ECMA-48 §8.3.117) in force where a text begins on a screen, at or behind another one. */
function stylesOf(screen: string, text: string, from = '굵게'): string[] {
  const at = screen.indexOf(text, screen.indexOf(from));
  expect(at).toBeGreaterThan(-1);
  // Of colours and of backgrounds one is in force; they have two digits, of which the first tells them apart.
  const inForce = new Map<string, string>();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  for (const [, codes = ''] of screen.slice(0, at).matchAll(/\x1b\[([\d;]*)m/g)) {
    for (const code of codes.split(';')) {
      const kind = code.length === 2 ? code.charAt(0) : `font ${code}`;
      if (code === '' || code === '0') inForce.clear();
      else if (code === '39' || code === '49') inForce.delete(kind);
      else inForce.set(kind, code);
    }
  }
  return [...inForce.values()].sort();
}

describe('what is written with marks', () => {
  screenTest('looks so on the other side, and spoilers wait to be chosen', async () => {
    const both = await town.pair();
    await using left = await chat(both.mina);
    await left.sees('● online');
    await left.type(`/group 모두 @${both.jun.handle}`);
    await left.press('Enter');
    await left.sees('Mina made the group ‘모두’');
    await left.paste(WRITTEN.join('\n').replace('@jun00', `@${both.jun.handle}`));
    await left.press('Enter');
    await left.sees(/김\*수 +✓$/m);
    const korean = { LANG: 'ko_KR.UTF-8' };
    await using right = await chat(both.jun, '', { environment: korean });
    expect(await right.settles(golden(both, ...JUNS_SCREEN))).toBe(golden(both, ...JUNS_SCREEN));
    const coloured = await right.screen('-e');
    for (const [text, ...codes] of [
      ['중요', '1', '36'],
      ['말', '3', '36'],
      ['취소', '9', '36'],
      ['let a = 1;', '35'],
      [`@${both.jun.handle}`, '1', '36'],
    ] as const) {
      expect(stylesOf(coloured, text, '중요')).toEqual([...codes].sort());
    }
    await right.press('Up');
    await right.sees('정답은 서울입니다.');
    await right.press('Escape');
    await right.sees('정답은 ░░░░입니다.');
  });

  screenTest('is found by who is named in it, wherever it is', async () => {
    const both = await town.pair();
    await using left = await chat(both.mina);
    await using right = await chat(both.jun);
    for (const pane of [left, right]) await pane.sees('● online');
    await left.type(`/group 팀 @${both.jun.handle}`);
    await left.press('Enter');
    await left.sees('Mina made the group ‘팀’');
    await right.sees(/# 팀/);
    await left.type(`/dm @${both.jun.handle} hi`);
    await left.press('Enter');
    await right.sees(/ Mina +1 /);
    // Of somebody to whom nothing was written yet: it stands behind the conversations.
    await right.press('M-2');
    await right.sees('hi');
    await left.press('M-2');
    await left.sees('# 팀  2 members');
    for (const text of ['하나', `봐@${both.jun.handle}님`, '셋', '@all 넷']) {
      await left.type(text);
      await left.press('Enter');
    }
    await right.sees(/# 팀 +@2 4 │/);
    await right.press('M-m');
    await right.sees(new RegExp(`▌봐@${both.jun.handle}님`));
    // All of it is on the screen, and with that read.
    await right.sees(/# 팀 +│/);
    await right.press('M-m');
    await right.sees('No unread message names you.');
  });

  screenTest('has its weights without colours', async () => {
    const { jun } = await marked('**굵게** _기운_ `code` https://example.org');
    await using pane = await chat(jun, '', { environment: { NO_COLOR: '1' } });
    await pane.sees('굵게 기운 code');
    const screen = await pane.screen('-e');
    expect(stylesOf(screen, '굵게')).toEqual(['1']);
    expect(stylesOf(screen, '기운')).toEqual(['3']);
    expect(stylesOf(screen, 'code')).toEqual(['2']);
    expect(stylesOf(screen, 'https://example.org')).toContain('4');
  });

  screenTest('is read aloud as words, and what is hidden when it is asked for', async () => {
    const { jun } = await marked('> **인용**\n답은 ||서울||');
    await using pane = await chat(jun, '--screen-reader', { environment: { LANG: 'ko_KR.UTF-8' } });
    await pane.sees(/Mina, \d\d:\d\d: > 인용\n {2}답은 \(스포일러: \/전체\)/);
    await pane.type('/전체');
    await pane.press('Enter');
    await pane.sees('답은 서울');
  });

  screenTest('is edited as it was written, and sent to the byte with --plain', async () => {
    const { mina, jun } = await marked('**굵게** snake_case');
    await using pane = await chat(mina, '--no-mouse');
    await pane.sees('굵게 snake_case');
    await pane.type('/edit');
    await pane.press('Enter');
    await pane.sees('✎ **굵게** snake_case');
    await pane.press('C-u');
    await pane.type('\\*별\\* _끝_');
    await pane.press('Enter');
    await pane.sees(/\*별\* 끝/);
    await pane.type('/quit');
    await pane.press('Enter');
    await pane.sees('ended with 0');
    await using plain = await chat(jun, '--plain');
    await plain.sees('*별* 끝');
    await plain.type('**그대로**');
    await plain.press('Enter');
    await plain.sees('**그대로**  ');
  });
});

test('is given to scripts as text and entities, or as it is written', async () => {
  const { mina, jun } = await marked('**굵게** _기운_ ||비밀||');
  await using json = jun.person.tail('--json');
  const [, record] = (await json.take(2)).map((line) => JSON.parse(line));
  expect(record).toMatchObject({
    text: '굵게 기운 비밀',
    entities: [
      { type: 'bold', offset: 0, length: 2 },
      { type: 'italic', offset: 3, length: 2 },
      { type: 'spoiler', offset: 6, length: 2 },
    ],
  });
  await using written = mina.person.tail('--markup');
  expect((await written.take(2))[1]).toEndWith('Mina: **굵게** _기운_ ||비밀||');
  await mina.person.run('send', `@${jun.handle}`, '**그대로**');
  expect(JSON.parse((await json.take(1))[0] ?? '{}')).toMatchObject({ text: '**그대로**' });
});

/** Two people, one of whom has written this with marks to the other. */
async function marked(written: string) {
  const both = await town.pair();
  await both.mina.person.run('send', '--markup', `@${both.jun.handle}`, written);
  return both;
}
