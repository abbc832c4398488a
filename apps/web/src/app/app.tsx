import { CSPProvider } from '@base-ui/react/csp-provider';
import { DirectionProvider } from '@base-ui/react/direction-provider';
import { CloudOff } from 'lucide-react';
import { Suspense, useState, useSyncExternalStore } from 'react';
import { directionOf } from '../i18n/direction.ts';
import { useTexts } from '../i18n/texts.tsx';
import { ClientProvider } from '../state/client-context.tsx';
import type { Session } from '../state/session.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { Mishap } from './mishap.tsx';
import { RecoveryCodes, Shell, SignInScreen, StoreFailedScreen, UpdateOffer } from './parts.ts';

/** The whole app: what is shown to whom follows from the session. */
export function App({ session }: { readonly session: Session }) {
  return (
    <>
      <Suspense fallback={<Starting />}>
        <Mishap>
          <Screen session={session} />
        </Mishap>
      </Suspense>
      {import.meta.env.PROD && (
        <Suspense>
          <UpdateOffer />
        </Suspense>
      )}
    </>
  );
}

function Starting() {
  const { t } = useTexts();
  return <main aria-busy="true" aria-label={t('app.starting')} className="h-full bg-canvas" />;
}

function Screen({ session }: { readonly session: Session }) {
  const { t, language } = useTexts();
  const state = useSyncExternalStore(session.subscribe, () => session.state);
  switch (state.kind) {
    case 'starting':
      return <Starting />;
    case 'unreachable':
      return (
        <main className="flex h-full items-center bg-canvas">
          <EmptyState alone icon={CloudOff} title={t('app.unreachable')} text={t('app.unreachableText')}>
            <Button look="primary" onClick={() => void session.start()}>
              {t('app.tryAgain')}
            </Button>
          </EmptyState>
        </main>
      );
    case 'store-failed':
      return <StoreFailedScreen session={session} reason={state.reason} />;
    case 'failed':
      // What stands in for a part that failed stands in for all that a session would have shown.
      throw state.error;
    case 'signed-out':
      return <SignInScreen session={session} ended={state.ended === true} />;
    case 'signed-in':
      return (
        // The policy lets nothing inline in, the styles of components included.
        <CSPProvider disableStyleElements>
          <DirectionProvider direction={directionOf(language)}>
            <ClientProvider client={state.client}>
              <Shell session={session} />
              {state.keepsNothing === true && <KeepsNothing />}
              {state.recoveryCodes !== undefined && (
                <Suspense>
                  <RecoveryCodes codes={state.recoveryCodes} onKept={() => session.forgetRecoveryCodes()} />
                </Suspense>
              )}
            </ClientProvider>
          </DirectionProvider>
        </CSPProvider>
      );
  }
}

function KeepsNothing() {
  const { t } = useTexts();
  const [isRead, setRead] = useState(false);
  return isRead ? null : <Notice text={t('store.keepsNothing')} onClose={() => setRead(true)} />;
}
