import type { MaruClient } from '@maru/client';

/** Notes every change of something that clients tell and that should stay as it is. */
export class Steady {
  readonly changes: string[] = [];

  /** Watches what a client tells until it is closed. */
  watch(client: MaruClient, what: string, read: () => string | undefined): void {
    let before = read();
    client.subscribe(() => {
      const now = read();
      if (now !== before) this.changes.push(`${what}: ${before}, then ${now}`);
      before = now;
    });
  }
}
