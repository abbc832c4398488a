import type { ScheduledMessage } from '@maru/protocol';
import type { ScheduledRecord } from '../../ports/schedules.ts';

/** What a scheduled message will say. */
export function messageOf({ message }: Pick<ScheduledRecord, 'message'>): ScheduledMessage {
  // What was stored had passed the schema.
  return JSON.parse(message) as ScheduledMessage;
}

/** Some of what a message says; without a content it is left as it is. */
export type ScheduledParts = {
  readonly [Part in keyof ScheduledMessage]?: ScheduledMessage[Part] | undefined;
};

/** As it is stored; `undefined` where a change names no content. */
export function encodeMessage(given: ScheduledParts): string | undefined {
  const { replyTo, mentions, mentionsAll, expiresAfter, content } = given;
  if (content === undefined) return undefined;
  return JSON.stringify({ replyTo, mentions, mentionsAll, expiresAfter, content });
}
