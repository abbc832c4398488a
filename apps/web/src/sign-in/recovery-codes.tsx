import { Dialog } from '@base-ui/react/dialog';
import { Check, Copy } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/button.tsx';
import { QUESTION, SCRIM } from '../ui/dialog-looks.ts';
import { useCopy } from '../ui/use-copy.ts';

/** The codes that set a new password, shown once, right after signing up. */
export function RecoveryCodes({
  codes,
  onKept,
}: {
  readonly codes: readonly string[];
  readonly onKept: () => void;
}) {
  const { t } = useTexts();
  const { copied, copy } = useCopy();
  return (
    <Dialog.Root open disablePointerDismissal>
      <Dialog.Portal>
        <Dialog.Backdrop className={SCRIM} />
        <Dialog.Popup className={`${QUESTION} max-w-96 p-6`}>
          <Dialog.Title className="font-semibold text-title">{t('recovery.title')}</Dialog.Title>
          <Dialog.Description className="mt-1 text-soft">{t('recovery.text')}</Dialog.Description>
          <ul className="my-4 grid grid-cols-1 gap-x-4 gap-y-1 rounded-control bg-field p-3 text-center font-mono text-small">
            {codes.map((code) => (
              <li key={code} className="select-all">
                {code}
              </li>
            ))}
          </ul>
          <div className="flex flex-col gap-2">
            <Button onClick={() => void copy(codes.join('\n'))}>
              {copied ? <Check size={18} aria-hidden="true" /> : <Copy size={18} aria-hidden="true" />}
              {t(copied ? 'action.copied' : 'recovery.copy')}
            </Button>
            <Button look="primary" onClick={onKept}>
              {t('recovery.kept')}
            </Button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
