/** What two people are to each other (`[REL1]`): what may be done about it, and what each of them is told. */
import * as z from 'zod';
import { anyContent } from './content.ts';

/** `remove` ends being contacts, `cancel` takes one's own request back, `refuse` declines the other's request or messages. */
export const relationAct = z.enum(['request', 'accept', 'refuse', 'cancel', 'remove', 'block', 'unblock']);
export type RelationAct = z.infer<typeof relationAct>;

/** What an event may do to a relation: writing is one more, for who writes accepts the other. */
export const relationEventAct = z.enum([...relationAct.options, 'write']);
export type RelationEventAct = z.infer<typeof relationEventAct>;

/** What may come with the creation of a direct room, so that it is one event. */
export const firstAct = z.enum(['request', 'block']);
export type FirstAct = z.infer<typeof firstAct>;

/**
 * One's own side of a relation. `open`: both have written, or the room is from before there were relations. `stranger`:
 * they wrote and I have not answered; `writing` is the other side of that. `blocked`: by me. Who is blocked by the other
 * is not told so (`[REL6]`).
 */
export const relationState = z.enum([
  'none',
  'open',
  'stranger',
  'writing',
  'requested-by-me',
  'requested-by-them',
  'contact',
  'blocked',
]);
export type RelationState = z.infer<typeof relationState>;

export const relationView = z.object({
  state: relationState,
  /** The event that made it so: what a command is based on. 0: nobody has related yet. */
  seq: z.int().min(0),
  /** What the request that stands says. */
  note: anyContent.optional(),
  /** While a request stands, and the two had both written before: what they write is no stranger's. */
  open: z.literal(true).optional(),
});
export type RelationView = z.infer<typeof relationView>;
