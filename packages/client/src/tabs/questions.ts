import type { Cancel, Clock } from '../environment.ts';
import { Disconnected } from '../errors.ts';
import { type ErrorSaid, errorOf } from './errors-between-tabs.ts';
import type { Question } from './messages.ts';

/** Whoever leads answers by then, or has gone. */
const ANSWER_MS_MAX = 30_000;

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly cancel: Cancel;
}

/** Questions of one tab to the one that leads. They reject with `Disconnected` where nobody answers. */
export class Questions {
  readonly #clock: Clock;
  readonly #post: (id: number, question: Question) => void;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  constructor(clock: Clock, post: (id: number, question: Question) => void) {
    this.#clock = clock;
    this.#post = post;
  }

  ask(question: Question): Promise<unknown> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(ANSWER_MS_MAX, () => this.#end(id, 'another tab did not answer'));
      this.#waiting.set(id, { resolve, reject, cancel });
      this.#post(id, question);
    });
  }

  answered(id: number, answer: unknown): void {
    this.#take(id)?.resolve(answer);
  }

  refused(id: number, error: ErrorSaid): void {
    this.#take(id)?.reject(errorOf(error));
  }

  /** Whoever was asked is gone. */
  end(): void {
    for (const id of [...this.#waiting.keys()]) this.#end(id, 'the tab with the connection is gone');
  }

  #end(id: number, why: string): void {
    this.#take(id)?.reject(new Disconnected(why));
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.cancel();
    return waiting;
  }
}
