import { evolve } from '../../core/room/evolve.ts';
import type { RoomState } from '../../core/room/state.ts';
import type { ReaderEntry } from '../../ports/log.ts';
import type { Findings } from './finding.ts';

/**
 * A channel's state behind the coming or going of a reader, after a look at whether it follows from the one before it.
 * That their memberships are those of the replay is compared with every user's. `undefined`: it can't be followed.
 */
export function checkReader(
  before: RoomState | undefined,
  { room, position, reader }: ReaderEntry,
  findings: Findings,
): RoomState | undefined {
  const { user, seq, ordinal, at } = reader;
  const where = { room, position, seq, user };
  if (before === undefined || before.roomKind !== 'channel') {
    findings.add({ code: 'event', detail: 'a reader of what is no channel', ...where });
    return undefined;
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
