import * as z from 'zod';
import { content } from '../content.ts';
import { historySetting } from '../event.ts';
import { userId } from '../ids.ts';
import { ROOM_NAME_CHARS_MAX, USERS_PER_COMMAND_MAX } from '../limits.ts';
import { firstAct } from '../relation.ts';
import { blockReport } from '../report.ts';
import { displayText } from '../text.ts';
import { roomDescription } from './describe.ts';
import { commandName } from './send.ts';

export const roomName = displayText(ROOM_NAME_CHARS_MAX);

/**
 * Makes a room. The id of a group or channel is minted by the device; a direct room's must be the one that `directRoomId` derives.
 * Making a direct room that exists is accepted and changes nothing.
 */
export const create = z.discriminatedUnion('roomKind', [
  z.object({
    kind: z.literal('create'),
    roomKind: z.literal('direct'),
    ...commandName,
    user: userId,
    /** Whom one asks or blocks before a word was said: one event. In a room that exists, a `relate` based on nothing. */
    relate: z.object({ act: firstAct, note: content.optional(), report: blockReport.optional() }).optional(),
  }),
  z.object({
    kind: z.literal('create'),
    roomKind: z.literal('group'),
    ...commandName,
    name: roomName,
    history: historySetting.default('all'),
    users: z.array(userId).max(USERS_PER_COMMAND_MAX).default([]),
  }),
  z.object({
    kind: z.literal('create'),
    roomKind: z.literal('channel'),
    ...commandName,
    name: roomName,
    description: roomDescription.default(''),
    /** Whether it stands in the directory, and anybody may join; else people come in by links. */
    public: z.boolean().default(false),
  }),
]);
export type Create = z.infer<typeof create>;
