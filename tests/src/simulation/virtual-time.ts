import type { SeededRandom } from './seeded-random.ts';

/** What takes longer does not end. */
const DURING_MS_MAX = 60_000;

interface Task {
  readonly due: number;
  /** Chance decides among tasks of one moment. */
  readonly rank: number;
  run: (() => void) | undefined;
}

/**
 * The only clock and scheduler of a simulation. Time stands still while anything can still run without it, and then
 * jumps to the next task. Everything a task sets off by promises has run before the next one begins.
 */
export class VirtualTime {
  readonly #random: SeededRandom;
  /** A binary heap, the next task first. */
  readonly #heap: Task[] = [];
  /** Whole microseconds since the simulation began: whoever waits for any time at all sees it pass. */
  #microseconds = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** Milliseconds since the simulation began. */
  get elapsed(): number {
    return this.#microseconds / 1_000;
  }

  /** Calls `run` after `ms` of virtual time; gives what cancels it. */
  after(ms: number, run: () => void): () => void {
    const task: Task = { due: this.#microseconds + ticks(ms), rank: this.#random.next(), run };
    push(this.#heap, task);
    return () => {
      task.run = undefined;
    };
  }

  /** Resolves after `ms` of virtual time. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve));
  }

  /**
   * Runs until `done` holds, which is asked after each task, or until `ms` have passed.
   *
   * @returns whether `done` held
   */
  async run(ms: number, done: () => boolean = () => false): Promise<boolean> {
    const end = this.#microseconds + ticks(ms);
    await settle();
    while (!done()) {
      const task = pop(this.#heap);
      if (task === undefined || task.due > end) {
        if (task !== undefined) push(this.#heap, task);
        this.#microseconds = end;
        return false;
      }
      if (task.run === undefined) continue;
      this.#microseconds = task.due;
      task.run();
      await settle();
    }
    return true;
  }

  /** Runs until something is done, and gives what comes of it. */
  async during<T>(work: Promise<T> | T): Promise<T> {
    const working = Promise.resolve(work);
    let done = false;
    const end = () => {
      done = true;
    };
    working.then(end, end);
    if (!(await this.run(DURING_MS_MAX, () => done))) throw new Error('something is not done after a minute');
    return working;
  }
}

function ticks(ms: number): number {
  return Math.ceil(Math.max(0, ms) * 1_000);
}

/** Lets every promise reaction run: a macrotask comes after all of them. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function before(a: Task, b: Task): boolean {
  return a.due < b.due || (a.due === b.due && a.rank < b.rank);
}

function push(heap: Task[], task: Task): void {
  let at = heap.length;
  heap.push(task);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || !before(task, above)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = task;
}

function pop(heap: Task[]): Task | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    const [left, right] = [heap[child], heap[child + 1]];
    if (left === undefined) break;
    let next = left;
    if (right !== undefined && before(right, left)) {
      next = right;
      child++;
    }
    if (!before(next, last)) break;
    heap[at] = next;
    at = child;
  }
  heap[at] = last;
  return first;
}
