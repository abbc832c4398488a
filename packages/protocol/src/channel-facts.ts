/** What a new channel begins with. A part of `room-facts.ts`, which is what everybody else uses. */
import type { Change } from './event.ts';
import type { RoomRights } from './group-rules.ts';
import type { UserId } from './ids.ts';

type Created = Extract<Change, { type: 'created' }>;

/** Posting, pinning and letting people in are for administrators until the owner sets it otherwise. */
const CHANNEL_RIGHTS: RoomRights = { send: 'administrators', add: 'administrators', pin: 'administrators' };

/**
 * Whose it is, and who may do what: facts like those that somebody sets, so that whoever knows groups knows a channel's.
 */
export function channelFacts(owner: UserId, { description, public: isPublic }: Created) {
  return {
    ...(description !== undefined && { description }),
    ...(isPublic === true && { public: isPublic }),
    owner,
    rights: CHANNEL_RIGHTS,
  };
}
