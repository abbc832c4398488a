import { expect, test } from 'bun:test';
import { MIDDAY_ZONE } from './midday-zone.ts';
import { Person } from './person.ts';
import { firstInvite, MAIN, type RunningServer, serve, temporaryFolder } from './running-server.ts';
import { type PaneOptions, TMUX, TmuxPane } from './tmux-pane.ts';

/** A test that needs a terminal. */
export const screenTest = (what: string, run: () => Promise<void>) =>
  test.skipIf(TMUX === null)(TMUX === null ? `${what} (skipped: tmux is not installed)` : what, run, 120_000);

export interface Somebody {
  readonly person: Person;
  readonly handle: string;
  readonly state: string;
}

export interface Pair {
  readonly mina: Somebody;
  readonly jun: Somebody;
}

/** A real server, and people who use `maru chat` with it. */
export class ChatTown implements AsyncDisposable {
  readonly #folders: DisposableStack;
  readonly #data: string;
  #server: RunningServer;
  #people = 0;

  private constructor(folders: DisposableStack, data: string, server: RunningServer) {
    this.#folders = folders;
    this.#data = data;
    this.#server = server;
  }

  static async start(): Promise<ChatTown> {
    const folders = new DisposableStack();
    const data = folders.use(temporaryFolder()).path;
    return new ChatTown(folders, data, await serve(data, '--rate-log-ins', '1000'));
  }

  /** Where the server listens. */
  get url(): string {
    return this.#server.url;
  }

  async stopServer(): Promise<void> {
    this.#server.kill('SIGTERM');
    await this.#server.exited;
  }

  /** Starts it again where it was. */
  async startServer(): Promise<void> {
    const { port } = new URL(this.#server.url);
    this.#server = await serve(this.#data, '--rate-log-ins', '1000', '--port', port);
  }

  /** Somebody who has signed up; the number behind the handle has two digits, so that screens stay as they are. */
  async signedUp(what: string, name: string, ...options: string[]): Promise<Somebody> {
    const state = this.#folders.use(temporaryFolder()).path;
    const person = new Person(state, this.#server.url);
    const handle = `${what}${10 + this.#people++}`;
    const { code, err } = await person.run('sign-up', handle, '--name', name, ...options);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return { person, handle, state };
  }

  /** Who signs up by the invite that the server gave at its first start. */
  administrator(): Promise<Somebody> {
    return this.signedUp('root', 'Root', '--invite', firstInvite(this.#server));
  }

  /** The same person, signed in on another machine. */
  async secondMachine({ handle }: Somebody): Promise<Somebody> {
    const state = this.#folders.use(temporaryFolder()).path;
    const person = new Person(state, this.#server.url);
    const { code, err } = await person.run('log-in', handle);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return { person, handle, state };
  }

  async pair(): Promise<Pair> {
    return { mina: await this.signedUp('mina', 'Mina'), jun: await this.signedUp('jun', '준') };
  }

  /** Two people, one of whom has written this to the other. */
  async acquainted(...texts: readonly string[]): Promise<Pair> {
    const both = await this.pair();
    for (const text of texts) await both.mina.person.run('send', `@${both.jun.handle}`, text);
    return both;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
    this.#folders.dispose();
  }
}

/** Somebody's `maru chat ARGS` in a terminal. */
export function chat(
  { state }: Somebody,
  args = '',
  { environment, terminal, ...size }: PaneOptions & { terminal?: string } = {},
): Promise<TmuxPane> {
  const before = terminal === undefined ? '' : `TERM=${terminal} `;
  const line = `${before}${process.execPath} ${MAIN} chat ${args}; echo "ended with $?"; exec cat`;
  return TmuxPane.start(line, {
    environment: { XDG_STATE_HOME: state, TZ: MIDDAY_ZONE, ...environment },
    ...size,
  });
}

/** A golden screen, in which `@mina00` and `@jun00` stand for handles of their length. */
export function golden({ mina, jun }: Pair, ...rows: readonly string[]): string {
  return rows.join('\n').replaceAll('@mina00', `@${mina.handle}`).replaceAll('@jun00', `@${jun.handle}`);
}
