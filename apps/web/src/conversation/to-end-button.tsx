import { ArrowDown } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { Badge } from '../ui/badge.tsx';

/** The way back to the end, with the number of what is new there. */
export function ToEndButton({ count, onPress }: { readonly count: number; readonly onPress: () => void }) {
  const { t } = useTexts();
  return (
    <button
      type="button"
      onClick={onPress}
      aria-label={t('conversation.toEnd')}
      title={t('conversation.toEnd')}
      className="absolute end-4 bottom-3 flex size-11 items-center justify-center rounded-full bg-raised text-soft shadow-raised hover:text-ink"
    >
      <ArrowDown size={21} aria-hidden="true" />
      {count > 0 && (
        <span className="absolute -top-1.5 flex w-full justify-center">
          <Badge count={count} quiet={false} label={t('room.unread', { count })} />
        </span>
      )}
    </button>
  );
}
