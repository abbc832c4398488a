import { X } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { IconButton } from './icon-button.tsx';

/** A sentence that is to be read and then put away. */
export function Notice({ text, onClose }: { readonly text: string; readonly onClose: () => void }) {
  const { t } = useTexts();
  return (
    <div
      role="alert"
      className="fixed inset-x-4 top-4 z-30 mx-auto flex max-w-120 items-center gap-2 rounded-panel bg-notice py-2 ps-4 pe-2 text-on-notice shadow-raised"
    >
      <p className="grow">{text}</p>
      <IconButton icon={X} label={t('action.close')} onClick={onClose} />
    </div>
  );
}
