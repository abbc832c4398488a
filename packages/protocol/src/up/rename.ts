import * as z from 'zod';
import { roomName } from './create.ts';
import { commandName } from './send.ts';

export const rename = z.object({ kind: z.literal('rename'), ...commandName, name: roomName });
