import type { TransportOption } from '@maru/client';
import { type Flags, type Option, UsageError } from '../command.ts';

const KINDS: readonly TransportOption[] = ['auto', 'websocket', 'long-poll', 'poll'];

export const transportOption: Option = {
  takes: 'KIND',
  help: 'auto, websocket, long-poll or poll; else MARU_TRANSPORT.',
  byDefault: 'auto',
};

/**
 * How to reach the server: `auto` finds it out.
 * @throws {UsageError}
 */
export function transportOf(
  flags: Flags,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): TransportOption {
  const given = String(flags.transport ?? environment.MARU_TRANSPORT ?? 'auto');
  const kind = KINDS.find((known) => known === given);
  if (kind !== undefined) return kind;
  throw new UsageError(`--transport ${given}: expected ${KINDS.slice(0, -1).join(', ')} or ${KINDS.at(-1)}.`);
}
