/**
 * A device that floods, in a process of its own, so that it takes time from nobody but the server:
 * `bun flood-process.ts PORT`, with its token and a line end on standard input. It sends as fast as the connection
 * takes, and comes back whenever it is cut, until standard input ends; then it prints what it met as JSON.
 */
import { closeCodes } from '@maru/protocol';
import { RawConnection } from './raw-connection.ts';

export interface Flooded {
  /** Frames that were refused for their rate. */
  refused: number;
  /** Of those, the ones that did not say when to come again. */
  untold: number;
  /** Connections that the server ended. */
  cut: number;
  /** Close codes but the one for flooding; cut in the middle of a frame a device may miss the code. */
  otherCodes: number[];
}

const PADDING = 'x'.repeat(50_000);

async function flood(port: number, token: string, signal: AbortSignal): Promise<Flooded> {
  const met: Flooded = { refused: 0, untold: 0, cut: 0, otherCodes: [] };
  while (!signal.aborted) {
    using raw = await RawConnection.session(port, { token });
    const frame = { kind: 'look', rooms: [], id: 1, padding: PADDING };
    while (!signal.aborted && !raw.ended) if (!raw.say(frame)) await raw.drained();
    const refusals = raw.frames.filter(({ code }) => code === 'rate-limited');
    met.refused += refusals.length;
    met.untold += refusals.filter((told) => !(told.retryable && Number(told.retryAfterMs) > 0)).length;
    if (signal.aborted) continue;
    met.cut++;
    const code = await raw.end();
    if (code !== closeCodes.rateLimited.code && code !== 1006) met.otherCodes.push(code);
  }
  return met;
}

const input = Bun.stdin.stream().getReader();
const token = new TextDecoder().decode((await input.read()).value).trim();
const ended = new AbortController();
input.read().then(
  () => ended.abort(),
  () => ended.abort(),
);
console.log(JSON.stringify(await flood(Number(process.argv[2]), token, ended.signal)));
process.exit(0);
