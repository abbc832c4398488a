import type { Seq } from '@maru/protocol';
import type { Decision, RoomCommand, SeenTarget } from './command.ts';
import { refuse } from './refuse.ts';
import type { RoomState } from './state.ts';

type OnTarget = RoomCommand & { readonly refersTo: Seq };

/**
 * Why a member can't do anything to a message of anybody's: it is none, they may not see it, or it is gone; `undefined`
 * where they can. What they may not see, and what has expired, is as if it were not there (`[PRIV5]`).
 */
export function refuseTarget(
  state: RoomState,
  command: OnTarget,
  target: SeenTarget,
  at: number,
): (Decision & { kind: 'refused' }) | undefined {
  const { refersTo, sender } = command;
  const floor =
    state.roomKind === 'channel' ? 1 : (state.members.get(sender)?.visibleFrom ?? Number.POSITIVE_INFINITY);
  const isGone = target.expiresAt !== undefined && target.expiresAt <= at;
  if (isGone || (refersTo < floor && !target.wasSeen))
    return refuse(command, 'not-found', { field: 'refersTo' });
  if (target.kind !== 'message') return refuse(command, 'forbidden');
  return target.deleted ? refuse(command, 'already-deleted') : undefined;
}
