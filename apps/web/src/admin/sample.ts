import type { Figures } from '@maru/protocol';

/** One look at a server's figures: what there is, and what happens in a second. Absent: it can't be told. */
export interface Sample {
  readonly sessions: number;
  /** Frames a second. */
  readonly received?: number;
  readonly sent?: number;
  /** Percent of one processor. */
  readonly cpu?: number;
  /** Bytes. */
  readonly memory?: number;
  /** What waits for the log and for the views. */
  readonly queue: number;
}

/** Totals become rates by the look before; after a restart of the server there is none. */
export function sampleOf(now: Figures, before: Figures | undefined): Sample {
  const { sessions, commitQueue, viewsLag, machine } = now;
  const there = {
    sessions,
    queue: commitQueue + viewsLag,
    ...(machine !== undefined && { memory: machine.memoryBytes }),
  };
  const seconds = before === undefined ? 0 : (now.at - before.at) / 1_000;
  if (before === undefined || before.startedAt !== now.startedAt || seconds <= 0) return there;
  const rate = (total: number, former: number) => Math.max(0, total - former) / seconds;
  return {
    ...there,
    received: rate(now.framesReceived, before.framesReceived),
    sent: rate(now.framesSent, before.framesSent),
    ...(machine !== undefined &&
      before.machine !== undefined && { cpu: rate(machine.cpuMs, before.machine.cpuMs) / 10 }),
  };
}
