/**
 * What holds in a room beside its name and its members, as its log's changes have made it: one pure function on both
 * sides, so that a device that follows the events knows what the server knows.
 */
import * as z from 'zod';
import type { Event } from './event.ts';
import { groupFacts, groupFactsAfter } from './group-facts.ts';

/** What was never set is absent, so that most rooms have nothing here. */
export const roomFacts = z.object({
  description: z.string().optional(),
  /** Seconds that messages stay which choose nothing shorter. */
  expiresAfter: z.int().optional(),
  ...groupFacts.shape,
});
export type RoomFacts = z.infer<typeof roomFacts>;

export const NO_FACTS: RoomFacts = {};

/** What the facts follow from: never a content. */
export type FactsEvent = Pick<Event, 'seq' | 'sender' | 'change'>;

/** The facts after one more event of the room: the same object where it changes nothing. */
export function factsAfter(facts: RoomFacts, event: FactsEvent): RoomFacts {
  const { change } = event;
  switch (change?.type) {
    case 'described': {
      const { description: _former, ...others } = facts;
      return change.description === '' ? others : { ...others, description: change.description };
    }
    case 'timer-set':
      return withTimer(facts, change.seconds);
    default:
      return groupFactsAfter(facts, event);
  }
}

/** The facts with another timer, in seconds; 0 is none. */
export function withTimer(facts: RoomFacts, seconds: number): RoomFacts {
  const { expiresAfter: _former, ...others } = facts;
  return seconds === 0 ? others : { ...others, expiresAfter: seconds };
}
