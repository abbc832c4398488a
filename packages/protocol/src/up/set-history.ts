import * as z from 'zod';
import { historySetting } from '../event.ts';
import { commandName } from './send.ts';

/** What those who join from now on may read. Who is a member keeps what was fixed at joining. */
export const setHistory = z.object({
  kind: z.literal('set-history'),
  ...commandName,
  history: historySetting,
});
