import { type ErrorCode, limits, type Send, type UserId } from '@maru/protocol';
import { firingName } from '../../core/later/firing-name.ts';
import type { Directory } from '../../ports/directory.ts';
import type { Rooms } from '../../ports/rooms.ts';
import type { ScheduledRecord, Settled } from '../../ports/schedules.ts';
import type { Intake } from '../edge/intake.ts';
import { messageOf } from './message-of.ts';

const SLOW_MODE_LIMIT = 'slowMode';

export interface FiringDeps {
  readonly directory: Pick<Directory, 'users'>;
  readonly rooms: Pick<Rooms, 'submit'>;
  readonly intake: Intake;
}

/** What came of some attempts. */
export interface Fired {
  readonly settled: readonly Settled[];
  /** Refused by what does not last: to be tried again under the same names. */
  readonly again: readonly ScheduledRecord[];
}

/** Sends messages whose time has come, by the rules of this moment (`[LATER4]`), in the given order. */
export async function fire(items: readonly ScheduledRecord[], deps: FiringDeps): Promise<Fired> {
  const authors = new Set(items.map(({ user }) => user));
  const found = await deps.directory.users([...authors]);
  const barred = new Map<UserId, ErrorCode>();
  for (const { user, suspendedAt } of found)
    if (suspendedAt !== undefined) barred.set(user, 'account-suspended');
  const outcomes = await Promise.all(items.map((item) => attempt(item, barred.get(item.user), deps)));
  const settled: Settled[] = [];
  const again: ScheduledRecord[] = [];
  for (const [index, item] of items.entries()) {
    const outcome = outcomes[index];
    if (outcome === 'again') again.push(item);
    else settled.push({ scheduled: item.scheduled, ...(outcome !== undefined && { error: outcome }) });
  }
  return { settled, again };
}

/** `undefined`: it was sent, now or by a former attempt under the same name. */
async function attempt(
  item: ScheduledRecord,
  barred: ErrorCode | undefined,
  { intake, rooms }: FiringDeps,
): Promise<ErrorCode | 'again' | undefined> {
  if (barred !== undefined) return barred;
  const { device, clientMessageId } = firingName(item.scheduled, item.attempt);
  const frame: Send = { kind: 'send', room: item.room, clientMessageId, ...messageOf(item) };
  const taken = await intake({ user: item.user, device, administrator: false }, frame);
  if (taken.kind === 'refused') return taken.error.code;
  const answer = await rooms.submit(taken.command);
  if (answer.kind === 'accepted') return undefined;
  const { retryable, code, limit } = answer.error;
  // A group's slow mode may last an hour: its author sees that it waits, and everybody else's go out.
  return retryable && limit?.name !== SLOW_MODE_LIMIT ? 'again' : code;
}

/** Sent at a time: what waits for a start is caught up in bounded steps. */
export const FIRED_AT_ONCE_MAX: number = limits.SENDS_IN_FLIGHT_MAX;
