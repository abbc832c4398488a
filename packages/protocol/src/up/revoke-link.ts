import * as z from 'zod';
import { linkId } from '../ids.ts';
import { commandName } from './send.ts';

/** Ends a link: its maker does so, or an administrator of the group. */
export const revokeLink = z.object({ kind: z.literal('revoke-link'), ...commandName, link: linkId });
