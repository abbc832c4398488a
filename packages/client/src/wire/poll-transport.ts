import type { Environment } from '../environment.ts';
import { PolledConnection, type PollMode } from './polled-connection.ts';
import type { Transport } from './transport.ts';

/** Long polls wait at the server so long: what remains of `POLL_SILENCE_MS` is for the way and the next request. */
export const LONG_POLL_MS = 20_000;
/** Plain polls, unless told otherwise. */
export const POLL_MS = 5_000;

/** Frames over HTTP requests, for where no socket can be had: `POST /v1/poll` beside the socket's address. */
export function pollTransport(
  environment: Pick<Environment, 'http' | 'clock' | 'random'>,
  mode: PollMode,
): Transport {
  return { connect: (url, handlers) => new PolledConnection(environment, pollUrl(url), mode, handlers) };
}

function pollUrl(socketUrl: string): string {
  return new URL('poll', socketUrl.replace(/^ws/, 'http')).href;
}
