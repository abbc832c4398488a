import * as z from 'zod';
import { cursor } from '../ids.ts';
import { ownSetting } from '../own-settings.ts';
import { requestId } from '../up/sync.ts';
import { roomEntry } from './room.ts';

export const synced = z.object({
  kind: z.literal('synced'),
  id: requestId,
  /** To be stored after all of this is (`[SYNC3]`). */
  cursor,
  /** All rooms, not changes: what the device knows and the answers (all pages of it) don't name is gone. */
  snapshot: z.boolean(),
  rooms: z.array(roomEntry),
  /** The user's own settings that changed, in the first answer of an exchange; of a snapshot all. Absent: none. */
  settings: z.array(ownSetting).optional(),
  /** There are more: sync again with this cursor. */
  more: z.boolean(),
});
export type Synced = z.infer<typeof synced>;
