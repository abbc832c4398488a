import { writeSync } from 'node:fs';
import type { ReadStream, WriteStream } from 'node:tty';
import type { Input } from '../input/input.ts';
import { KeyParser } from '../input/key-parser.ts';
import { Painter, type Picture } from './painter.ts';
import type { Colours } from './theme.ts';

/** How long an escape may wait for what belongs to it: over SSH a sequence comes in pieces. */
const ESCAPE_MS = 50;
/** Long enough for the stop signal to take effect; while the process is stopped no timer runs. */
const SUSPEND_MS = 50;

const STDOUT = 1;
const CSI = '\x1b[';
const MOUSE_ON = `${CSI}?1000h${CSI}?1006h`;
const MOUSE_OFF = `${CSI}?1006l${CSI}?1000l`;
/**
 * The alternate screen, no wrapping at the edge, bracketed paste, focus, clusters as one character (mode 2027), the title
 * kept, and kitty's keys with their places on the keyboard. What a terminal does not know it ignores.
 */
const ENTER = `${CSI}?1049h${CSI}22;2t${CSI}?7l${CSI}?2004h${CSI}?1004h${CSI}?2027h${CSI}>5u${CSI}2J`;
const LEAVE = `${CSI}<u${MOUSE_OFF}${CSI}?2026l${CSI}?2027l${CSI}?1004l${CSI}?2004l${CSI}?7h${CSI}0m${CSI}?25h${CSI}23;2t${CSI}?1049l`;

export interface TerminalHandlers {
  input(input: Input): void;
  resized(columns: number, rows: number): void;
  /** The terminal has taken what was drawn: the next picture may come. */
  drained(): void;
  /** It is gone. */
  lost(): void;
}

/** The terminal while the screen is ours: raw keys in, pictures out, and everything as it was when we leave. */
export class ChatTerminal {
  readonly #input: ReadStream;
  readonly #output: WriteStream;
  readonly #painter: Painter;
  readonly #handlers: TerminalHandlers;
  readonly #keys = new KeyParser();
  readonly #decoder = new TextDecoder();
  #escape: NodeJS.Timeout | undefined;
  #entered = false;
  #busy = false;
  #mouse: boolean;
  #title = '';

  constructor(
    input: ReadStream,
    output: WriteStream,
    colours: Colours,
    mouse: boolean,
    handlers: TerminalHandlers,
  ) {
    this.#input = input;
    this.#output = output;
    this.#painter = new Painter(colours);
    this.#mouse = mouse;
    this.#handlers = handlers;
  }

  get columns(): number {
    return this.#output.columns || 80;
  }

  get rows(): number {
    return this.#output.rows || 24;
  }

  /** Whether the last picture is still on its way: a slow line gets the newest one, not all of them. */
  get busy(): boolean {
    return this.#busy;
  }

  start(): void {
    this.#input.on('data', this.#read);
    this.#input.on('end', this.#handlers.lost);
    this.#input.on('error', this.#handlers.lost);
    this.#output.on('error', this.#handlers.lost);
    this.#output.on('resize', this.#resized);
    process.on('SIGCONT', this.#continued);
    this.#enter();
  }

  /** Gives the terminal back. Does nothing the second time, and may be called from anywhere, also while crashing. */
  stop(): void {
    clearTimeout(this.#escape);
    process.off('SIGCONT', this.#continued);
    this.#input.off('data', this.#read);
    this.#output.off('resize', this.#resized);
    this.#leave();
    this.#input.pause();
  }

  draw(picture: Picture): void {
    if (this.#entered) this.#write(this.#painter.paint(picture));
  }

  /** Draws everything anew the next time. */
  forget(): void {
    this.#painter.forget();
    if (this.#entered) this.#write(`${CSI}2J`);
  }

  setMouse(on: boolean): void {
    this.#mouse = on;
    if (this.#entered) this.#write(on ? MOUSE_ON : MOUSE_OFF);
  }

  /** The window's title, given by this program and never by people. */
  setTitle(title: string): void {
    if (title === this.#title || !this.#entered) return;
    this.#title = title;
    this.#write(`\x1b]2;${title}\x1b\\`);
  }

  bell(): void {
    if (this.#entered) this.#write('\x07');
  }

  /** Stops the process as Ctrl+Z does at a shell, and comes back when it goes on. */
  suspend(): void {
    // There are no jobs there.
    if (process.platform === 'win32') return;
    this.#leave();
    // All of the job, as the terminal itself would: what started us waits with us.
    process.kill(0, 'SIGTSTP');
    setTimeout(this.#continued, SUSPEND_MS);
  }

  #enter(): void {
    if (this.#entered) return;
    this.#entered = true;
    this.#title = '';
    this.#input.setRawMode(true);
    this.#input.resume();
    this.#painter.forget();
    this.#write(ENTER + (this.#mouse ? MOUSE_ON : ''));
  }

  #leave(): void {
    if (!this.#entered) return;
    this.#entered = false;
    // At once and not through the stream: the process may be about to end.
    try {
      writeSync(STDOUT, LEAVE);
    } catch {
      // The terminal is gone.
    }
    try {
      this.#input.setRawMode(false);
    } catch {
      // So is this end of it.
    }
  }

  #write(bytes: string): void {
    if (bytes === '') return;
    this.#busy = true;
    this.#output.write(bytes, () => {
      this.#busy = false;
      this.#handlers.drained();
    });
  }

  readonly #read = (chunk: Uint8Array): void => {
    clearTimeout(this.#escape);
    this.#give(this.#keys.feed(this.#decoder.decode(chunk, { stream: true })));
    if (this.#keys.waiting) this.#escape = setTimeout(() => this.#give(this.#keys.flush()), ESCAPE_MS);
  };

  #give(inputs: readonly Input[]): void {
    for (const input of inputs) this.#handlers.input(input);
  }

  readonly #resized = (): void => {
    // Terminals move what they show when they change their size.
    this.forget();
    this.#handlers.resized(this.columns, this.rows);
  };

  readonly #continued = (): void => {
    // Stopped and continued from outside: the shell has changed the terminal meanwhile.
    if (this.#entered) this.#leave();
    this.#enter();
    this.#handlers.resized(this.columns, this.rows);
  };
}
