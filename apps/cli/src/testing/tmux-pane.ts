import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Where tmux is; `null`: it is not installed. */
export const TMUX = Bun.which('tmux');

const POLL_MS = 50;
/** Far longer than anything takes, so that a slow machine fails no test. */
const PATIENCE_MS = 30_000;

export interface PaneOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly columns?: number;
  readonly rows?: number;
}

/** A real terminal to look at: a tmux of its own with one window, in which a line of a shell runs. */
export class TmuxPane implements AsyncDisposable {
  readonly #folder: string;
  readonly #socket: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#socket = path.join(folder, 'tmux');
  }

  static async start(
    line: string,
    { environment = {}, columns = 80, rows = 20 }: PaneOptions = {},
  ): Promise<TmuxPane> {
    const pane = new TmuxPane(mkdtempSync(path.join(tmpdir(), 'maru-tmux-')));
    const size = ['-x', String(columns), '-y', String(rows)];
    const { LC_ALL: _all, LC_MESSAGES: _messages, NO_COLOR: _none, TMUX: _outer, ...own } = process.env;
    const child = Bun.spawn(
      [TMUX ?? 'tmux', '-u', '-S', pane.#socket, '-f', '/dev/null', 'new-session', '-d', ...size, line],
      {
        env: { ...own, LANG: 'en_US.UTF-8', ...environment },
        stdout: 'ignore',
        stderr: 'pipe',
      },
    );
    if ((await child.exited) !== 0) throw new Error(await new Response(child.stderr).text());
    await pane.tmux('set-option', '-g', 'status', 'off');
    await pane.tmux('resize-window', ...size);
    return pane;
  }

  /** Runs a command of tmux on this pane. */
  async tmux(...args: readonly string[]): Promise<string> {
    const child = Bun.spawn([TMUX ?? 'tmux', '-u', '-S', this.#socket, ...args], {
      stdout: 'pipe',
      stderr: 'pipe',
    });
    const [out, err] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
    ]);
    if ((await child.exited) !== 0) throw new Error(`tmux ${args[0]}: ${err}`);
    return out;
  }

  /** Presses keys, by tmux's names: `Enter`, `M-Up`, `C-c`. */
  async press(...keys: readonly string[]): Promise<void> {
    await this.tmux('send-keys', ...keys);
  }

  async type(text: string): Promise<void> {
    await this.tmux('send-keys', '-l', '--', text);
  }

  /** Puts a text in as a paste. */
  async paste(text: string): Promise<void> {
    const file = path.join(this.#folder, 'paste');
    await Bun.write(file, text);
    await this.tmux('load-buffer', file);
    await this.tmux('paste-buffer', '-p');
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.tmux('resize-window', '-x', String(columns), '-y', String(rows));
  }

  /** The rows on the screen, without the spaces at their ends; with `-e`, with the sequences that colour them. */
  async screen(...options: readonly string[]): Promise<string> {
    const shown = await this.tmux('capture-pane', '-p', ...options);
    return shown
      .split('\n')
      .map((row) => row.trimEnd())
      .join('\n')
      .trimEnd();
  }

  /** What tmux knows of the pane: `#{cursor_x}`, `#{alternate_on}`. */
  async ask(format: string): Promise<string> {
    return (await this.tmux('display-message', '-p', format)).trim();
  }

  /** Waits until the screen is as wanted. */
  async sees(wanted: string | RegExp | ((screen: string) => boolean)): Promise<string> {
    const holds = (screen: string) => {
      if (typeof wanted === 'function') return wanted(screen);
      return typeof wanted === 'string' ? screen.includes(wanted) : wanted.test(screen);
    };
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const screen = await this.screen();
      if (holds(screen)) return screen;
      if (Date.now() > until) throw new Error(`never seen: ${wanted}\n${screen}`);
      await Bun.sleep(POLL_MS);
    }
  }

  /** Waits until the whole screen is this one, or gives the one that is there, to be compared. Times are `HH:MM`. */
  async settles(golden: string): Promise<string> {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const screen = (await this.screen()).replaceAll(/\d\d:\d\d/g, 'HH:MM');
      if (screen === golden || Date.now() > until) return screen;
      await Bun.sleep(POLL_MS);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // It may have ended with what ran in it.
    await this.tmux('kill-server').catch(() => undefined);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
