import { afterAll, beforeAll, describe, expect } from 'bun:test';
import { ChatTown, chat, golden, type Pair, screenTest } from '../testing/chat-town.ts';
import { tailTexts } from '../testing/tail-texts.ts';
import type { TmuxPane } from '../testing/tmux-pane.ts';

// `maru chat` in a real terminal, against a real server: what people see. The screens are written out as they are.

let town: ChatTown;
beforeAll(async () => {
  town = await ChatTown.start();
});
afterAll(() => town[Symbol.asyncDispose]());

const MINAS_SCREEN = [
  ' Rooms        @mina00 │ 준 @jun00  ● active                            ● online',
  '──────────────────────│─────────────────────────────────────────────────────────',
  ' ● 준                 │',
  '                      │',
  '                      │',
  '                      │',
  '                      │',
  '                      │',
  '                      │───────────────────────── Today ─────────────────────────',
  '                      │ HH:MM · Mina began this conversation',
  '                      │',
  '                      │ Mina  HH:MM',
  '                      │ 안녕, Jun! 漢字 かな                            read ✓✓',
  '                      │',
  '                      │ 준  HH:MM',
  '                      │ 안녕하세요!',
  '                      │ 두 번째 줄',
  '                      │─────────────────────────────────────────────────────────',
  '                      │> Write a message…',
  '                      │ Enter sends · Alt+Enter new line · Alt+↑↓ rooms · /help',
];

const MINAS_NARROW_SCREEN = [
  ' 준 @jun00  ● active           ● online',
  '────────────────────────────────────────',
  ' conversation',
  ' Mina  HH:MM',
  ' 안녕, Jun! 漢字 かな           read ✓✓',
  ' 준  HH:MM',
  ' 안녕하세요!',
  ' 두 번째 줄',
  '────────────────────────────────────────',
  '> Write a message…',
  ' Enter sends · Alt+Enter new line',
];

async function shows(pane: TmuxPane, both: Pair, rows: readonly string[]): Promise<void> {
  const screen = golden(both, ...rows);
  expect(await pane.settles(screen)).toBe(screen);
}

describe('two people', () => {
  screenTest(
    'have a first conversation, each in their language, and make their windows smaller',
    async () => {
      const both = await town.pair();
      await using left = await chat(both.mina);
      await using right = await chat(both.jun, '', { environment: { LANG: 'ko_KR.UTF-8' } });
      await left.sees('● online');
      await right.sees('● 연결됨');
      await left.type(`/dm @${both.jun.handle}`);
      await left.press('Enter');
      await left.sees('Mina began this conversation');
      await left.type('안녕, Jun! 漢字 かな');
      await left.press('Enter');
      await right.sees(/Mina +1 │/);
      await right.press('M-Down');
      await right.sees('여기부터 읽지 않음');
      await right.type('안녕하세요!');
      await right.press('C-j');
      await right.type('두 번째 줄');
      await right.press('Enter');
      await shows(left, both, MINAS_SCREEN);
      await left.resize(40, 11);
      await shows(left, both, MINAS_NARROW_SCREEN);
      await left.resize(80, 20);
      await shows(left, both, MINAS_SCREEN);
      await right.type('그리고');
      await left.sees('준 is typing…');
    },
  );

  screenTest('see how far a message is: stored, on the other device, read', async () => {
    const { mina, jun } = await town.pair();
    await jun.person.run('send', `@${mina.handle}`, 'zero');
    await mina.person.run('send', `@${jun.handle}`, 'one');
    await using left = await chat(mina);
    await left.sees(/one +✓$/m);
    await using right = await chat(jun, '--no-mouse', { rows: 5, columns: 80 });
    await left.sees(/one +✓✓$/m);
    // Too small to read it: now it is on the screen.
    expect(await right.screen()).toBe('Too small');
    await right.resize(80, 20);
    await left.sees(/one +read ✓✓$/m);
  });

  screenTest('write Korean syllable by syllable', async () => {
    const { jun } = await town.acquainted('hello');
    await using pane = await chat(jun);
    await pane.sees('hello');
    const row = 18;
    const places: string[] = [];
    for (const syllable of ['마', '루', '에', '서']) {
      await pane.type(syllable);
      await pane.sees((screen) => screen.split('\n')[row]?.endsWith(syllable) === true);
      places.push(await pane.ask('#{cursor_x},#{cursor_y}'));
    }
    // The cursor stands behind each syllable, where an input method draws the next one.
    expect(places).toEqual(['27,18', '29,18', '31,18', '33,18']);
    await pane.press('BSpace');
    await pane.sees(/> 마루에$/m);
    await pane.press('Left', 'Left');
    await pane.type('한');
    await pane.sees(/> 마한루에$/m);
    expect(await pane.ask('#{cursor_x}')).toBe('29');
  });
});

