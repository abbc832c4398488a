/** Gives a lock back. */
export type Release = () => void;

export interface Channel {
  /** Tells all other tabs, in order. Plain data. */
  post(message: object): void;
  close(): void;
}

/**
 * What tabs of one browser share beside the store. Named by a text, the same for all.
 * - A lock has one holder at a time. It ends with the tab that holds it, however that dies.
 * - A channel brings what a tab posts to all others that are open then, in order and once, and never to itself.
 * - A note is there for all tabs when `keep` returns, however soon the tab that kept it ends. A browser may have no room for one.
 */
export interface TabsEnvironment {
  /**
   * Takes a lock: in its turn; only if nobody has it (`undefined` where somebody has); or at once, from whoever has it.
   *
   * @param lost it was taken away
   */
  lock(name: string, how: 'wait' | 'if-free' | 'steal', lost: () => void): Promise<Release | undefined>;
  channel(name: string, receive: (message: unknown) => void): Channel;
  /** @param text `undefined`: nothing more */
  keep(name: string, text: string | undefined): void;
  /** The notes whose names begin so: the rest of the name, and the text. */
  kept(prefix: string): [name: string, text: string][];
}
