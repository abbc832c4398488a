import type { UserId } from '@maru/protocol';
import { evolve } from '../../core/room/evolve.ts';
import type { RoomState } from '../../core/room/state.ts';
import type { ReaderEntry } from '../../ports/log.ts';
import type { Findings } from './finding.ts';

const NOBODY: ReadonlySet<UserId> = new Set();

/**
 * A channel's state behind the coming or going of a reader, after a look at whether it follows from the one before it.
 * `undefined`: it can't be followed any further.
 *
 * @param readers the channel's members before it
 */
export function checkReader(
  before: RoomState | undefined,
  { room, position, reader }: ReaderEntry,
  findings: Findings,
  readers: ReadonlySet<UserId> = NOBODY,
): RoomState | undefined {
  const { user, how, seq, ordinal, at } = reader;
  const where = { room, position, seq, user };
  if (before === undefined || before.roomKind !== 'channel') {
    findings.add({ code: 'event', detail: 'a reader of what is no channel', ...where });
    return undefined;
  }
  if (readers.has(user) === (how === 'joined')) {
    const detail = how === 'joined' ? 'comes in, and is there' : 'goes, and is not there';
    findings.add({ code: 'members', detail, ...where });
  }
  if (ordinal !== before.ordinal) {
    findings.add({ code: 'ordinal', detail: `is ${ordinal}, counted ${before.ordinal}`, ...where });
  }
  if (at < before.at) {
    findings.add({ code: 'time', detail: `${before.at - at} ms before what is before it`, ...where });
  }
  try {
    return evolve(before, { type: 'reader', room, reader });
  } catch (error) {
    findings.add({ code: 'event', detail: error instanceof Error ? error.message : String(error), ...where });
    return undefined;
  }
}
