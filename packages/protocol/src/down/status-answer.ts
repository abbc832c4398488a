import * as z from 'zod';
import { errorCode } from '../errors.ts';
import { roomId, seq } from '../ids.ts';
import { requestId } from '../up/sync.ts';

/** What became of a command: the first answer, for as long as the room exists. */
export const commandStatus = z.discriminatedUnion('status', [
  z.object({ status: z.literal('unknown') }),
  z.object({ status: z.literal('accepted'), room: roomId, seq }),
  z.object({ status: z.literal('refused'), code: errorCode }),
]);
export type CommandStatus = z.infer<typeof commandStatus>;

export const statusAnswer = z.object({ kind: z.literal('status'), id: requestId, answer: commandStatus });
