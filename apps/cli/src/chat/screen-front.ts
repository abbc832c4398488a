import type { ChatCore, Front } from './chat-core.ts';
import type { Input } from './input/input.ts';
import type { TerminalEffect } from './state/effect.ts';
import { loudUnread, ringingUnread } from './state/quiet.ts';
import { ChatTerminal } from './terminal/chat-terminal.ts';
import type { Colours } from './terminal/theme.ts';
import { screenOf } from './view/screen.ts';
import type { Region } from './view/target.ts';

/** At most one picture in this time: what comes in bursts is drawn once. */
const FRAME_MS = 16;
/** Clocks of the screen: the day changes, somebody goes away. */
const TICK_MS = 15_000;

/** The full screen: draws what the core knows, and gives it what a person does. */
export class ScreenFront implements Front {
  readonly #core: ChatCore;
  readonly #terminal: ChatTerminal;
  readonly #tick: NodeJS.Timeout;
  #regions: readonly Region[] = [];
  #frame: NodeJS.Timeout | undefined;
  #drawnAt = 0;
  #dirty = false;
  #unread = 0;
  readonly #end = Promise.withResolvers<void>();
  /** Resolves when the person leaves, rejects when it can't go on. */
  readonly ended = this.#end.promise;

  constructor(core: ChatCore, colours: Colours, mouse: boolean) {
    this.#core = core;
    this.#terminal = new ChatTerminal(process.stdin, process.stdout, colours, mouse, {
      input: (input) => this.#input(input),
      resized: (columns, rows) => core.dispatch({ kind: 'resize', columns, rows }),
      drained: () => {
        if (this.#dirty) this.changed();
      },
      lost: () => this.stop(),
    });
    this.#tick = setInterval(() => {
      core.tellPresence();
      this.changed();
    }, TICK_MS);
  }

  start(ready: Promise<void>): void {
    ready.catch((error: unknown) => this.failed(error));
    this.#terminal.start();
    this.#core.attach(this);
    const { columns, rows } = this.#terminal;
    this.#core.dispatch({ kind: 'resize', columns, rows });
  }

  /** The person, or a signal, ends it. */
  stop(): void {
    this.#end.resolve();
  }

  /** A signal for what the key says: in raw mode only another program sends it. */
  interrupt(): void {
    this.#core.dispatch({ kind: 'key', chord: 'ctrl+c' });
  }

  /** Gives the terminal back; safe to be called more than once. */
  leave(): void {
    clearInterval(this.#tick);
    clearTimeout(this.#frame);
    this.#terminal.stop();
  }

  changed(): void {
    this.#dirty = true;
    if (this.#frame !== undefined || this.#terminal.busy) return;
    const wait = Math.max(0, this.#drawnAt + FRAME_MS - Date.now());
    this.#frame = setTimeout(() => this.#draw(), wait);
  }

  perform(effect: TerminalEffect): void {
    switch (effect.kind) {
      case 'quit':
        this.stop();
        break;
      case 'suspend':
        this.#terminal.suspend();
        break;
      case 'redraw':
        this.#terminal.forget();
        break;
      case 'mouse':
        this.#terminal.setMouse(effect.on);
        break;
    }
  }

  failed(error: unknown): void {
    this.#end.reject(error ?? new Error('unknown'));
  }

  #draw(): void {
    this.#frame = undefined;
    this.#dirty = false;
    this.#drawnAt = Date.now();
    const world = this.#core.world();
    const { rows, cursor, regions } = screenOf(this.#core.ui, world);
    this.#regions = regions;
    this.#terminal.draw({ rows, cursor });
    const unread = loudUnread(world);
    this.#terminal.setTitle(unread === 0 ? 'Maru' : `(${unread}) Maru`);
    const ringing = ringingUnread(world);
    if (ringing > this.#unread && !this.#core.ui.focused) this.#terminal.bell();
    this.#unread = ringing;
  }

  #input(input: Input): void {
    if (input.kind === 'focus') this.#core.touched(input.focused);
    else this.#core.touched();
    if (input.kind !== 'press') {
      this.#core.dispatch(input);
      return;
    }
    const { row, column } = input;
    const hit = this.#regions.find((each) => each.row === row && column >= each.from && column < each.to);
    if (hit !== undefined) this.#core.dispatch({ kind: 'click', target: hit.target });
  }
}
