import { type ErrorBody, errorBody, errors, limits, type PollAnswer, pollAnswer } from '@maru/protocol';
import type { Cancel, Environment, HttpResponse } from '../environment.ts';
import { fullJitterMs } from './backoff.ts';
import { takeBatch } from './poll-batch.ts';
import { type Connection, type ConnectionHandlers, CUT } from './transport.ts';

/** Long: the server waits for something to say. Plain: it is asked every so often, and answers at once. */
export type PollMode =
  | { readonly kind: 'long-poll'; readonly waitMs: number }
  | { readonly kind: 'poll'; readonly everyMs: number };

/** How long an answer may take beyond what the server was told to wait. */
const ANSWER_MS_MAX = limits.SERVER_SILENCE_MS;
/** Who has said something listens for so long, also where it only asks from time to time: the answer comes by then. */
const LISTEN_MS = 1_000;
/** Between two requests, so that what is said in a burst goes together. */
const SPACING_MS = 25;
/** How long a goodbye may take: nobody waits for it. */
const END_MS_MAX = 1_000;
/** A wait that something on the way cuts off is made half as long, but not shorter than this. */
const WAIT_MS_MIN = 1_000;
/** Requests for one answer; each is the same. */
const TRIES_MAX = 6;

interface Flight {
  readonly n: number;
  readonly wait: number;
  readonly body: string;
  madeAt: number;
  tries: number;
  abort: AbortController | undefined;
  retry: Cancel | undefined;
}

type Deps = Pick<Environment, 'http' | 'clock' | 'random'>;

/**
 * A connection made of numbered requests: one that waits, and while it waits one that speaks. A request whose answer got
 * lost is made again under its number and gets the same answer (`[POLL2]`); answers are taken in the order of their
 * numbers (`[POLL1]`).
 */
export class PolledConnection implements Connection {
  readonly silenceMsMax: number;
  readonly #deps: Deps;
  readonly #url: string;
  readonly #mode: PollMode;
  readonly #handlers: ConnectionHandlers;
  readonly #flights = new Map<number, Flight>();
  /** Answers that came before those of earlier requests. */
  readonly #early = new Map<number, PollAnswer>();
  readonly #up: string[] = [];
  /** What goes along with the next request, and whether something of all that is to go at once. */
  #along: string | undefined;
  #urgent = false;
  #session: string | undefined;
  /** The last request made, and the last answer taken. */
  #made = 0;
  #taken = 0;
  #madeAt = Number.NEGATIVE_INFINITY;
  #listenUntil = 0;
  #waitMs: number;
  #next: Cancel | undefined;
  #nextAt = Number.POSITIVE_INFINITY;
  #closed = false;

