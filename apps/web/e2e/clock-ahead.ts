/** Preloaded by a program for which it is to be later than it is: by `CLOCK_AHEAD_MS`, milliseconds. */
const aheadMs = Number(process.env.CLOCK_AHEAD_MS ?? 0);
const { now } = Date;
Date.now = () => now() + aheadMs;
