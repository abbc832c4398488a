import * as z from 'zod';
import { errorBody } from '../errors.ts';
import { clientMessageId, roomId } from '../ids.ts';

/** The command made no event. Where `retryable`, the same id may be sent again. */
export const refused = z.object({
  kind: z.literal('refused'),
  room: roomId,
  clientMessageId,
  ...errorBody.shape,
});
export type Refused = z.infer<typeof refused>;
