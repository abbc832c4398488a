/** What is begun in one turn of the event loop: some two milliseconds of work. */
const COST_PER_TURN_MAX = 16;
/** Of one that is no more than a few lists to take somebody out of. */
export const SMALL_COST = 0.1;

interface Waiting {
  readonly cost: number;
  readonly begin: () => void;
}

/**
 * Lets what takes long (opening a session, a sync) begin a few at a time, first come, first served. A crowd that comes
 * back at once then does not hold up those who talk: they are served between the turns. Where few come, nothing waits.
 */
export class WorkTurns {
  readonly #defer: (run: () => void) => void;
  /** Who waits, and from where on they have not been let in. */
  #waiting: Waiting[] = [];
  #next = 0;
  #spent = 0;
  #isTurning = false;

  /** @param defer runs something in the next turn, behind what has come in until then */
  constructor(defer: (run: () => void) => void = setImmediate) {
    this.#defer = defer;
  }

  /** Resolves when a task may begin; `undefined` is at once. */
  enter(cost = 1): Promise<void> | undefined {
    if (this.#isFree) {
      this.#spend(cost);
      return undefined;
    }
    return new Promise((begin) => this.#waiting.push({ cost, begin }));
  }

  /** Calls `task` when it may begin, perhaps at once. */
  run(task: () => void, cost = 1): void {
    if (this.#isFree) {
      this.#spend(cost);
      task();
    } else {
      this.#waiting.push({ cost, begin: task });
    }
  }

  /** Tasks that wait for their turn. */
  get waiting(): number {
    return this.#waiting.length - this.#next;
  }

  get #isFree(): boolean {
    return this.#spent < COST_PER_TURN_MAX && this.waiting === 0;
  }

  #spend(cost: number): void {
    this.#spent += cost;
    if (this.#isTurning) return;
    this.#isTurning = true;
    this.#defer(() => this.#turn());
  }

  #turn(): void {
    this.#isTurning = false;
    this.#spent = 0;
    while (this.#spent < COST_PER_TURN_MAX && this.waiting > 0) {
      const task = this.#waiting[this.#next++];
      if (task === undefined) break;
      this.#spend(task.cost);
      task.begin();
    }
    if (this.waiting > 0) return;
    this.#waiting = [];
    this.#next = 0;
  }
}
