const TICK_MS = 2;
const NS_PER_S = 1e9;

/**
 * Calls `send` as often as the rate says, with the moment at which each was due (nanoseconds); a late timer sends what
 * has fallen due meanwhile, and so does its end. Where `send` says that it can't, the same is due again later. Returns what
 * ends it.
 */
export function pace(perSecond: number, send: (due: number) => boolean): () => void {
  const from = Bun.nanoseconds();
  let count = 0;
  const sendDue = () => {
    const now = Bun.nanoseconds();
    for (let due = from; ; count++) {
      due = from + (count * NS_PER_S) / perSecond;
      if (due > now || !send(due)) return;
    }
  };
  const timer = setInterval(sendDue, TICK_MS);
  return () => {
    clearInterval(timer);
    sendDue();
  };
}
