declare const self: Worker;

/**
 * Answers the messages of the thread that started this one, in order, one at a time. Both are JSON text: a string
 * crosses threads without being taken apart.
 */
export function serveThread(answer: (request: string) => Promise<string>): void {
  let queue = Promise.resolve();
  self.onmessage = ({ data }: MessageEvent<string>) => {
    queue = queue.then(async () => self.postMessage(await answer(data)));
  };
}
