import type { RoomSummary } from '@maru/client';
import type { Translate } from '../i18n/translator.ts';

/** How the user came to be out of a room that the device still keeps; `undefined`: they are not out of it. */
export function outText({ membership }: Pick<RoomSummary, 'membership'>, t: Translate): string | undefined {
  return membership === 'left' || membership === 'removed' ? t(`preview.${membership}`) : undefined;
}
