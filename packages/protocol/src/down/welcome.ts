import * as z from 'zod';
import { cursor, deviceId, sessionId, userId } from '../ids.ts';

/** The limits in force on this server, for clients to check before they send. */
export const limitsInForce = z.object({
  messageCharsMax: z.int(),
  groupMembersMax: z.int(),
  channelMembersMax: z.int().optional(),
  frameBytesMax: z.int(),
  sendsInFlightMax: z.int(),
});
export type LimitsInForce = z.infer<typeof limitsInForce>;

export const welcome = z.object({
  kind: z.literal('welcome'),
  version: z.int(),
  capabilities: z.array(z.string()),
  limits: limitsInForce,
  user: userId,
  device: deviceId,
  session: sessionId,
  /** Milliseconds since the epoch by the server's clock; for showing times only. */
  now: z.int(),
  beatMs: z.int(),
  /** The inbox's head: equal to the device's cursor when nothing is missing. */
  cursor,
  /** The revision of what the user has scheduled; absent: nothing. */
  scheduled: z.int().optional(),
});
export type Welcome = z.infer<typeof welcome>;
