import type { MaruClient } from '@maru/client';
import { CloudOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import type { TextKey } from '../i18n/translator.ts';
import { useClient } from '../state/client-context.tsx';
import { useClientValue } from '../state/use-client-value.ts';
import { useLater } from '../state/use-later.ts';
import { Button } from '../ui/button.tsx';

/** A short interruption is none that anybody must hear of. */
const QUIET_MS = 1_500;

type Connection = MaruClient['connection'];

/** Says how it stands with the connection, where it is not as it should be. */
export function ConnectionLine() {
  const { t } = useTexts();
  const client = useClient();
  const connection = useClientValue((one) => one.connection);
  const { state } = connection;
  const isOffline = useOffline(state);
  const isOver = useLater(state !== 'online', QUIET_MS);
  if (state === 'online' || !isOver) return <div role="status" />;
  return (
    <div
      role="status"
      className="mx-3 mb-2 flex min-h-10 items-center gap-2 rounded-control bg-notice py-1 ps-3 pe-1 text-on-notice text-small"
    >
      {isOffline && <CloudOff size={16} aria-hidden="true" className="shrink-0" />}
      <span className="grow">{t(isOffline ? 'connection.waiting' : textOf(connection))}</span>
      {state === 'waiting' && (
        <span className="shrink-0">
          <Button look="plain" onClick={() => client.connect()}>
            {t('app.tryAgain')}
          </Button>
        </span>
      )}
      {state === 'stopped' && connection.reason !== 'suspended' && (
        <span className="shrink-0">
          <Button look="plain" onClick={() => location.reload()}>
            {t('store.reload')}
          </Button>
        </span>
      )}
    </div>
  );
}

/** From the first try that failed until one gets through: that it tries again meanwhile is no news. */
function useOffline(state: Connection['state']): boolean {
  const [isOffline, setOffline] = useState(state === 'waiting');
  useEffect(() => {
    if (state === 'waiting') setOffline(true);
    else if (state !== 'connecting') setOffline(false);
  }, [state]);
  return isOffline && (state === 'waiting' || state === 'connecting');
}

function textOf(connection: Connection): TextKey {
  switch (connection.state) {
    case 'stopped':
      if (connection.reason === 'suspended') return 'connection.suspended';
      return connection.reason === 'unsupported-version' ? 'connection.outdated' : 'connection.stopped';
    case 'syncing':
      return 'connection.syncing';
    default:
      return 'connection.connecting';
  }
}