const ESC = '\x1b';
const COLOUR = new RegExp(`${ESC}\\[[\\d;]*[34][0-7][\\d;]*m`);

describe('the terminal', () => {
  screenTest('shows colours, and with NO_COLOR none', async () => {
    const { jun, mina } = await town.acquainted('hello');
    await using plain = await chat(jun, '', { environment: { NO_COLOR: '1' } });
    await using coloured = await chat(mina);
    for (const pane of [plain, coloured]) await pane.sees(/●[\s\S]*hello/);
    const codes = (pane: TmuxPane) => pane.screen('-e');
    expect(await codes(plain)).not.toMatch(COLOUR);
    expect(await codes(plain)).toContain(`${ESC}[1m`);
    expect(await codes(coloured)).toMatch(COLOUR);
  });

  screenTest('never obeys what people write', async () => {
    const { jun } = await town.acquainted('\x1b]2;owned\x07\x1b[2J\x1b[Hevil\u202etxt\u2069 \x9b31m end');
    await using pane = await chat(jun);
    const screen = await pane.sees('evil');
    expect(screen).toContain('\ufffd]2;owned\ufffd\ufffd[2J\ufffd[Hevil\ufffdtxt\ufffd \ufffd31m end');
    expect(screen).toContain(' Rooms');
    expect(await pane.ask('#{pane_title}')).not.toContain('owned');
  });

  screenTest('keeps its columns beside characters of which it thinks otherwise', async () => {
    const odd = [
      '👨‍👩‍👧‍👦 end',
      '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F} end',
      'e\u0301\u0323 end',
      '👋🏽 end',
      '한\u200b글 end',
    ];
    const { jun } = await town.acquainted(...odd);
    await using pane = await chat(jun);
    const screen = await pane.sees((shown) => shown.split(' end').length > odd.length);
    const rows = screen.split('\n').filter((row) => row.endsWith(' end'));
    // Two columns each, one for the letter with marks, four for the last.
    const widths = rows.map(
      (row) => Bun.stringWidth(row.slice(0, -' end'.length)) - Bun.stringWidth(`${' '.repeat(22)}│ `),
    );
    expect(widths).toEqual([2, 2, 1, 2, 4]);
  });

  screenTest('is not held up by a message of 100,000 characters', async () => {
    const { mina, jun } = await town.acquainted('hello');
    await using left = await chat(mina);
    await using right = await chat(jun);
    for (const pane of [left, right]) await pane.sees('hello');
    const text = `${'긴 글 '.repeat(24_999)}긴 글!`;
    await left.paste(text);
    await left.sees(/긴 글!$/m);
    await left.type('!');
    await left.sees(/긴 글!!$/m);
    await left.press('BSpace', 'Enter');
    await right.sees('100,000 characters in all');
    await right.press('Up', 'Enter');
    await right.sees('Message of Mina');
    await right.press('End');
    await right.sees('긴 글!');
    await right.press('Escape');
    // Behind an escape a letter would be one with Alt.
    await right.sees((screen) => !screen.includes('Message of Mina'));
    await right.type('still here');
    await right.press('Enter');
    await left.sees('still here');
  });

  screenTest('has a mouse: a click opens a room, the wheel scrolls', async () => {
    const { mina, jun } = await town.acquainted(
      ...Array.from({ length: 12 }, (_, index) => `text ${index + 1}`),
    );
    await mina.person.run('send', `@${(await town.signedUp('sora', 'Sora')).handle}`, 'to Sora');
    await using pane = await chat(mina);
    await pane.sees(/ Sora @sora/);
    await pane.type('\x1b[<0;5;4M');
    await pane.sees(` 준 @${jun.handle}`);
    await pane.sees('text 12');
    await pane.type('\x1b[<64;50;8M\x1b[<64;50;8M');
    await pane.sees('began this conversation');
    await pane.sees('more below');
  });
});

