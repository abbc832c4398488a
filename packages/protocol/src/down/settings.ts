import * as z from 'zod';
import { ownSetting } from '../own-settings.ts';

/** Settings of the user changed on another device. */
export const settings = z.object({ kind: z.literal('settings'), settings: z.array(ownSetting) });
