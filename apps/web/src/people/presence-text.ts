import type { UserPresence } from '@maru/protocol';
import type { Moments } from '../i18n/moments.ts';
import type { Translate } from '../i18n/translator.ts';

/** Whether somebody is there, else when they were; empty where nothing is known. */
export function presenceText(
  presence: UserPresence | undefined,
  { t, moments, now }: { readonly t: Translate; readonly moments: Moments; readonly now: number },
): string {
  if (presence === undefined) return '';
  const { state, lastActive } = presence;
  if (state !== 'offline') return t(`presence.${state}`);
  return lastActive === undefined ? '' : t('person.lastHere', { when: moments.short(lastActive, now) });
}
