import * as z from 'zod';
import { LINK_USES_MAX } from '../limits.ts';
import { linkSecret } from '../room-links.ts';
import { commandName } from './send.ts';

/** Makes a link that lets people into a group. The device mints its secret, so that it has the link at once. */
export const makeLink = z.object({
  kind: z.literal('make-link'),
  ...commandName,
  secret: linkSecret,
  /** Milliseconds since the epoch; absent: until it is revoked. */
  expiresAt: z.int().min(0).optional(),
  /** How many may come in by it; absent: any number. */
  usesMax: z.int().min(1).max(LINK_USES_MAX).optional(),
  /** Whether it lets people ask, and somebody who may add lets them in. */
  approval: z.boolean().default(false),
});
