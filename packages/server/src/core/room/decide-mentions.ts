import { mayDo } from '@maru/protocol';
import type { Decision, RoomCommand } from './command.ts';
import type { EventDraft } from './draft-event.ts';
import { raised } from './raised.ts';
import { refusePower } from './refuse.ts';
import { FACTS_RULES_VERSION, type RoomState } from './state.ts';

type Naming = Extract<RoomCommand, { kind: 'send' | 'edit' }>;

/** The decision on a message or an edit, with those whom it names; refused where somebody may not name everybody. */
export function withMentions(state: RoomState, command: Naming, event: EventDraft): Decision {
  const { mentions, mentionsAll } = command;
  if (mentions !== undefined) event.mentions = mentions;
  if (mentionsAll === undefined) return { kind: 'event', event };
  if (!mayDo(state, command.sender, 'mention-all')) return refusePower(state, command, 'mention-all');
  event.mentionsAll = true;
  return raised(state, FACTS_RULES_VERSION, { kind: 'event', event });
}
