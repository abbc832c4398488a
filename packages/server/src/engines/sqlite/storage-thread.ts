/** The main thread's end of a storage thread. One request is under way at a time; the caller collects meanwhile. */
export class StorageThread {
  readonly #worker: Worker;
  readonly #onDead: (error: Error) => void;
  #waiting: PromiseWithResolvers<string> | undefined;
  #dead: Error | undefined;

  /** @param onDead the thread ended, and nobody had told it to */
  constructor(worker: Worker, onDead: (error: Error) => void = () => undefined) {
    this.#worker = worker;
    this.#onDead = onDead;
    // What keeps the process alive is the server, not its storage.
    worker.unref();
    worker.onmessage = ({ data }: MessageEvent<string>) => {
      const waiting = this.#waiting;
      this.#waiting = undefined;
      waiting?.resolve(data);
    };
    worker.onerror = (event) => this.#end(new Error(`a storage thread failed: ${event.message}`));
    worker.addEventListener('close', () => this.#end(new Error('a storage thread ended')));
  }

  /** Rejects only when the thread itself has died. */
  request(message: string): Promise<string> {
    if (this.#dead !== undefined) return Promise.reject(this.#dead);
    if (this.#waiting !== undefined) throw new Error('a request is under way');
    this.#waiting = Promise.withResolvers();
    this.#worker.postMessage(message);
    return this.#waiting.promise;
  }

  terminate(): void {
    this.#dead ??= new Error('the storage thread was ended');
    this.#worker.terminate();
  }

  #end(error: Error): void {
    if (this.#dead === undefined) {
      this.#dead = error;
      this.#onDead(error);
    }
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }
}