const OFFERS = [
  ' Rooms         @jun00 │ Mina @mina00  ● active                         ● online',
  '──────────────────────│─ Mina writes · /accept · /refuse · /block [--report] ───',
  '───── Requests 1 ─────│ three',
  ' ● Mina               │─────────────────────────────────────────────────────────',
  '                      │ /remove @HANDLE   Remove somebody from this room.',
  '                      │ /rename NAME      Name this room anew.',
  '                      │ /reply TEXT       Answer the last message.',
  '                      │ /react EMOJI      Put an emoji on the last message, or…',
  '                      │ /reactions        Who reacted to a message.',
  '                      │ /retry [all]      Send again what failed here.',
  '                      │ /read             Mark this room as read.',
  '                      │ /report [WHY]     Report a message to administrators.',
  '                      │─────────────────────────────────────────────────────────',
  '                      │> /re',
  '                      │ Tab takes · ↑↓ choose · Esc closes',
];

describe('commands', () => {
  screenTest('are offered while they are written, taken by Tab, and gone with Escape', async () => {
    const both = await town.acquainted('one', 'two', 'three');
    await using pane = await chat(both.jun, '', { rows: 15 });
    await using other = await chat(both.mina);
    await other.sees('● online');
    await pane.sees('three');
    await pane.type('/re');
    await shows(pane, both, OFFERS);
    await pane.press('Down', 'Down', 'Tab');
    await pane.sees(/> \/reply$/m);
    await pane.type('yes');
    await pane.press('Enter');
    await pane.sees(/↳ Mina: three\n.* yes /);
    await pane.type('/');
    await pane.sees('/dm @HANDLE');
    await pane.press('Escape');
    await pane.sees((screen) => !screen.includes('/dm @HANDLE') && screen.includes('three'));
  });
});

describe('without a server', () => {
  screenTest('shows what is stored, keeps what is written, and sends it later', async () => {
    const { mina, jun } = await town.acquainted('hello from before');
    await using stack = new AsyncDisposableStack();
    const first = stack.use(await chat(jun));
    await first.sees('hello from before');
    await first.sees('● online');
    // The names are kept a moment later; leaving keeps them.
    await first.sees(' Mina @');
    await first.type('/quit');
    await first.press('Enter');
    await first.sees('ended with 0');
    await first[Symbol.asyncDispose]();
    await town.stopServer();
    const pane = stack.use(await chat(jun));
    await pane.sees('offline, trying again');
    const screen = await pane.sees('hello from before');
    expect(screen).toContain(` Mina @${mina.handle}`);
    await pane.type('written offline');
    await pane.press('Enter');
    await pane.sees(/written offline +⧗$/m);
    await pane.type('/quit');
    await pane.press('Enter');
    await pane.sees('ended with 0');
    await town.startServer();
    const again = stack.use(await chat(jun));
    await again.sees(/written offline +✓$/m);
    await using tail = mina.person.tail('--json');
    expect(tailTexts(await tail.take(3))).toEqual([undefined, 'hello from before', 'written offline']);
  });
});
