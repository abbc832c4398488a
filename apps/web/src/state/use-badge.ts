import type { RoomSummary } from '@maru/client';
import { countText } from '@maru/protocol';
import { useEffect } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { usePreferences } from './preferences.ts';
import { useClientValue } from './use-client-value.ts';

/** What comes into a conversation that is looked at is unread for a moment: the icon, which the system draws, shows nothing of that. */
const STEADY_MS = 250;

/** Says in the title of the page, and on the icon of the installed app, how many messages are unread that the user wants to hear of. */
export function useBadge(): void {
  const { t } = useTexts();
  const unread = useClientValue(({ rooms }) => rooms.reduce((sum, room) => sum + loudCount(room), 0));
  const { badge } = usePreferences();
  useEffect(() => {
    document.title =
      unread === 0 || !badge ? t('app.name') : t('app.titleUnread', { unread: countText(unread) });
  }, [badge, t, unread]);
  useEffect(() => {
    const timer = setTimeout(() => {
      // Some browsers have no icon to write on, or ask first whether they may.
      if ('setAppBadge' in navigator) navigator.setAppBadge(badge ? unread : 0).catch(() => undefined);
    }, STEADY_MS);
    return () => clearTimeout(timer);
  }, [badge, unread]);
}

type Counts = Pick<RoomSummary, 'unreadCount' | 'mentionCount' | 'markedUnread' | 'muted'>;

/** Who kept a conversation for later has one thing to read in it. */
function loudCount({ unreadCount, mentionCount, markedUnread, muted }: Counts): number {
  if (muted !== undefined) return muted.mentions ? mentionCount : 0;
  return Math.max(unreadCount, markedUnread ? 1 : 0);
}
