import * as z from 'zod';
import { profile } from '../profile.ts';

/** Somebody changed what others see of them (`[PEOPLE2]`). Soft. */
export const profileFrame = z.object({ kind: z.literal('profile'), ...profile.shape });
