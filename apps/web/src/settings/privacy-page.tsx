import { ClientClosed } from '@maru/client';
import { type AccountSettings, circle } from '@maru/protocol';
import { Eye, MessageCircle, Search, UserPlus } from 'lucide-react';
import { useEffect } from 'react';
import { errorText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { useClientValue } from '../state/use-client-value.ts';
import { say } from '../ui/overlay-store.ts';
import { SelectRow, SwitchRow } from '../ui/row.tsx';
import { Section } from '../ui/section.tsx';
import { SettingsPage } from './settings-page.tsx';

/** Who finds the user, sees them, writes to them and adds them. */
export function PrivacyPage() {
  const { t } = useTexts();
  const client = useClient();
  const settings = useClientValue((one) => one.accountSettings);
  const isOnline = useClientValue(({ connection }) => connection.state === 'online');
  useEffect(() => {
    // What could not be read is shown as far as it is known.
    if (isOnline) client.loadAccountSettings().catch(() => undefined);
  }, [client, isOnline]);
  const change = (part: Partial<AccountSettings>) => {
    client.updateSettings(part).catch((error: unknown) => {
      // It is kept, and brought by the next page.
      if (!(error instanceof ClientClosed)) say(errorText(error, t), { failed: true });
    });
  };
  const circles = circle.options.map((value) => ({ value, text: t(`privacy.circle.${value}`) }));
  const disabled = settings === undefined;
  return (
    <SettingsPage title={t('settings.page.privacy')}>
      <Section hint={t('privacy.findableHint')}>
        <SwitchRow
          icon={Search}
          title={t('privacy.findable')}
          on={settings?.findable ?? false}
          disabled={disabled}
          onSwitch={(findable) => change({ findable })}
        />
      </Section>
      <Section hint={t('privacy.circleHint')}>
        <SelectRow
          icon={MessageCircle}
          title={t('privacy.write')}
          choices={circles}
          chosen={settings?.whoMayWrite ?? 'everyone'}
          disabled={disabled}
          onChoose={(whoMayWrite) => change({ whoMayWrite })}
        />
        <SelectRow
          icon={UserPlus}
          title={t('privacy.add')}
          choices={circles}
          chosen={settings?.whoMayAdd ?? 'everyone'}
          disabled={disabled}
          onChoose={(whoMayAdd) => change({ whoMayAdd })}
        />
      </Section>
      <Section hint={t('privacy.presenceHint')}>
        <SwitchRow
          icon={Eye}
          title={t('privacy.presence')}
          on={settings !== undefined && !settings.hidePresence}
          disabled={disabled}
          onSwitch={(on) => change({ hidePresence: !on })}
        />
      </Section>
    </SettingsPage>
  );
}
