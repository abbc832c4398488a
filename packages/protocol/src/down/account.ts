import * as z from 'zod';

/** A setting of the account changed on another device: who shows them reads them anew (`[PEOPLE10]`). Soft. */
export const accountNotice = z.object({ kind: z.literal('account') });
