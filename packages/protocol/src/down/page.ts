import * as z from 'zod';
import { event } from '../event.ts';
import { roomId, seq } from '../ids.ts';
import { requestId } from '../up/sync.ts';
import { visibleSpan } from './room.ts';

export const pageBody = {
  room: roomId,
  events: z.array(event),
  /** What the reader may see of the room; numbers outside are no gaps. */
  visible: z.array(visibleSpan),
  head: seq,
};
export const page = z.object({ kind: z.literal('page'), id: requestId, ...pageBody });
export type Page = z.infer<typeof page>;