  constructor(deps: Deps, url: string, mode: PollMode, handlers: ConnectionHandlers) {
    this.#deps = deps;
    this.#url = url;
    this.#mode = mode;
    this.#handlers = handlers;
    this.#waitMs = mode.kind === 'long-poll' ? mode.waitMs : 0;
    this.silenceMsMax = (mode.kind === 'long-poll' ? mode.waitMs : mode.everyMs) + ANSWER_MS_MAX;
    deps.clock.after(0, () => {
      if (!this.#closed) handlers.onOpen();
    });
  }

  send(text: string, hurry = true): void {
    if (this.#closed) return;
    this.#up.push(text);
    if (!hurry && this.#mode.kind === 'poll') return;
    this.#speak();
  }

  sendAlong(text: string, hurry: boolean): void {
    if (this.#closed) return;
    this.#along = text;
    if (hurry) this.#speak();
  }

  close(): void {
    if (this.#closed) return;
    this.#end();
    if (this.#session === undefined) return;
    // So that the server need not find out by the silence. Nobody waits for the answer.
    const { http } = this.#deps;
    http(this.#request(this.#bodyOf(this.#made + 1, 0, [], true), END_MS_MAX)).catch(() => undefined);
  }

  /** What waits here is to go at once. */
  #speak(): void {
    this.#urgent = true;
    this.#listenUntil = this.#deps.clock.monotonic() + LISTEN_MS;
    this.#pumpAfter(0);
  }

  /** Looks for what to do after so long, unless that is to happen sooner. */
  #pumpAfter(ms: number): void {
    const { clock } = this.#deps;
    const at = Math.max(clock.monotonic() + ms, this.#madeAt + SPACING_MS);
    if (at >= this.#nextAt) return;
    this.#next?.();
    this.#nextAt = at;
    this.#next = clock.after(Math.max(0, at - clock.monotonic()), () => {
      this.#nextAt = Number.POSITIVE_INFINITY;
      this.#pump();
    });
  }

  #pump(): void {
    if (this.#closed || this.#made - this.#taken >= limits.POLLS_AT_ONCE_MAX) return;
    if (this.#session === undefined && this.#made > 0) return;
    const now = this.#deps.clock.monotonic();
    const wait = this.#waitOf(now);
    const due = this.#mode.kind === 'long-poll' || wait > 0 ? now : this.#madeAt + this.#mode.everyMs;
    if (this.#urgent || (this.#up.length > 0 && due <= now)) {
      this.#make(takeBatch(this.#up), wait);
      this.#urgent &&= this.#up.length > 0;
      // A second request may follow before the first is answered, and then nothing more.
      if (this.#up.length > 0) this.#pumpAfter(0);
    } else if (this.#made === this.#taken) {
      if (due <= now) this.#make([], wait);
      else this.#pumpAfter(due - now);
    }
  }

  #waitOf(now: number): number {
    return this.#mode.kind === 'long-poll' ? this.#waitMs : Math.max(0, Math.floor(this.#listenUntil - now));
  }

  #make(frames: string[], wait: number): void {
    if (this.#along !== undefined) frames.push(this.#along);
    this.#along = undefined;
    const n = ++this.#made;
    const body = this.#bodyOf(n, wait, frames, false);
    const flight: Flight = { n, wait, body, madeAt: 0, tries: 0, abort: undefined, retry: undefined };
    this.#flights.set(n, flight);
    this.#madeAt = this.#deps.clock.monotonic();
    this.#fly(flight);
  }

  #bodyOf(n: number, wait: number, frames: readonly string[], end: boolean): string {
    const head = JSON.stringify({ session: this.#session, n, wait, ...(end && { end }) });
    return `${head.slice(0, -1)},"frames":[${frames.join(',')}]}`;
  }

  #request(body: string, timeoutMs: number) {
    const headers = { accept: 'application/json', 'content-type': 'application/json' };
    return { method: 'POST', url: this.#url, headers, body, cookies: false, timeoutMs };
  }

  #fly(flight: Flight): void {
    const { http, clock } = this.#deps;
    flight.madeAt = clock.monotonic();
    flight.tries++;
    flight.retry = undefined;
    const abort = new AbortController();
    flight.abort = abort;
    const request = { ...this.#request(flight.body, flight.wait + ANSWER_MS_MAX), signal: abort.signal };
    http(request).then(
      (response) => this.#answered(flight, response),
      () => this.#failed(flight, 0),
    );
  }

  #answered(flight: Flight, { status, body }: HttpResponse): void {
    if (this.#closed || this.#flights.get(flight.n) !== flight) return;
    const json = parseJson(body);
    const answer = status === 200 ? pollAnswer.safeParse(json) : undefined;
    if (answer?.success === true && answer.data.n === flight.n) {
      this.#flights.delete(flight.n);
      this.#early.set(flight.n, answer.data);
      this.#handlers.onAlive();
      this.#lengthen(flight);
      this.#takeAnswers();
      return;
    }
    const error = status === 200 ? undefined : errorBody.safeParse(json);
    // What is no answer of ours comes from something on the way: a proxy, a captive portal.
    if (error?.success === true) this.#refused(flight, error.data);
    else this.#failed(flight, 0);
  }

  #takeAnswers(): void {
    for (let answer = this.#early.get(this.#taken + 1); answer !== undefined; ) {
      this.#taken++;
      this.#early.delete(this.#taken);
      this.#session ??= answer.session;
      for (const frame of answer.frames) {
        this.#handlers.onFrame(JSON.stringify(frame));
        if (this.#closed) return;
      }
      if (answer.closed !== undefined) {
        this.#fail(answer.closed.code);
        return;
      }
      answer = this.#early.get(this.#taken + 1);
    }
    this.#pumpAfter(0);
  }

  #refused(flight: Flight, error: ErrorBody): void {
    if (error.retryable && flight.n > 1) {
      this.#failed(flight, error.retryAfterMs ?? 0);
      return;
    }
    // A session that is over says nothing of what was asked.
    if (error.code !== 'session-unknown') this.#handlers.onFrame(JSON.stringify({ kind: 'error', ...error }));
    const { close = CUT } = errors[error.code] as { readonly close?: number };
    this.#fail(close);
  }

  /** There was no answer to a request. It is made again, for the server may have taken it. */
  #failed(flight: Flight, retryAfterMs: number): void {
    if (this.#closed || this.#flights.get(flight.n) !== flight) return;
    // Whose answer was to give the session knows none to ask again in.
    if (flight.n === 1 || flight.tries >= TRIES_MAX) {
      this.#fail(CUT);
      return;
    }
    const { clock, random } = this.#deps;
    if (retryAfterMs === 0) this.#shorten(clock.monotonic() - flight.madeAt);
    const wait = retryAfterMs + fullJitterMs(flight.tries - 1, random);
    flight.retry = clock.after(wait, () => this.#fly(flight));
  }

  /** Something on the way may cut off what waits so long. */
  #shorten(lastedMs: number): void {
    if (lastedMs >= WAIT_MS_MIN) this.#waitMs = Math.min(this.#waitMs, Math.max(WAIT_MS_MIN, lastedMs / 2));
    this.#waitMs = Math.floor(this.#waitMs);
  }

  #lengthen({ wait, madeAt }: Flight): void {
    if (this.#mode.kind !== 'long-poll' || this.#waitMs === this.#mode.waitMs) return;
    const lasted = this.#deps.clock.monotonic() - madeAt;
    if (lasted >= wait) this.#waitMs = Math.min(this.#mode.waitMs, Math.floor(this.#waitMs * 1.5));
  }

  #fail(code: number): void {
    if (this.#closed) return;
    this.#end();
    this.#handlers.onClose(code);
  }

  #end(): void {
    this.#closed = true;
    this.#next?.();
    for (const { abort, retry } of this.#flights.values()) {
      retry?.();
      abort?.abort();
    }
    this.#flights.clear();
  }
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
