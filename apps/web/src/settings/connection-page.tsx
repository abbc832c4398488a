import { Gauge, Network, RefreshCw, Route, Server, Wifi } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { RefusedSection } from '../refused/refused-section.tsx';
import { useClient } from '../state/client-context.tsx';
import { prefer, TRANSPORTS, usePreferences } from '../state/preferences.ts';
import { useClientValue } from '../state/use-client-value.ts';
import { ActionRow, InfoRow, SelectRow } from '../ui/row.tsx';
import { Section } from '../ui/section.tsx';
import { SettingsPage } from './settings-page.tsx';

const MEASURED_EVERY_MS = 5_000;

/** How it stands with the connection, for who wonders. */
export function ConnectionPage() {
  const { t } = useTexts();
  const client = useClient();
  const status = useClientValue(({ connection }) => connection);
  const delayMs = useDelay(status.state === 'online');
  const gateway = useGateway(status.state === 'online');
  const { transport } = usePreferences();
  return (
    <SettingsPage title={t('settings.page.connection')}>
      <Section>
        <InfoRow icon={Wifi} title={t('connection.state')} text={t(`connection.is.${status.state}`)} />
        {'transport' in status && (
          <InfoRow
            icon={Network}
            title={t('connection.transport')}
            text={t(`connection.by.${status.transport}`)}
          />
        )}
        {gateway !== undefined && <InfoRow icon={Server} title={t('connection.gateway')} text={gateway} />}
        {delayMs !== undefined && (
          <InfoRow icon={Gauge} title={t('connection.delay')} text={t('connection.ms', { ms: delayMs })} />
        )}
        {status.state === 'waiting' && (
          <ActionRow icon={RefreshCw} title={t('app.tryAgain')} onPress={() => client.connect()} />
        )}
      </Section>
      <Section hint={t('connection.chosenHint')}>
        <SelectRow
          icon={Route}
          title={t('connection.chosen')}
          choices={TRANSPORTS.map((value) => ({
            value,
            text: value === 'auto' ? t('connection.auto') : t(`connection.by.${value}`),
          }))}
          chosen={transport}
          onChoose={(chosen) => prefer({ transport: chosen })}
        />
      </Section>
      <RefusedSection />
    </SettingsPage>
  );
}

/** Where the server has this device connect. */
function useGateway(isOnline: boolean): string | undefined {
  const { api } = useClient();
  const [host, setHost] = useState<string>();
  useEffect(() => {
    let isOver = false;
    if (isOnline) {
      api.getGateway().then(
        ({ url }) => !isOver && setHost(new URL(url, location.href).host),
        // It stays with what is known.
        () => undefined,
      );
    }
    return () => {
      isOver = true;
    };
  }, [api, isOnline]);
  return host;
}

/** Milliseconds until the server answers, measured while somebody looks. */
function useDelay(isOnline: boolean): number | undefined {
  const { api } = useClient();
  const [delayMs, setDelay] = useState<number>();
  useEffect(() => {
    if (!isOnline) return;
    let isOver = false;
    const measure = async () => {
      const begun = performance.now();
      await api.getServer();
      if (!isOver) setDelay(Math.round(performance.now() - begun));
    };
    const look = () => measure().catch(() => undefined);
    void look();
    const timer = setInterval(look, MEASURED_EVERY_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [api, isOnline]);
  return isOnline ? delayMs : undefined;
}
