import type { Change } from '@maru/protocol';
import type { Sides } from './relation.ts';

const WRITING: Change = { type: 'related', act: 'write' };

/**
 * What a message changes between the two of a direct room: who writes accepts the other, and is a stranger's first message
 * to them if they were not (`[REL3]`). Mostly nothing, so that a message is only a message.
 */
export function writing({ mine, others }: Sides): Change | undefined {
  return mine.open && others.heard && mine.request !== 'theirs' ? undefined : WRITING;
}
