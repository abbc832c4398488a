import * as z from 'zod';
import { settingName } from '../own-settings.ts';
import { requestId } from './sync.ts';

/**
 * Sets one of the user's own settings, or removes it (`null`); the shape of the value goes by the name. Durable when
 * answered (`[OWN1]`).
 */
export const set = z.object({
  kind: z.literal('set'),
  id: requestId,
  name: settingName,
  value: z.unknown(),
});
