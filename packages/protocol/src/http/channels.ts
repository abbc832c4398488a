/** The directory of public channels. */
import * as z from 'zod';
import { roomId } from '../ids.ts';
import { CHANNEL_QUERY_CHARS_MAX, CHANNELS_PAGE_DEFAULT, CHANNELS_PAGE_MAX } from '../limits.ts';
import { route } from './route.ts';

/** A channel as everybody signed in may see it. */
export const listedChannel = z.object({
  room: roomId,
  name: z.string(),
  description: z.string().optional(),
  memberCount: z.int(),
});
export type ListedChannel = z.infer<typeof listedChannel>;

export const listChannels = route({
  method: 'GET',
  path: '/v1/channels',
  name: 'listChannels',
  summary: 'Public channels, those with the most members first.',
  tag: 'rooms',
  access: 'signed-in',
  query: z.object({
    /** Words that all stand in the name or the description, in either case. */
    query: z.string().max(CHANNEL_QUERY_CHARS_MAX).default(''),
    /** The last one of the page before. */
    after: roomId.optional(),
    limit: z.coerce.number().int().min(1).max(CHANNELS_PAGE_MAX).default(CHANNELS_PAGE_DEFAULT),
  }),
  response: z.object({ channels: z.array(listedChannel), more: z.boolean() }),
});
