import { Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { lazy } from './lazy.ts';
import { hush, overlays, subscribeOverlays, type Toast } from './overlay-store.ts';

const QuestionDialog = lazy(async () => {
  return { default: (await import('./question-dialog.tsx')).QuestionDialog };
});

/** Time to read it and to reach for the button. */
const TOAST_MS = 7_000;

/** What lies over all panes: what was just done, and what is asked. */
export function Overlays() {
  const { toast, question } = useSyncExternalStore(subscribeOverlays, overlays);
  return (
    <>
      <div
        role={toast?.failed === true ? 'alert' : 'status'}
        className="pointer-events-none fixed inset-x-4 bottom-20 z-30 flex justify-center md:bottom-4 md:justify-start"
      >
        {toast !== undefined && <ToastLine key={toast.key} toast={toast} />}
      </div>
      {question !== undefined && (
        <Suspense>
          <QuestionDialog {...question} />
        </Suspense>
      )}
    </>
  );
}

function ToastLine({ toast: { text, undo, act } }: { readonly toast: Toast }) {
  const { t } = useTexts();
  const way = undo === undefined ? act : { text: t('action.undo'), press: undo };
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(hush, TOAST_MS);
    return () => clearTimeout(timer);
  }, [isHeld]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing happens by it: it waits while somebody reads it
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex min-h-11 max-w-120 items-center gap-3 rounded-panel bg-ink py-1.5 ps-4 pe-4 text-surface shadow-raised has-[button]:pe-1.5"
    >
      <p className="min-w-0 break-words">{text}</p>
      {way !== undefined && (
        <button
          type="button"
          onClick={() => {
            hush();
            way.press();
          }}
          className="min-h-10 shrink-0 rounded-control px-3 font-semibold underline underline-offset-4 outline-offset-0 focus-visible:outline-surface"
        >
          {way.text}
        </button>
      )}
    </div>
  );
}
