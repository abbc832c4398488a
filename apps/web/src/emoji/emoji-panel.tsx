import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import { VList, type VListHandle } from 'virtua';
import { useTexts } from '../i18n/texts.tsx';
import { useLoaded } from '../state/use-loaded.ts';
import { Panel } from '../ui/panel.tsx';
import { TextField } from '../ui/text-field.tsx';
import { type Emoji, findEmoji, loadEmoji } from './emoji-list.ts';
import { COLUMNS, emojiRows } from './emoji-rows.ts';
import { noteEmoji, recentEmoji } from './recent-emoji.ts';

interface EmojiPanelProps {
  readonly onTake: (emoji: string) => void;
  readonly onClose: () => void;
}

/** All emoji: those used lately, then by group, found by their names in the user's language. */
export function EmojiPanel({ onTake, onClose }: EmojiPanelProps) {
  const { t, language } = useTexts();
  const { value: all, error } = useLoaded(useCallback(() => loadEmoji(language), [language]));
  const [query, setQuery] = useState('');
  const wanted = useDeferredValue(query.trim());
  const [recent] = useState(recentEmoji);
  const rows = useMemo(() => {
    if (all === undefined) return [];
    return wanted === '' ? emojiRows(all, recent) : emojiRows(findEmoji(all, wanted), [], { flat: true });
  }, [all, recent, wanted]);
  const list = useRef<VListHandle>(null);
  const take = (emoji: string) => {
    noteEmoji(emoji);
    onTake(emoji);
  };
  const groups = rows.flatMap((row, index) =>
    row.kind === 'title' && row.group !== 'recent' ? [{ ...row, index, first: rows[index + 1] }] : [],
  );
  return (
    <Panel title={t('emoji.title')} onClose={onClose}>
      <div className="px-5 pb-2">
        <TextField label={t('emoji.find')} value={query} onValue={setQuery} error={error} />
      </div>
      {groups.length > 0 && (
        <nav className="flex border-line border-b px-3 pb-1">
          {groups.map(({ group, index, first }) => (
            <button
              key={group}
              type="button"
              aria-label={t(`emoji.group.${group}`)}
              title={t(`emoji.group.${group}`)}
              onClick={() => list.current?.scrollToIndex(index)}
              className="flex h-10 min-w-0 grow items-center justify-center rounded-full font-emoji text-title hover:bg-hover"
            >
              {first?.kind === 'emoji' ? first.emoji[0]?.emoji : ''}
            </button>
          ))}
        </nav>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its buttons have the focus, it only moves it. */}
      <div className="h-[22rem] max-h-[50dvh] px-3 pb-2" onKeyDown={moveFocus}>
        {rows.length === 0 && all !== undefined && (
          <p className="py-8 text-center text-soft">{t('emoji.none')}</p>
        )}
        <VList ref={list} className="h-full">
          {rows.map((row) =>
            row.kind === 'title' ? (
              <h3 key={row.key} className="px-2 pt-3 pb-1 font-semibold text-small text-soft">
                {t(`emoji.group.${row.group}`)}
              </h3>
            ) : (
              <div key={row.key} className="grid grid-cols-8">
                {row.emoji.map((one) => (
                  <EmojiButton key={one.emoji} emoji={one} onTake={take} />
                ))}
              </div>
            ),
          )}
        </VList>
      </div>
    </Panel>
  );
}

function EmojiButton({
  emoji: { emoji, label },
  onTake,
}: {
  readonly emoji: Emoji;
  readonly onTake: (emoji: string) => void;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={() => onTake(emoji)}
      className="flex h-11 items-center justify-center rounded-control font-emoji text-[1.625rem] leading-none hover:bg-hover"
    >
      {emoji}
    </button>
  );
}

/** The arrows go through the grid. */
function moveFocus(event: React.KeyboardEvent<HTMLElement>): void {
  const right = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
  const steps = new Map([
    ['ArrowRight', right],
    ['ArrowLeft', -right],
    ['ArrowDown', COLUMNS],
    ['ArrowUp', -COLUMNS],
  ]);
  const step = steps.get(event.key);
  if (step === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const next = buttons[at + step];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
