import { AtSign } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { Badge } from '../ui/badge.tsx';

/** The way to the next unread message that names the user, with the number of those. */
export function ToMentionButton({
  count,
  onPress,
}: {
  readonly count: number;
  readonly onPress: () => void;
}) {
  const { t } = useTexts();
  return (
    <button
      type="button"
      onClick={onPress}
      aria-label={t('conversation.toMention')}
      title={t('conversation.toMention')}
      className="absolute end-4 bottom-19 flex size-11 items-center justify-center rounded-full bg-raised text-soft shadow-raised hover:text-ink"
    >
      <AtSign size={21} aria-hidden="true" />
      <span className="absolute -top-1.5 flex w-full justify-center">
        <Badge count={count} quiet={false} label={t('room.mentions', { count })} />
      </span>
    </button>
  );
}
