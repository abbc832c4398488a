import type { UserPresence } from '@maru/protocol';
import { useTexts } from '../i18n/texts.tsx';

/** Whether somebody is there: a dot at the picture's edge, nothing while offline or unknown. */
export function PresenceDot({ state }: { readonly state: UserPresence['state'] | undefined }) {
  const { t } = useTexts();
  if (state === undefined || state === 'offline') return null;
  return (
    <span
      role="img"
      aria-label={t(state === 'active' ? 'presence.active' : 'presence.away')}
      className={`absolute end-0 bottom-0 size-3.5 rounded-full border-2 border-surface ${state === 'active' ? 'bg-online' : 'bg-away'}`}
    />
  );
}
