import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Person } from '../testing/person.ts';
import { MAIN, type RunningServer, serve, temporaryFolder } from '../testing/running-server.ts';
import { type PaneOptions, TMUX, TmuxPane } from '../testing/tmux.ts';

// `maru chat` in a real terminal, against a real server: what people see. The screens are written out as they are.

let server: RunningServer;
const folders = new DisposableStack();
const data = folders.use(temporaryFolder()).path;

beforeAll(async () => {
  server = await serve(data, '--rate-log-ins', '1000');
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  folders.dispose();
});

/** A test that needs a terminal. */
const screenTest = (what: string, run: () => Promise<void>) =>
  test.skipIf(TMUX === null)(TMUX === null ? `${what} (skipped: tmux is not installed)` : what, run, 120_000);

let people = 0;

interface Somebody {
  readonly person: Person;
  readonly handle: string;
  readonly state: string;
}

/** Somebody who has signed up; the number behind the handle has two digits, so that screens stay as they are. */
async function signedUp(what: string, name: string): Promise<Somebody> {
  const state = folders.use(temporaryFolder()).path;
  const person = new Person(state, server.url);
  const handle = `${what}${10 + people++}`;
  const { code, err } = await person.run('sign-up', handle, '--name', name);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return { person, handle, state };
}

function chat(
  { state }: Somebody,
  args = '',
  { environment, terminal, ...size }: PaneOptions & { terminal?: string } = {},
): Promise<TmuxPane> {
  const before = terminal === undefined ? '' : `TERM=${terminal} `;
  const line = `${before}${process.execPath} ${MAIN} chat ${args}; echo "ended with $?"; exec cat`;
  return TmuxPane.start(line, { environment: { XDG_STATE_HOME: state, TZ: 'UTC', ...environment }, ...size });
}

/** A golden screen, in which `@mina00` and `@jun00` stand for handles of their length. */
const golden = ({ mina, jun }: Pair, ...rows: readonly string[]) =>
  rows.join('\n').replaceAll('@mina00', `@${mina.handle}`).replaceAll('@jun00', `@${jun.handle}`);

interface Pair {
  readonly mina: Somebody;
  readonly jun: Somebody;
}

async function pair(): Promise<Pair> {
  return { mina: await signedUp('mina', 'Mina'), jun: await signedUp('jun', '준') };
}

/** Two people who have already spoken with each other. */
async function acquainted(...texts: readonly string[]): Promise<Pair> {
  const both = await pair();
  for (const text of texts) await both.mina.person.run('send', `@${both.jun.handle}`, text);
  return both;
}

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

