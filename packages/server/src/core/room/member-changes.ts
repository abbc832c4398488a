import type { Seq } from '@maru/protocol';
import { unreachable } from '../unreachable.ts';
import type { MemberChange, ReaderChange, RoomEvent } from './event.ts';
import type { RoomState } from './state.ts';

const NONE: readonly MemberChange[] = [];

/**
 * How an event changes who is a member; the state is the one before it. What a newcomer may read is fixed here, by the
 * history setting of that moment (`[PRIV4]`).
 */
export function memberChanges(event: RoomEvent, before: RoomState | undefined): readonly MemberChange[] {
  const { change, seq } = event;
  if (change === undefined) return NONE;
  switch (change.type) {
    case 'created':
      return change.members.map((user) => ({ type: 'opened', user, joined: seq, visibleFrom: seq }));
    case 'joined': {
      const visibleFrom = before?.history === 'all' ? (1 as Seq) : seq;
      return change.users.map((user) => ({ type: 'opened', user, joined: seq, visibleFrom }));
    }
    case 'left':
      return [{ type: 'closed', user: event.sender, left: seq, how: 'left' }];
    case 'removed':
      return [{ type: 'closed', user: change.user, left: seq, how: 'removed' }];
    case 'renamed':
    case 'history-set':
    case 'described':
    case 'timer-set':
    case 'expired':
    case 'related':
    case 'role-set':
    case 'rights-set':
    case 'slow-mode-set':
    case 'link-made':
    case 'link-revoked':
    case 'join-requested':
    case 'join-refused':
    case 'reacted':
    case 'pinned':
      return NONE;
    default:
      return unreachable(change);
  }
}

/** The same for a reader of a channel, where everybody may read everything. */
export function readerMemberChange({ user, how, seq }: ReaderChange): MemberChange {
  return how === 'joined'
    ? { type: 'opened', user, joined: seq, visibleFrom: 1 as Seq }
    : { type: 'closed', user, left: seq, how };
}

/** How the number of members changes. */
export function memberDelta(changes: readonly MemberChange[] = NONE): number {
  return changes.reduce((delta, { type }) => delta + (type === 'opened' ? 1 : -1), 0);
}
