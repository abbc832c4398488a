import type { MessageOptions } from '@maru/client';
import type { UserId } from '@maru/protocol';

/**
 * Whom the message with this number names: mostly nobody, else somebody, or everybody. It follows from the number, so that
 * no chance is drawn for it and a seed plays the story that it was.
 */
export function namingOf(number: number, users: readonly UserId[]): MessageOptions {
  if (number % 11 === 0) return { entities: [{ type: 'mention-all', offset: 0, length: 1 }] };
  const named = number % 3 === 0 ? users[number % users.length] : undefined;
  return named === undefined ? {} : { mentions: [named] };
}
