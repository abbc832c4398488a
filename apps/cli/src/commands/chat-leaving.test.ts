import { afterAll, beforeAll, describe, expect } from 'bun:test';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ChatTown, type Somebody, screenTest } from '../testing/chat-town.ts';
import { MAIN } from '../testing/running-server.ts';
import { TmuxPane } from '../testing/tmux-pane.ts';

// However `maru chat` ends, the terminal is as it was.

let town: ChatTown;
beforeAll(async () => {
  town = await ChatTown.start();
});
afterAll(() => town[Symbol.asyncDispose]());

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

  const ways: readonly [what: string, leave: (pane: TmuxPane, pid: number) => Promise<unknown>][] = [
    ['/quit', async (pane) => pane.type('/quit').then(() => pane.press('Enter'))],
    ['Ctrl+C twice', async (pane) => pane.press('C-c', 'C-c')],
    ['SIGTERM', async (_pane, pid) => process.kill(pid, 'SIGTERM')],
    ['SIGHUP', async (_pane, pid) => process.kill(pid, 'SIGHUP')],
  ];
  for (const [what, leave] of ways) {
    screenTest(`by ${what} gives the terminal back`, async () => {
      const { pane, pid } = await fromShell(await town.signedUp('mina', 'Mina'));
      await using _ = pane;
      await leave(pane, pid());
      await isClean(pane, 0);
    });
  }

  screenTest('by a crash gives the terminal back, and says what it was', async () => {
    const both = await town.pair();
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
    const mina = await town.signedUp('mina', 'Mina');
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
