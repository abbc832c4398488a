import * as z from 'zod';
import { errorBody } from '../errors.ts';
import { requestId } from '../up/sync.ts';

/** A frame or request that could not be served. The session goes on unless a close follows. */
export const errorFrame = z.object({
  kind: z.literal('error'),
  id: requestId.optional(),
  ...errorBody.shape,
});
