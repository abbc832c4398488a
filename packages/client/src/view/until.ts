/** Resolves as soon as `condition` holds, looking after each change; rejects with the signal's reason. */
export async function until(
  condition: () => boolean,
  subscribe: (listener: () => void) => () => void,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  if (condition()) return;
  let end: () => void = () => undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const abort = () => reject(signal?.reason);
      const unsubscribe = subscribe(() => {
        if (condition()) resolve();
      });
      signal?.addEventListener('abort', abort);
      end = () => {
        unsubscribe();
        signal?.removeEventListener('abort', abort);
      };
    });
  } finally {
    end();
  }
}
