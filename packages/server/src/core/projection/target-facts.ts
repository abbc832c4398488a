import type { TargetFacts } from '../room/command.ts';
import type { RoomEvent } from '../room/event.ts';

/** What a decision needs of an event that another refers to. A message or edit without content was deleted. */
export function targetFacts(event: Pick<RoomEvent, 'sender' | 'kind' | 'content'>): TargetFacts {
  const { sender, kind, content } = event;
  return { sender, kind, deleted: content === undefined && (kind === 'message' || kind === 'edit') };
}
