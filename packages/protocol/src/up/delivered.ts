import * as z from 'zod';
import { roomId, seq } from '../ids.ts';
import { DELIVERED_ROOMS_MAX } from '../limits.ts';

/** "This device has stored everything up to here." Coalesced by the SDK, not answered (`[SOFT2]`). */
export const delivered = z.object({
  kind: z.literal('delivered'),
  marks: z.array(z.tuple([roomId, seq])).max(DELIVERED_ROOMS_MAX),
});
