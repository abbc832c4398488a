/**
 * What holds in a room beside its name and its members, as its log's changes have made it: one pure function on both
 * sides, so that a device that follows the events knows what the server knows.
 */
import * as z from 'zod';
import type { Event } from './event.ts';
import { type Seq, seq } from './ids.ts';
import { pinsAfter } from './pins.ts';

/** What was never set is absent, so that most rooms have nothing here. */
export const roomFacts = z.object({
  description: z.string().optional(),
  /** Pinned messages, the one that was pinned last first. */
  pins: z.array(seq).optional(),
});
export type RoomFacts = z.infer<typeof roomFacts>;

export const NO_FACTS: RoomFacts = {};
const NO_PINS: readonly Seq[] = [];

/** What the facts follow from: never a content. */
export type FactsEvent = Pick<Event, 'kind' | 'seq' | 'sender' | 'refersTo' | 'change'>;

/** The facts after one more event of the room: the same object where it changes nothing. */
export function factsAfter(facts: RoomFacts, { kind, refersTo, change }: FactsEvent): RoomFacts {
  // What is deleted hangs nowhere any more.
  if (kind === 'deletion') return withPins(facts, refersTo, false);
  switch (change?.type) {
    case 'described': {
      const { description: _former, ...others } = facts;
      return change.description === '' ? others : { ...others, description: change.description };
    }
    case 'pinned':
      return withPins(facts, refersTo, change.on);
    default:
      return facts;
  }
}

function withPins(facts: RoomFacts, target: Seq | undefined, on: boolean): RoomFacts {
  const { pins: former = NO_PINS, ...others } = facts;
  const pins = target === undefined ? former : pinsAfter(former, target, on);
  if (pins === former) return facts;
  return pins.length === 0 ? others : { ...others, pins: [...pins] };
}
