import * as z from 'zod';
import { roomId } from '../ids.ts';

export const typing = z.object({ kind: z.literal('typing'), room: roomId });
