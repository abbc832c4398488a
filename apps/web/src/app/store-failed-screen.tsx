import type { StoreFault } from '@maru/client/web';
import { HardDrive } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import type { TextKey } from '../i18n/translator.ts';
import type { Session } from '../state/session.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

interface StoreFailedScreenProps {
  readonly session: Session;
  readonly reason: StoreFault;
}

/** Why what the browser keeps can't be used, what is safe, and the ways on. */
export function StoreFailedScreen({ session, reason }: StoreFailedScreenProps) {
  const { t } = useTexts();
  const [isBusy, setBusy] = useState(false);
  const { title, text, way } = SAID[reason];
  const go = async () => {
    if (way === 'store.reload') return location.reload();
    setBusy(true);
    await (way === 'store.freeSpace' ? session.freeSpace() : session.start());
    // Still here: it did not help, and may be tried again.
    setBusy(false);
  };
  return (
    <main className="flex h-full items-center bg-canvas">
      <EmptyState alone icon={HardDrive} title={t(title)} text={t(text)}>
        <Button look="primary" disabled={isBusy} onClick={() => void go()}>
          {t(way)}
        </Button>
        {(way !== 'store.reload' || reason === 'newer-version') && (
          <Button look="plain" disabled={isBusy} onClick={() => void session.goOnWithoutStore()}>
            {t('store.goOn')}
          </Button>
        )}
      </EmptyState>
    </main>
  );
}

type Way = 'store.freeSpace' | 'store.reload' | 'app.tryAgain';
interface Said {
  readonly title: TextKey;
  readonly text: TextKey;
  readonly way: Way;
}

const LOST: Said = { title: 'store.lost', text: 'store.lostText', way: 'store.reload' };

const SAID: Readonly<Record<StoreFault, Said>> = {
  full: { title: 'store.full', text: 'store.fullText', way: 'store.freeSpace' },
  'newer-version': { title: 'store.newer', text: 'store.newerText', way: 'store.reload' },
  outdated: { title: 'store.newer', text: 'store.newerText', way: 'store.reload' },
  'in-use': { title: 'store.inUse', text: 'store.inUseText', way: 'app.tryAgain' },
  denied: LOST,
  lost: LOST,
  'taken-over': LOST,
};
