/**
 * A device that floods, in a process of its own, so that it takes time from nobody but the server:
 * `bun flood-process.ts PORT SECONDS`, with its token and a line end on standard input. It prints a line when it begins.
 * Then it sends as fast as the connection takes, and comes back at once whenever it is cut; and prints what it met, as
 * JSON.
 */
import { closeCodes } from '@maru/protocol';
import { RawConnection } from './raw-connection.ts';

export interface Flooded {
  /** What the system has taken from it: a server that cuts may leave some of that unread. */
  bytes: number;
  /** How long that took. */
  seconds: number;
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

async function flood(port: number, token: string, seconds: number): Promise<Flooded> {
  const met: Flooded = { bytes: 0, seconds: 0, refused: 0, untold: 0, cut: 0, otherCodes: [] };
  const frame = { kind: 'look', rooms: [], id: 1, padding: PADDING };
  const begin = performance.now();
  const lasts = () => performance.now() - begin < seconds * 1_000;
  while (lasts()) {
    using raw = await RawConnection.session(port, { token });
    const isOpen = () => !raw.ended && raw.closeCode === undefined;
    while (lasts() && isOpen()) if (!raw.say(frame)) await raw.drained();
    met.bytes += raw.bytesWritten;
    const refusals = raw.frames.filter(({ code }) => code === 'rate-limited');
    met.refused += refusals.length;
    met.untold += refusals.filter((told) => !(told.retryable && Number(told.retryAfterMs) > 0)).length;
    if (isOpen()) continue;
    met.cut++;
    const code = raw.closeCode ?? 1006;
    if (code !== closeCodes.rateLimited.code && code !== 1006) met.otherCodes.push(code);
  }
  met.seconds = (performance.now() - begin) / 1_000;
  return met;
}

const [port, seconds] = process.argv.slice(2).map(Number);
const token = (await Bun.stdin.text()).trim();
console.log('flooding');
console.log(JSON.stringify(await flood(port ?? 0, token, seconds ?? 0)));
process.exit(0);
