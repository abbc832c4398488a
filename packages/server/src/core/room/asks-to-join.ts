import type { RoomFacts, UserId } from '@maru/protocol';

/** Whether somebody waits to be let in. */
export function asksToJoin({ facts }: { readonly facts: RoomFacts }, user: UserId): boolean {
  return facts.requests?.some((request) => request.user === user) === true;
}
