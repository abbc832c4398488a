import * as z from 'zod';
import { event } from '../event.ts';
import { roomId } from '../ids.ts';

/** Live delivery: new events of one room, in order. Lossy by design: a gap in `seq` is filled by `history`. */
export const events = z.object({ kind: z.literal('events'), room: roomId, events: z.array(event) });
export type Events = z.infer<typeof events>;
