import * as z from 'zod';
import { roomRights } from '../group-rules.ts';
import { commandName } from './send.ts';

/** Says who may do what in a group. Rights that are not named stay as they are. */
export const setRights = z.object({
  kind: z.literal('set-rights'),
  ...commandName,
  rights: roomRights.refine((rights) => Object.keys(rights).length > 0, 'name at least one right'),
});
