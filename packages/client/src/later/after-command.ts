import type { CommandFrame, ScheduledItem } from '@maru/protocol';
import type { Scheduled } from './scheduled-list.ts';

export type LaterCommand = Extract<CommandFrame, { kind: 'schedule' | 'reschedule' | 'unschedule' }>;

/** What is scheduled after one more command, as it will be once the server has it. */
export function afterCommand(
  items: readonly Scheduled[],
  command: LaterCommand,
  scheduled: ScheduledItem['scheduled'],
  state: 'sending' | 'waiting',
): readonly Scheduled[] {
  const others = items.filter((item) => item.scheduled !== scheduled);
  const known = items.find((item) => item.scheduled === scheduled);
  switch (command.kind) {
    case 'unschedule':
      return others;
    case 'schedule': {
      // The server has told of it already.
      if (known !== undefined) return items;
      const { room, at } = command;
      return [...others, { scheduled, room, at, state, ...said(command) }];
    }
    case 'reschedule': {
      if (known === undefined) return items;
      const { error: _error, ...rest } = known;
      const { at = known.at, content } = command;
      const message = content === undefined ? rest : { ...bare(rest), ...said({ ...command, content }) };
      return [...others, { ...message, at, state }];
    }
  }
}

type Saying = Pick<
  Extract<LaterCommand, { kind: 'schedule' }>,
  'content' | 'replyTo' | 'mentions' | 'mentionsAll' | 'expiresAfter'
>;

function said({ content, replyTo, mentions, mentionsAll, expiresAfter }: Saying) {
  return {
    content,
    ...(replyTo !== undefined && { replyTo }),
    ...(mentions !== undefined && { mentions }),
    ...(mentionsAll !== undefined && { mentionsAll }),
    ...(expiresAfter !== undefined && { expiresAfter }),
  };
}

function bare({ scheduled, room, at, state }: Scheduled) {
  return { scheduled, room, at, state };
}
