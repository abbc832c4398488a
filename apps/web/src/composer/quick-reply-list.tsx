import type { QuickReply } from '@maru/protocol';
import { useTexts } from '../i18n/texts.tsx';

interface QuickReplyListProps {
  readonly id: string;
  readonly replies: readonly QuickReply[];
  /** Which of them Enter takes. */
  readonly at: number;
  readonly onTake: (index: number) => void;
}

/** Kept texts that could be meant, above the composer. */
export function QuickReplyList({ id, replies, at, onTake }: QuickReplyListProps) {
  const { t } = useTexts();
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t('replies.title')}
      className="absolute inset-x-2 bottom-full mb-1 max-h-72 overflow-y-auto rounded-panel bg-raised p-1.5 shadow-raised"
    >
      {replies.map(({ shortcut, text }, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the composer, which names the active one.
        // biome-ignore lint/a11y/useKeyWithClickEvents: the composer takes the keys.
        <div
          key={shortcut}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onTake(index)}
          className={`flex min-h-10 cursor-pointer items-center gap-3 rounded-control px-3 py-1.5 ${index === at ? 'bg-selected' : 'hover:bg-hover'}`}
        >
          <bdi className="shrink-0 font-semibold text-link">/{shortcut}</bdi>
          <span className="min-w-0 truncate text-soft" dir="auto">
            {text}
          </span>
        </div>
      ))}
    </div>
  );
}
