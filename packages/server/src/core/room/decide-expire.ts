import type { Seq, UserId } from '@maru/protocol';
import type { Decision, RoomCommand } from './command.ts';
import { draftEvent } from './draft-event.ts';
import { raised } from './raised.ts';
import { FACTS_RULES_VERSION, type RoomState } from './state.ts';
import { unchanged } from './unchanged.ts';

/**
 * One event for all of the named messages whose time is over by the room's, and which still say something (`[TIME2]`).
 * Nobody does it, and nobody need be left in the room: the event is in the name of who wrote the first of them.
 */
export function decideExpire(
  state: RoomState,
  command: RoomCommand & { kind: 'expire' },
  at: number,
): Decision {
  const { messages, targets } = command;
  if (targets === undefined) return { kind: 'lookup', of: 'targets' };
  const bySender = new Map<UserId, Seq[]>();
  for (const [index, { seq }] of messages.entries()) {
    const target = targets[index];
    if (target?.kind !== 'message' || target.deleted || target.expiresAt === undefined) continue;
    if (target.expiresAt > at) continue;
    const seqs = bySender.get(target.sender);
    if (seqs === undefined) bySender.set(target.sender, [seq]);
    else seqs.push(seq);
  }
  const expired = Array.from(bySender, ([sender, seqs]) => ({ sender, seqs }));
  const [first] = expired;
  if (first === undefined) return unchanged(state);
  const event = draftEvent(state, command, at, 'expired', { type: 'expired', messages: expired });
  event.sender = first.sender;
  return raised(state, FACTS_RULES_VERSION, { kind: 'event', event });
}