describe('two people', () => {
  screenTest(
    'have a first conversation, each in their language, and make their windows smaller',
    async () => {
      const both = await pair();
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
      await left.sees('준 is typing…');
      await right.press('C-j');
      await right.type('두 번째 줄');
      await right.press('Enter');
      expect(await left.settles(golden(both, ...MINAS_SCREEN))).toBe(golden(both, ...MINAS_SCREEN));
      await left.resize(40, 11);
      expect(await left.settles(golden(both, ...MINAS_NARROW_SCREEN))).toBe(
        golden(both, ...MINAS_NARROW_SCREEN),
      );
      await left.resize(80, 20);
      expect(await left.settles(golden(both, ...MINAS_SCREEN))).toBe(golden(both, ...MINAS_SCREEN));
    },
  );

  screenTest('see how far a message is: stored, on the other device, read', async () => {
    const { mina, jun } = await acquainted('one');
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
    const { jun } = await acquainted('hello');
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
    const { jun, mina } = await acquainted('hello');
    await using plain = await chat(jun, '', { environment: { NO_COLOR: '1' } });
    await using coloured = await chat(mina);
    for (const pane of [plain, coloured]) await pane.sees(/●[\s\S]*hello/);
    const codes = (pane: TmuxPane) => pane.screen('-e');
    expect(await codes(plain)).not.toMatch(COLOUR);
    expect(await codes(plain)).toContain(`${ESC}[1m`);
    expect(await codes(coloured)).toMatch(COLOUR);
  });

  screenTest('never obeys what people write', async () => {
    const { jun } = await acquainted('\x1b]2;owned\x07\x1b[2J\x1b[Hevil\u202etxt\u2069 \x9b31m end');
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
    const { jun } = await acquainted(...odd);
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
    const { mina, jun } = await acquainted('hello');
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
    const { mina, jun } = await acquainted(...Array.from({ length: 12 }, (_, index) => `text ${index + 1}`));
    await mina.person.run('send', `@${(await signedUp('sora', 'Sora')).handle}`, 'to Sora');
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

describe('without a server', () => {
  screenTest('shows what is stored, keeps what is written, and sends it later', async () => {
    const { mina, jun } = await acquainted('hello from before');
    await using stack = new AsyncDisposableStack();
    const first = await chat(jun);
    await first.sees('hello from before');
    await first.sees('● online');
    // The names are kept a moment later; leaving keeps them.
    await first.sees(' Mina @');
    await first.type('/quit');
    await first.press('Enter');
    await first.sees('ended with 0');
    await first[Symbol.asyncDispose]();
    server.kill('SIGTERM');
    await server.exited;
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
    server = await serve(data, '--rate-log-ins', '1000', '--port', new URL(server.url).port);
    const again = stack.use(await chat(jun));
    await again.sees(/written offline +✓$/m);
    await using tail = mina.person.tail('--json');
    const lines = await tail.take(3);
    expect(lines.map((line) => JSON.parse(line).text)).toEqual([
      undefined,
      'hello from before',
      'written offline',
    ]);
  });
});

describe('leaving', () => {
  /** Starts it from a shell, as people do, with its process id in a file. */
  async function fromShell(somebody: Somebody, rows = 20): Promise<{ pane: TmuxPane; pid: () => number }> {
    const file = path.join(somebody.state, 'pid');
    const line = `sh -c 'echo $$ > ${file}; exec ${process.execPath} ${MAIN} chat'; echo "ended with $?"; exec sh`;
    const pane = await TmuxPane.start(`echo before; ${line}`, {
      rows,
      environment: { XDG_STATE_HOME: somebody.state, PS1: '$ ' },
    });
    await pane.sees('● online');
    return { pane, pid: () => Number(readFileSync(file, 'utf8')) };
  }

  /** The shell as it was: its text, its modes, its line editing. */
  async function isClean(pane: TmuxPane, code: number): Promise<string> {
    const screen = await pane.sees(`ended with ${code}`);
    expect(screen).toContain('before');
    expect(await pane.ask('#{alternate_on}#{mouse_any_flag}#{cursor_flag}#{wrap_flag}')).toBe('0011');
    await pane.type('stty -a | tr " ;" "\\n\\n" | grep -x -e icanon -e echo -e isig | tr "\\n" +');
    await pane.press('Enter');
    await pane.sees('isig+icanon+echo+');
    return screen;
  }

  const ways: readonly [
    what: string,
    code: number,
    leave: (pane: TmuxPane, pid: number) => Promise<unknown>,
  ][] = [
    ['/quit', 0, async (pane) => pane.type('/quit').then(() => pane.press('Enter'))],
    ['Ctrl+C twice', 0, async (pane) => pane.press('C-c', 'C-c')],
    ['SIGTERM', 0, async (_pane, pid) => process.kill(pid, 'SIGTERM')],
    ['SIGHUP', 0, async (_pane, pid) => process.kill(pid, 'SIGHUP')],
  ];
  for (const [what, code, leave] of ways) {
    screenTest(`by ${what} gives the terminal back`, async () => {
      const { pane, pid } = await fromShell(await signedUp('mina', 'Mina'));
      await using _ = pane;
      await leave(pane, pid());
      await isClean(pane, code);
    });
  }

  screenTest('by a crash gives the terminal back, and says what it was', async () => {
    const both = await pair();
    const { mina, jun } = both;
    const { pane } = await fromShell(mina, 50);
    await using _ = pane;
    // The profile is taken away beneath it: keeping who @jun is must fail.
    rmSync(path.join(mina.state, 'maru'), { recursive: true });
    await pane.type(`/dm @${jun.handle}`);
    await pane.press('Enter');
    expect(await isClean(pane, 1)).toContain('ENOENT');
  });

  screenTest('for a while by Ctrl+Z and coming back', async () => {
    const mina = await signedUp('mina', 'Mina');
    await using pane = await TmuxPane.start(`bash --norc --noprofile`, {
      environment: { XDG_STATE_HOME: mina.state, PS1: '$ ' },
    });
    await pane.type(`${process.execPath} ${MAIN} chat`);
    await pane.press('Enter');
    await pane.sees('● online');
    await pane.press('C-z');
    await pane.sees('Stopped');
    expect(await pane.ask('#{alternate_on}#{mouse_any_flag}')).toBe('00');
    await pane.type('fg');
    await pane.press('Enter');
    await pane.sees('● online');
    expect(await pane.ask('#{alternate_on}#{mouse_any_flag}')).toBe('11');
  });
});

describe('for a screen reader', () => {
  screenTest('lines are appended and nothing else is written', async () => {
    const { mina, jun } = await acquainted('안녕');
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
    const texts = (await tail.take(4)).map((line) => JSON.parse(line).text);
    expect(texts).toEqual([undefined, '안녕', 'two\nlines \x1b[2J', '하나\n둘']);
    expect(readFileSync(file, 'utf8').replaceAll('\r\n', '\n')).not.toMatch(/[^\P{Cc}\n]/u);
  });

  screenTest('is how a simple terminal is used', async () => {
    const { jun } = await acquainted('hello');
    await using pane = await chat(jun, '', { terminal: 'dumb' });
    await pane.sees(/Mina, \d\d:\d\d: hello/);
    await pane.press('C-c');
    await pane.sees('Press Ctrl+C again');
    await pane.press('C-c');
    await pane.sees('ended with 0');
  });

  test('works in a pipe, and without --screen-reader says that it needs a terminal', async () => {
    const { mina, jun } = await pair();
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
    expect((await tail.take(3)).map((line) => JSON.parse(line).text)).toEqual([undefined, 'hello', 'second']);
  });
});
