import type { RoomSnapshot } from '@maru/client';
import { Bell, BellOff, Pin } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { useNow } from '../state/use-now.ts';
import { SwitchRow } from '../ui/row.tsx';
import { Section } from '../ui/section.tsx';
import { isKept } from './is-kept.ts';
import { useRoomActs } from './use-room-acts.ts';

/** How the user has a conversation, for themselves alone. Of one that is over nothing is kept. */
export function NotificationSection({ snapshot }: { readonly snapshot: RoomSnapshot }) {
  const { t, moments } = useTexts();
  const acts = useRoomActs(snapshot);
  const now = useNow();
  const { muted, pinned } = snapshot;
  if (!isKept(snapshot)) return null;
  const until = muted === undefined || muted.until === 'ever' ? undefined : moments.short(muted.until, now);
  return (
    <Section title={t('details.forMe')}>
      <SwitchRow
        icon={muted === undefined ? Bell : BellOff}
        title={t('details.notify')}
        text={until === undefined ? undefined : t('details.mutedUntil', { when: until })}
        on={muted === undefined}
        onSwitch={(on) => void (on ? acts.unmute() : acts.mute(undefined, true))}
      />
      <SwitchRow icon={Pin} title={t('roomMenu.pin')} on={pinned} onSwitch={() => void acts.togglePin()} />
    </Section>
  );
}
