import { BadgeCheck, Volume2 } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { prefer, usePreferences } from '../state/preferences.ts';
import { SwitchRow } from '../ui/row.tsx';
import { Section } from '../ui/section.tsx';
import { chime } from './chime.ts';
import { SettingsPage } from './settings-page.tsx';

/** How this browser tells of messages. */
export function NotificationsPage() {
  const { t } = useTexts();
  const { sound, badge } = usePreferences();
  const switchSound = (on: boolean) => {
    prefer({ sound: on });
    // So that one knows what to listen for.
    if (on) void chime();
  };
  return (
    <SettingsPage title={t('settings.page.notifications')}>
      <Section hint={t('settings.notificationsHint')}>
        <SwitchRow
          icon={Volume2}
          title={t('settings.sound')}
          text={t('settings.soundText')}
          on={sound}
          onSwitch={switchSound}
        />
        <SwitchRow
          icon={BadgeCheck}
          title={t('settings.badge')}
          text={t('settings.badgeText')}
          on={badge}
          onSwitch={(on) => prefer({ badge: on })}
        />
      </Section>
    </SettingsPage>
  );
}
