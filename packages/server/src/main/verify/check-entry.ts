import { countsAsUnread, type UserId } from '@maru/protocol';
import type { EventEntry } from '../../core/log-entry.ts';
import type { RoomEvent } from '../../core/room/event.ts';
import { evolve } from '../../core/room/evolve.ts';
import { memberChanges } from '../../core/room/member-changes.ts';
import { FIRST_RULES_VERSION, type RoomState, RULES_VERSION } from '../../core/room/state.ts';
import type { Findings } from './finding.ts';

/**
 * The room's state behind an event, after a look at whether it follows from the one before it. `undefined`: it can't be
 * followed any further.
 *
 * @param readers of a channel: its members, of whom the state knows nobody
 */
export function checkEntry(
  before: RoomState | undefined,
  entry: EventEntry,
  findings: Findings,
  readers?: ReadonlySet<UserId>,
): RoomState | undefined {
  const { event, room, position } = entry;
  const { seq } = event;
  const at = { room, seq, position };
  const expected = (before?.seq ?? 0) + 1;
  if (seq !== expected) {
    const code = seq < expected ? 'double' : 'gap';
    findings.add({ code, detail: `after ${expected - 1} comes ${seq}`, ...at });
    return undefined;
  }
  const { rulesVersion = FIRST_RULES_VERSION } = event;
  if (rulesVersion > RULES_VERSION) {
    findings.add({ code: 'rules', detail: `${rulesVersion}, known up to ${RULES_VERSION}`, ...at });
    return undefined;
  }
  const ordinal = (before?.ordinal ?? 0) + (event.counts ? 1 : 0);
  if (event.ordinal !== ordinal) {
    findings.add({ code: 'ordinal', detail: `is ${event.ordinal}, counted ${ordinal}`, ...at });
  }
  if (event.counts !== countsAsUnread(event.kind)) {
    findings.add({ code: 'event', detail: `a ${event.kind} with counts = ${event.counts}`, ...at });
  }
  if (before !== undefined && event.at < before.at) {
    findings.add({ code: 'time', detail: `${before.at - event.at} ms before the event before it`, ...at });
  }
  if (event.refersTo !== undefined && event.refersTo >= seq) {
    findings.add({ code: 'event', detail: `refers to ${event.refersTo}, which comes later`, ...at });
  }
  // Who left is none behind it, and a message may outlast its author in the room.
  const needsMember = event.kind !== 'left' && event.kind !== 'expired';
  const isInside = before === undefined || !needsMember || (readers ?? before.members).has(event.sender);
  if (!isInside && !comesByLink(event, before)) {
    findings.add({ code: 'event', detail: 'its sender is not a member', ...at, user: event.sender });
  }
  try {
    const changes = memberChanges(event, before);
    if (!Bun.deepEquals(entry.members ?? [], changes)) {
      findings.add({ code: 'members', detail: 'other changes than the event makes', ...at });
    }
    // The numbers go on from what was counted, so that one wrong ordinal is one finding.
    return evolve(before, { type: 'event', room, event: { ...event, ordinal } });
  } catch (error) {
    findings.add({ code: 'event', detail: error instanceof Error ? error.message : String(error), ...at });
    return undefined;
  }
}

/** Who is not in a room yet asks to join or comes in by a link that it has. */
function comesByLink({ change, sender }: RoomEvent, { facts }: RoomState): boolean {
  if (change?.type !== 'join-requested' && change?.type !== 'joined') return false;
  if (change.type === 'joined' && (change.users.length !== 1 || change.users[0] !== sender)) return false;
  return facts.links?.some(({ link }) => link === change.link) === true;
}
