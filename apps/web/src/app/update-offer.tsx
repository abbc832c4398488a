import { X } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { AppUpdates } from '../worker/app-updates.ts';

const updates = new AppUpdates();
void updates.start();

/** Offers a new version where there is one; what the user does meanwhile is never interrupted by it. */
export function UpdateOffer() {
  const { t } = useTexts();
  const isReady = useSyncExternalStore(updates.subscribe, () => updates.isReady);
  const [isLater, setLater] = useState(false);
  if (!isReady || isLater) return null;
  return (
    <div
      role="status"
      className="fixed inset-x-4 top-4 z-30 mx-auto flex max-w-100 items-center gap-2 rounded-panel bg-surface py-2 ps-4 pe-2 shadow-raised"
    >
      <p className="grow">{t('update.ready')}</p>
      <Button look="plain" onClick={() => updates.takeOver()}>
        {t('update.load')}
      </Button>
      <IconButton icon={X} label={t('update.later')} onClick={() => setLater(true)} />
    </div>
  );
}
