import * as z from 'zod';
import { requestId } from '../up/sync.ts';

/** A request was carried out and has nothing to say. */
export const ok = z.object({ kind: z.literal('ok'), id: requestId });
