import { existsSync } from 'node:fs';
import type { Check } from './check.ts';

/** Nobody runs this before it was written. */
const EARLIEST = Date.UTC(2026, 0, 1);
/** How far the wall clock may go from the one that never jumps, while other checks ran. */
const DRIFT_MS_MAX = 20;
const ASK_MS_MAX = 1_000;

export interface ClockReading {
  readonly wall: number;
  readonly monotonic: number;
}

export function readClock(): ClockReading {
  return { wall: Date.now(), monotonic: performance.now() };
}

/** @param since a reading of a while ago */
export async function checkClock(since: ClockReading): Promise<Check> {
  return judgeClock(since, readClock(), await synchronised());
}

/** @param synced whether the system keeps the time by others (NTP); `undefined`: that can't be told */
export function judgeClock(since: ClockReading, now: ClockReading, synced: boolean | undefined): Check {
  const driftMs = Math.round(now.wall - since.wall - (now.monotonic - since.monotonic));
  const spanMs = Math.round(now.monotonic - since.monotonic);
  const ntp =
    synced === undefined ? 'by NTP or not, which this system does not say' : synced ? 'by NTP' : 'by nobody';
  const about = {
    name: 'clock',
    found: `${new Date(now.wall).toISOString()}, drift ${driftMs} ms in ${spanMs} ms, kept ${ntp}`,
    values: { driftMs, spanMs, ...(synced !== undefined && { synchronised: synced }) },
  };
  if (now.wall < EARLIEST) {
    return {
      ...about,
      state: 'fail',
      advice: 'Set the time: invites, tickets and messages would carry a wrong one.',
    };
  }
  if (Math.abs(driftMs) > DRIFT_MS_MAX) {
    const advice =
      'The time jumps: let one service keep it (chrony, systemd-timesyncd), and slew instead of step.';
    return { ...about, state: 'warn', advice };
  }
  if (synced === false) {
    const advice =
      'Let NTP keep the time: timedatectl set-ntp true. Order does not depend on it; what people see does.';
    return { ...about, state: 'warn', advice };
  }
  return { ...about, state: 'ok' };
}

/** What systemd says, where it runs; nothing is asked over the network. */
async function synchronised(): Promise<boolean | undefined> {
  if (existsSync('/run/systemd/timesync/synchronized')) return true;
  if (!existsSync('/run/systemd/system') || Bun.which('timedatectl') === null) return undefined;
  const asked = Bun.spawn(['timedatectl', 'show', '--property=NTPSynchronized', '--value'], {
    stdout: 'pipe',
    stderr: 'ignore',
    timeout: ASK_MS_MAX,
  });
  const answer = (await new Response(asked.stdout).text()).trim();
  return answer === 'yes' ? true : answer === 'no' ? false : undefined;
}
