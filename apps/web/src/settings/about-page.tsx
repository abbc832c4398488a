import { useEffect, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { InfoRow } from '../ui/row.tsx';
import { Section } from '../ui/section.tsx';
import { SettingsPage } from './settings-page.tsx';

type Server = Awaited<ReturnType<ReturnType<typeof useClient>['api']['getServer']>>;

/** What runs at the other end, and where. */
export function AboutPage() {
  const { t } = useTexts();
  const { api } = useClient();
  const [server, setServer] = useState<Server>();
  useEffect(() => {
    api.getServer().then(setServer, () => undefined);
  }, [api]);
  return (
    <SettingsPage title={t('settings.page.about')}>
      <div className="flex flex-col items-center gap-2">
        <img src="/icon.svg" alt="" className="size-16" />
        <p className="font-semibold text-title">{t('app.name')}</p>
        <p className="text-center text-soft">{t('app.introduction')}</p>
      </div>
      <Section>
        <InfoRow title={t('about.server')} text={location.host} />
        {server !== undefined && (
          <>
            <InfoRow title={t('about.version')} text={server.version} />
            <InfoRow title={t('about.signUp')} text={t(`about.signUp.${server.signUp}`)} />
            <InfoRow
              title={t('about.messages')}
              text={t('about.chars', { count: server.limits.messageCharsMax })}
            />
          </>
        )}
      </Section>
    </SettingsPage>
  );
}
