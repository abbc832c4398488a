import type { Waiting } from '@maru/client';
import { useTexts } from '../i18n/texts.tsx';
import { timeSpan } from '../i18n/time-span.ts';
import { useNow } from '../state/use-now.ts';

/** What keeps a message on this device, and for how long. */
export function WaitingLine({ waiting: { until } }: { readonly waiting: Waiting }) {
  const { t } = useTexts();
  const now = useNow(1_000);
  const seconds = Math.max(1, Math.ceil((until - now) / 1_000));
  return (
    <p className="clear-both mt-1 text-own-soft text-small">
      {t('message.waitsSlow', { span: timeSpan(seconds, t) })}
    </p>
  );
}
