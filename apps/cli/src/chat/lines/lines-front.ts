import { printable } from '../../terminal/printable.ts';
import type { ChatCore, Front } from '../chat-core.ts';
import type { TerminalEffect } from '../state/effect.ts';
import { hitsOf } from '../state/search.ts';
import type { Confirm, Notice } from '../state/ui.ts';
import { shownLines } from '../text/shown-text.ts';
import { Announcer, messageLines } from './announcer.ts';

/** Places of a search that are told, the newest last. */
const HITS_TOLD = 10;
const YES = /^(y|yes|ㅛ|네|예)?$/iu;

/** What a line of several lines ends with. */
const GOES_ON = '\\';

/**
 * The messenger in lines that are only appended: for screen readers, pipes, and terminals that can't do more. The
 * terminal's own line editing is used, and no escape sequence is ever written.
 */
export class LinesFront implements Front {
  readonly #core: ChatCore;
  readonly #announcer = new Announcer();
  #notice: Notice | undefined;
  #confirm: Confirm | undefined;
  #begun = '';
  #leaving = false;
  #scheduled = false;
  #left = false;
  readonly #end = Promise.withResolvers<void>();
  readonly ended = this.#end.promise;

  constructor(core: ChatCore) {
    this.#core = core;
    process.stdout.on('error', () => this.stop());
  }

  start(ready: Promise<void>): void {
    this.#print(this.#core.texts.linesHello(this.#core.world().handle));
    this.#core.attach(this);
    // What is piped in is for the room that was asked for.
    ready.then(() => this.#read()).catch((error: unknown) => this.failed(error));
  }

  stop(): void {
    this.#end.resolve();
  }

  /** Ctrl+C: the second one ends it. */
  interrupt(): void {
    if (this.#leaving) this.stop();
    this.#leaving = true;
    this.#print(this.#core.texts.pressAgain);
  }

  leave(): void {
    if (this.#left) return;
    this.#left = true;
    process.stdin.pause();
  }

  /** Told together, a moment later: what belongs together has come by then. */
  changed(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setTimeout(() => {
      this.#scheduled = false;
      this.#tell();
    }, 0);
  }

  perform(effect: TerminalEffect): void {
    // The rest is about a screen.
    if (effect.kind === 'quit') this.stop();
  }

  failed(error: unknown): void {
    this.#end.reject(error ?? new Error('unknown'));
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of process.stdin) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) await this.#take(line.replace(/\r$/, ''));
    }
    if (rest !== '') await this.#take(rest);
    this.stop();
  }

  /** One line after the other: the next one is about what this one has opened. */
  async #take(line: string): Promise<void> {
    this.#line(line);
    await this.#core.settled();
    this.#tell();
  }

  #line(line: string): void {
    this.#leaving = false;
    const { confirm } = this.#core.ui;
    if (confirm !== undefined) {
      this.#confirm = undefined;
      this.#core.dispatch({ kind: 'key', chord: YES.test(line.trim()) ? 'enter' : 'escape' });
      return;
    }
    if (line.endsWith(GOES_ON)) {
      this.#begun += `${line.slice(0, -GOES_ON.length)}\n`;
      return;
    }
    const text = (this.#begun + line).toWellFormed();
    this.#begun = '';
    this.#core.touched();
    this.#core.write(text);
    this.#tellSearch();
    this.#tell();
  }

  #tellSearch(): void {
    const { search } = this.#core.ui;
    if (search === undefined) return;
    const world = this.#core.world();
    for (const hit of hitsOf(search.query, world).slice(-HITS_TOLD)) {
      for (const line of messageLines(hit, world)) this.#print(line);
    }
    this.#core.dispatch({ kind: 'key', chord: 'escape' });
  }

  #tell(): void {
    if (this.#left) return;
    const core = this.#core;
    const world = core.world();
    for (const line of this.#announcer.news(core.ui, world)) this.#print(line);
    const { notice, confirm, panel } = core.ui;
    if (notice !== this.#notice) {
      this.#notice = notice;
      if (notice !== undefined) this.#print(notice.text);
    }
    if (panel !== undefined) {
      for (const line of [panel.title, ...shownLines(panel.text)]) this.#print(line);
      core.dispatch({ kind: 'panel', panel: undefined });
    }
    if (confirm !== this.#confirm) {
      this.#confirm = confirm;
      if (confirm !== undefined) this.#print(core.texts.linesConfirm(confirm.question));
    }
  }

  #print(line: string): void {
    process.stdout.write(`${printable(line)}\n`);
  }
}
