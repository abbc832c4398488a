import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useTexts } from '../i18n/texts.tsx';
import { QUESTION, SCRIM } from './dialog-looks.ts';
import type { Question } from './overlay-store.ts';

const BUTTON = 'min-h-10 rounded-control px-4 py-2 font-semibold transition-colors';

/** Asks before what can't be taken back. Escape is a no, and the no is what Enter presses. */
export function QuestionDialog({ title, text, action, answer }: Question) {
  const { t } = useTexts();
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && answer(false)}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={SCRIM} />
        <AlertDialog.Popup className={`${QUESTION} max-w-88 p-5`}>
          <AlertDialog.Title className="font-semibold text-title">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-1.5 text-soft">{text}</AlertDialog.Description>
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <AlertDialog.Close className={`${BUTTON} bg-field text-ink hover:bg-hover`}>
              {t('action.cancel')}
            </AlertDialog.Close>
            <button
              type="button"
              onClick={() => answer(true)}
              className={`${BUTTON} text-danger hover:bg-hover`}
            >
              {action}
            </button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
