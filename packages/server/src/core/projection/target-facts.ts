import type { TargetFacts } from '../room/command.ts';
import type { RoomEvent } from '../room/event.ts';

/** What a decision needs of an event that another refers to. A message or edit without content was deleted. */
export function targetFacts(
  event: Pick<RoomEvent, 'sender' | 'kind' | 'content' | 'expiresAt'>,
): TargetFacts {
  const { sender, kind, content, expiresAt } = event;
  const deleted = content === undefined && (kind === 'message' || kind === 'edit');
  return { sender, kind, deleted, ...(expiresAt !== undefined && { expiresAt }) };
}
