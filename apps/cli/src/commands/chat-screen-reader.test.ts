import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ChatTown, chat, screenTest } from '../testing/chat-town.ts';
import { tailTexts } from '../testing/tail-texts.ts';

// `maru chat` in lines: nothing is written but them.

let town: ChatTown;
beforeAll(async () => {
  town = await ChatTown.start();
});
afterAll(() => town[Symbol.asyncDispose]());

describe('for a screen reader', () => {
  screenTest('lines are appended and nothing else is written', async () => {
    const { mina, jun } = await town.acquainted('안녕');
    await using pane = await chat(jun, '--screen-reader', { environment: { LANG: 'ko_KR.UTF-8' } });
    const file = path.join(jun.state, 'written');
    await pane.tmux('pipe-pane', '-o', `cat > ${file}`);
    await pane.sees('연결 상태: 연결됨.');
    await pane.sees(/대화방: Mina\./);
    await mina.person.run('send', `@${jun.handle}`, 'two\nlines \x1b[2J');
    await pane.sees(/Mina, \d\d:\d\d: two\n {2}lines \ufffd\[2J/);
    await pane.type('하나\\');
    await pane.press('Enter');
    await pane.type('둘');
    await pane.press('Enter');
    await pane.type('/members');
    await pane.press('Enter');
    await pane.sees('Mina 구성원 · 2');
    await pane.type('/quit');
    await pane.press('Enter');
    await pane.sees('ended with 0');
    await using tail = mina.person.tail('--json');
    expect(tailTexts(await tail.take(4))).toEqual([undefined, '안녕', 'two\nlines \x1b[2J', '하나\n둘']);
    expect(readFileSync(file, 'utf8').replaceAll('\r\n', '\n')).not.toMatch(/[^\P{Cc}\n]/u);
  });

  screenTest('is how a simple terminal is used', async () => {
    const { jun } = await town.acquainted('hello');
    await using pane = await chat(jun, '', { terminal: 'dumb' });
    await pane.sees(/Mina, \d\d:\d\d: hello/);
    await pane.press('C-c');
    await pane.sees('Press Ctrl+C again');
    await pane.press('C-c');
    await pane.sees('ended with 0');
  });

  test('works in a pipe, and without --screen-reader says that it needs a terminal', async () => {
    const { mina, jun } = await town.pair();
    expect(await mina.person.pipe('', 'chat')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--screen-reader'),
    });
    const ran = await mina.person.pipe('/help\nhello\n', 'chat', `@${jun.handle}`, '--screen-reader');
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toContain('/dm @HANDLE');
    // It is on its way, if it has not arrived.
    await mina.person.run('send', `@${jun.handle}`, 'second');
    await using tail = jun.person.tail('--json');
    expect(tailTexts(await tail.take(3))).toEqual([undefined, 'hello', 'second']);
  });
});
