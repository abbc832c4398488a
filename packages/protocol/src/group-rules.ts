/** Who is what in a group, and who may do what there: the words. What follows from them is in `room-rights.ts`. */
import * as z from 'zod';

/** A group has one owner while it has members; administrators look after it beside them. */
export const role = z.enum(['owner', 'administrator', 'member']);
export type Role = z.infer<typeof role>;

/** What a group may leave to everyone or keep to some. */
export const roomRight = z.enum(['send', 'add', 'rename', 'describe', 'history', 'pin', 'mention-all']);
export type RoomRight = z.infer<typeof roomRight>;

/** From whom on up: `administrators` is them and the owner. */
export const rightLevel = z.enum(['everyone', 'administrators', 'owner']);
export type RightLevel = z.infer<typeof rightLevel>;

const level = rightLevel.optional();

/** Some rights with who has them. Those of a later version are passed over. */
export const roomRights = z.object({
  send: level,
  add: level,
  rename: level,
  describe: level,
  history: level,
  pin: level,
  'mention-all': level,
} satisfies Record<RoomRight, typeof level>);
export type RoomRights = z.infer<typeof roomRights>;
