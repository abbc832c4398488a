import type { Directory } from '../../ports/directory.ts';
import type { Rooms } from '../../ports/rooms.ts';
import { departure } from './departure.ts';
import type { Intake, IntakeResult } from './intake.ts';
import type { RoomFrame } from './later-frame.ts';

export interface GoneSources {
  readonly rooms: Pick<Rooms, 'submit'>;
  readonly directory: Pick<Directory, 'users'>;
  readonly clock: { now(): number };
}

/**
 * An intake that clears the request of an account that was deleted where somebody lets it in: the answer says that there is
 * nobody any more, and the request waits no longer (`[LINK4]`). They are withdrawn with the account; what came in at the
 * same moment may have been missed.
 */
export function withGoneAskers(intake: Intake, sources: GoneSources): Intake {
  return (identity, frame) => {
    const taking = intake(identity, frame);
    return frame.kind === 'answer-join' && frame.accept ? clearing(taking, frame, sources) : taking;
  };
}

async function clearing(
  taking: IntakeResult | Promise<IntakeResult>,
  { room, user }: RoomFrame & { kind: 'answer-join' },
  { rooms, directory, clock }: GoneSources,
): Promise<IntakeResult> {
  const taken = await taking;
  if (taken.kind === 'taken') return taken;
  const [person] = await directory.users([user]);
  if (person?.deletedAt !== undefined) await rooms.submit(departure(room, user, clock.now()));
  return taken;
}
