import { type DownFrame, type ErrorBody, type UpFrame, upFrame } from '@maru/protocol';
import type { HttpRequest, HttpResponse } from '../environment.ts';
import { bytes, json } from './scripted-server.ts';
import { settle } from './virtual-clock.ts';

/** One request of a polled session, as the server sees it: a test answers it, or lets it fail. */
export class ScriptedPoll {
  readonly request: HttpRequest;
  readonly session: string | undefined;
  readonly n: number;
  readonly wait: number;
  readonly end: boolean;
  readonly frames: readonly UpFrame[];
  answered = false;
  readonly #resolve: (response: HttpResponse) => void;
  readonly #reject: (error: Error) => void;

  constructor(
    request: HttpRequest,
    resolve: (response: HttpResponse) => void,
    reject: (error: Error) => void,
  ) {
    const { session, n, wait, end = false, frames } = JSON.parse(String(request.body ?? ''));
    this.request = request;
    this.session = session;
    this.n = n;
    this.wait = wait;
    this.end = end;
    this.frames = frames.map((frame: unknown) => upFrame.parse(frame));
    this.#resolve = resolve;
    this.#reject = reject;
  }

  get kinds(): string[] {
    return this.frames.map(({ kind }) => kind);
  }

  get aborted(): boolean {
    return this.request.signal?.aborted === true;
  }

  async answer(frames: readonly DownFrame[] = [], more: object = {}): Promise<void> {
    this.answered = true;
    const session = this.n === 1 ? { session: 'the-secret' } : {};
    this.#resolve(json(200, { ...session, n: this.n, frames, ...more }));
    await settle();
  }

  async refuse(status: number, error: ErrorBody): Promise<void> {
    this.#resolve(json(status, error));
    await settle();
  }

  /** What a proxy or a captive portal says in the server's place. */
  async intercept(status: number, html: string): Promise<void> {
    this.#resolve(bytes(status, new TextEncoder().encode(html)));
    await settle();
  }

  async fail(): Promise<void> {
    this.#reject(new Error('connection reset'));
    await settle();
  }
}

/** All requests to `/v1/poll`, in the order in which they were made. */
export class ScriptedPolls {
  readonly all: ScriptedPoll[] = [];
  /** Whether requests fail at once. */
  down = false;

  readonly http = (request: HttpRequest): Promise<HttpResponse> => {
    if (this.down) return Promise.reject(new Error('connection refused'));
    return new Promise((resolve, reject) => {
      this.all.push(new ScriptedPoll(request, resolve, reject));
    });
  };

  /** Answers whatever waits with nothing. */
  async answerAll(): Promise<void> {
    for (const poll of this.all) if (!poll.answered) await poll.answer();
  }

  /** The newest. */
  get last(): ScriptedPoll {
    const poll = this.all.at(-1);
    if (poll === undefined) throw new Error('nobody has polled');
    return poll;
  }

  /** The number of each request so far. */
  get numbers(): number[] {
    return this.all.map(({ n }) => n);
  }
}
