/** Time and chance, handed in: a simulation gives virtual ones. */
export interface Clock {
  /** Milliseconds since the epoch. May jump either way; nothing that is promised depends on it. */
  now(): number;
  /** Milliseconds that never go back, for measuring spans and for time-outs. */
  monotonic(): number;
  /** Calls `run` once after `ms`, unless cancelled. Does not keep the process alive. */
  after(ms: number, run: () => void): Cancel;
}

export type Cancel = () => void;

/** Cryptographically strong in production, seeded in a simulation. */
export interface Random {
  bytes(count: number): Uint8Array;
}
