import type { Channel, Release, TabsEnvironment } from '../tabs/tabs-environment.ts';

interface Request {
  readonly tab: VirtualTab;
  readonly got: (release: Release) => void;
  readonly lost: () => void;
}

/** The locks and channels of a browser. */
export class VirtualBrowser {
  /** Lets something come to a tab in its turn. */
  readonly #later: (run: () => void) => void;
  readonly #held = new Map<string, Request>();
  readonly #lines = new Map<string, Request[]>();
  readonly notes = new Map<string, string>();
  readonly #channels = new Map<string, Set<{ tab: VirtualTab; receive: (message: unknown) => void }>>();

  /** @param later calls what it is given, after a while; what is given first need not be called first */
  constructor(later: (run: () => void) => void = queueMicrotask) {
    this.#later = later;
  }

  openTab(): VirtualTab {
    return new VirtualTab(this);
  }

  request(name: string, how: 'wait' | 'if-free' | 'steal', request: Request): boolean {
    const holder = this.#held.get(name);
    if (holder === undefined || how === 'steal') {
      if (holder !== undefined) this.#bring(holder.tab, holder.lost);
      this.#grant(name, request);
      return true;
    }
    if (how === 'wait') this.#lines.set(name, [...(this.#lines.get(name) ?? []), request]);
    return false;
  }

  post(name: string, from: VirtualTab, message: object): void {
    for (const { tab, receive } of this.#channels.get(name) ?? [])
      if (tab !== from) {
        const copy = structuredClone(message);
        this.#bring(tab, () => receive(copy));
      }
  }

  listen(name: string, tab: VirtualTab, receive: (message: unknown) => void): () => void {
    const listeners = this.#channels.get(name) ?? new Set();
    this.#channels.set(name, listeners);
    const listener = { tab, receive };
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** A tab is gone, with all that it held and waited for. */
  ended(tab: VirtualTab): void {
    for (const [name, line] of this.#lines)
      this.#lines.set(
        name,
        line.filter((request) => request.tab !== tab),
      );
    for (const [name, request] of [...this.#held]) if (request.tab === tab) this.#release(name, request);
  }

  #bring(tab: VirtualTab, run: () => void): void {
    tab.expect(run);
    this.#later(() => tab.next());
  }

  #grant(name: string, request: Request): void {
    this.#held.set(name, request);
    this.#bring(request.tab, () => request.got(() => this.#release(name, request)));
  }

  #release(name: string, request: Request): void {
    if (this.#held.get(name) !== request) return;
    this.#held.delete(name);
    const [next, ...line] = this.#lines.get(name) ?? [];
    this.#lines.set(name, line);
    if (next !== undefined) this.#grant(name, next);
  }
}

/** One tab of a {@link VirtualBrowser}. */
export class VirtualTab implements TabsEnvironment {
  readonly #browser: VirtualBrowser;
  /** What is on its way to it, in its order. */
  readonly #coming: (() => void)[] = [];
  /** What has come while it slept. */
  readonly #frozen: (() => void)[] = [];
  killed = false;
  /** Put to sleep, with its locks: nothing gets through to it until it wakes. */
  #sleeps = false;

  constructor(browser: VirtualBrowser) {
    this.#browser = browser;
  }

  lock(name: string, how: 'wait' | 'if-free' | 'steal', lost: () => void): Promise<Release | undefined> {
    return new Promise((resolve) => {
      const got = this.#browser.request(name, how, { tab: this, got: resolve, lost });
      if (!got && how === 'if-free') resolve(undefined);
    });
  }

  channel(name: string, receive: (message: unknown) => void): Channel {
    const close = this.#browser.listen(name, this, receive);
    return { post: (message) => !this.killed && this.#browser.post(name, this, message), close };
  }

  keep(name: string, text: string | undefined): void {
    const { notes } = this.#browser;
    if (this.killed) return;
    if (text === undefined) notes.delete(name);
    else notes.set(name, text);
  }

  kept(prefix: string): [string, string][] {
    const found = [...this.#browser.notes].filter(([name]) => name.startsWith(prefix));
    return found.map(([name, text]) => [name.slice(prefix.length), text]);
  }

  kill(): void {
    this.killed = true;
    this.#browser.ended(this);
  }

  sleep(): void {
    this.#sleeps = true;
  }

  wake(): void {
    this.#sleeps = false;
    for (const run of this.#frozen.splice(0)) this.run(run);
  }

  expect(run: () => void): void {
    this.#coming.push(run);
  }

  next(): void {
    const next = this.#coming.shift();
    if (next !== undefined) this.run(next);
  }

  /** Runs something in it, when it is awake. */
  run(run: () => void): void {
    if (this.killed) return;
    if (this.#sleeps) this.#frozen.push(run);
    else run();
  }
}
