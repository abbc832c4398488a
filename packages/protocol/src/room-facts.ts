/**
 * What holds in a room beside its name and its members, as its log's changes have made it: one pure function on both
 * sides, so that a device that follows the events knows what the server knows.
 */
import * as z from 'zod';
import { channelFacts } from './channel-facts.ts';
import type { Event } from './event.ts';
import { groupFacts, groupFactsAfter } from './group-facts.ts';
import { messagesHiddenBy } from './hidden-messages.ts';
import { type Seq, seq } from './ids.ts';
import { pinsAfter } from './pins.ts';

/** What was never set is absent, so that most rooms have nothing here. */
export const roomFacts = z.object({
  description: z.string().optional(),
  /** A channel that stands in the directory, and that anybody may join. */
  public: z.literal(true).optional(),
  /** Seconds that messages stay which choose nothing shorter. */
  expiresAfter: z.int().optional(),
  ...groupFacts.shape,
  /** Pinned messages, the one that was pinned last first. */
  pins: z.array(seq).optional(),
});
export type RoomFacts = z.infer<typeof roomFacts>;

export const NO_FACTS: RoomFacts = {};
const NO_PINS: readonly Seq[] = [];

/** What the facts follow from: never a content. */
export type FactsEvent = Pick<Event, 'kind' | 'seq' | 'sender' | 'refersTo' | 'change'>;

/** The facts after one more event of the room: the same object where it changes nothing. */
export function factsAfter(facts: RoomFacts, event: FactsEvent): RoomFacts {
  const { refersTo, change } = event;
  // What is gone hangs nowhere any more.
  if (event.kind === 'deletion') return withoutHidden(facts, event);
  switch (change?.type) {
    case 'created':
      return change.roomKind === 'channel' ? { ...facts, ...channelFacts(event.sender, change) } : facts;
    case 'described': {
      const { description: _former, ...others } = facts;
      return change.description === '' ? others : { ...others, description: change.description };
    }
    case 'expired':
      return withoutHidden(facts, event);
    case 'timer-set':
      return withTimer(facts, change.seconds);
    case 'pinned':
      return withPins(facts, refersTo, change.on);
    default:
      return groupFactsAfter(facts, event);
  }
}

/** The facts with another timer, in seconds; 0 is none. */
export function withTimer(facts: RoomFacts, seconds: number): RoomFacts {
  const { expiresAfter: _former, ...others } = facts;
  return seconds === 0 ? others : { ...others, expiresAfter: seconds };
}

/** The facts without what a deletion or an expiry leaves nothing of. */
function withoutHidden(facts: RoomFacts, event: FactsEvent): RoomFacts {
  return messagesHiddenBy(event).reduce((others, { seq: hidden }) => withPins(others, hidden, false), facts);
}

function withPins(facts: RoomFacts, target: Seq | undefined, on: boolean): RoomFacts {
  const { pins: former = NO_PINS, ...others } = facts;
  const pins = target === undefined ? former : pinsAfter(former, target, on);
  if (pins === former) return facts;
  return pins.length === 0 ? others : { ...others, pins: [...pins] };
}
