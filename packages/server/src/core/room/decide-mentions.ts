import { mayMentionAll } from '@maru/protocol';
import type { Decision, RoomCommand } from './command.ts';
import type { EventDraft } from './draft-event.ts';
import { raised } from './raised.ts';
import { refuse } from './refuse.ts';
import { roomCreator } from './room-creator.ts';
import type { RoomState } from './state.ts';

type Naming = Extract<RoomCommand, { kind: 'send' | 'edit' }>;

/** The decision on a message or an edit, with those whom it names; refused where somebody may not name everybody. */
export function withMentions(state: RoomState, command: Naming, event: EventDraft): Decision {
  const { mentions, mentionsAll } = command;
  if (mentions !== undefined) event.mentions = mentions;
  if (mentionsAll === undefined) return { kind: 'event', event };
  const isOwner = roomCreator(state) === command.sender;
  if (!mayMentionAll({ memberCount: state.members.size }, isOwner)) {
    return refuse(command, 'forbidden', { field: 'mentionsAll' });
  }
  event.mentionsAll = true;
  return raised(state, { kind: 'event', event });
}
