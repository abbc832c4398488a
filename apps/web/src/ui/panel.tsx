import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { SCRIM, SHEET, SHEET_HEADER } from './dialog-looks.ts';
import { IconButton } from './icon-button.tsx';
import { hush } from './overlay-store.ts';

interface PanelProps {
  readonly title: string;
  /** What it is about, in a sentence. */
  readonly text?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Something that is done or read before the conversation goes on: a sheet from below on a phone, else in the middle. */
export function Panel({ title, text, onClose, children }: PanelProps) {
  const { t } = useTexts();
  // What was said before would lie over it.
  useEffect(hush, []);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={SCRIM} />
        <Dialog.Popup className={SHEET}>
          <header className={SHEET_HEADER}>
            <Dialog.Title className="min-w-0 grow truncate font-semibold text-title">{title}</Dialog.Title>
            <IconButton icon={X} label={t('action.close')} onClick={onClose} />
          </header>
          {text !== undefined && (
            <Dialog.Description className="px-5 pb-3 text-soft">{text}</Dialog.Description>
          )}
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
