/** An event of a Chromium trace; times in µs. */
export interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Of `dur`, what the thread ran: on a machine that does other things, too, it is less. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

export interface FrameWork {
  /** Of each frame of the page, what its main thread worked for it, in ms of the processor. */
  readonly frames: readonly number[];
  /** Tasks of 50 ms and more, by the clock. */
  readonly longTasks: number;
}

const LONG_TASK_MS = 50;
const TASK = 'RunTask';
const FRAME = 'BeginMainThreadFrame';

/** What a page's main thread did, frame by frame, read from a trace. The page is the renderer with the most frames. */
export function frameWork(events: readonly TraceEvent[]): FrameWork {
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const pages = mains.map(({ pid, tid }) => events.filter((event) => event.pid === pid && event.tid === tid));
  const starts = pages.map((own) =>
    own.flatMap(({ name, ts }) => (name === FRAME ? [ts] : [])).sort((a, b) => a - b),
  );
  const most = starts.reduce((best, { length }, at) => (length > (starts[best]?.length ?? 0) ? at : best), 0);
  const begins = starts[most] ?? [];
  const tasks = (pages[most] ?? []).flatMap(({ name, ts, dur, tdur = dur }) =>
    name === TASK && dur !== undefined && tdur !== undefined
      ? [{ ts, ms: dur / 1000, workMs: tdur / 1000 }]
      : [],
  );
  const frames = begins.slice(0, -1).map(() => 0);
  for (const { ts, ms, workMs } of tasks) {
    // A task that draws a frame begins a little before its frame does: it is counted by where its middle lies.
    const middle = ts + (ms * 1000) / 2;
    const at = begins.findLastIndex((begin) => begin <= middle);
    const before = frames[at];
    if (before !== undefined) frames[at] = before + workMs;
  }
  return { frames, longTasks: tasks.filter(({ ms }) => ms >= LONG_TASK_MS).length };
}
