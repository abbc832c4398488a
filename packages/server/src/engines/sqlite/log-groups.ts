import { StorageBroken } from '../../ports/log.ts';
import type { LogAnswer, LogRequest, Operation } from './log-request.ts';
import { toRequestText } from './log-request-text.ts';
import type { LogRow } from './log-row.ts';
import { failureDetail, storageError } from './storage-error.ts';
import type { StorageThread } from './storage-thread.ts';

/** Whole contents of long messages, by position. */
export type Bodies = readonly (readonly [position: number, body: string])[];

interface Appending {
  readonly rows: readonly LogRow[];
  readonly bodies: Bodies;
  readonly done: PromiseWithResolvers<void>;
}

interface Operating {
  readonly operation: Operation;
  readonly done: PromiseWithResolvers<unknown>;
}

/**
 * The main thread's end of the log's thread. Entries and changes of accounts that come while a group is being committed
 * go together into the next one: one transaction, one fsync. After a `StorageBroken` all that follows fails alike.
 */
export class LogGroups {
  readonly #thread: StorageThread;
  #appending: Appending[] = [];
  #operating: Operating[] = [];
  #running: Promise<void> | undefined;
  #broken: StorageBroken | undefined;

  constructor(thread: StorageThread) {
    this.#thread = thread;
  }

  append(rows: readonly LogRow[], bodies: Bodies): Promise<void> {
    const done = Promise.withResolvers<void>();
    this.#appending.push({ rows, bodies, done });
    this.#run();
    return done.promise;
  }

  operate(method: string, args: readonly unknown[]): Promise<unknown> {
    const done = Promise.withResolvers<unknown>();
    this.#operating.push({ operation: { method, args }, done });
    this.#run();
    return done.promise;
  }

  /** Sends a request that is no group, after all groups; throws when it fails. */
  async alone(request: Exclude<LogRequest, { kind: 'commit' }>): Promise<void> {
    while (this.#running !== undefined) await this.#running;
    const sent = this.#request(request);
    this.#running = sent.then(
      () => this.#next(),
      () => this.#next(),
    );
    await sent;
  }

  #next(): void {
    this.#running = undefined;
    if (this.#appending.length > 0 || this.#operating.length > 0) this.#run();
  }

  #run(): void {
    this.#running ??= this.#commitAll();
  }

  async #commitAll(): Promise<void> {
    while (this.#appending.length > 0 || this.#operating.length > 0) {
      const appending = this.#appending;
      const operating = this.#operating;
      this.#appending = [];
      this.#operating = [];
      try {
        await this.#commit(appending, operating);
      } catch (error) {
        for (const { done } of appending) done.reject(error);
        for (const { done } of operating) done.reject(error);
      }
    }
    this.#running = undefined;
  }

  async #commit(appending: readonly Appending[], operating: readonly Operating[]): Promise<void> {
    const { results } = await this.#request({
      kind: 'commit',
      rows:
        appending.length === 1 && appending[0] ? appending[0].rows : appending.flatMap(({ rows }) => rows),
      bodies: appending.flatMap(({ bodies }) => bodies),
      operations: operating.map(({ operation }) => operation),
    });
    for (const { done } of appending) done.resolve();
    for (const [index, { done }] of operating.entries()) {
      const result = results[index];
      if (result === undefined || 'fault' in result) done.reject(new Error(result?.fault ?? 'no answer'));
      else done.resolve(result.value);
    }
  }

  async #request(request: LogRequest): Promise<LogAnswer & { kind: 'done' }> {
    if (this.#broken !== undefined) throw this.#broken;
    let answer: LogAnswer;
    try {
      answer = JSON.parse(await this.#thread.request(toRequestText(request))) as LogAnswer;
    } catch (error) {
      answer = { kind: 'failed', failure: 'broken', detail: failureDetail(error) };
    }
    if (answer.kind === 'done') return answer;
    const error = storageError('log', answer.failure, answer.detail);
    if (error instanceof StorageBroken) this.#broken = error;
    throw error;
  }
}
