import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { isTaken } from '../composer/is-send-key.ts';
import { useTexts } from '../i18n/texts.tsx';
import { go } from '../route/use-route.ts';
import { useClient } from '../state/client-context.tsx';
import type { SearchOpening } from '../state/search-opening.ts';
import { useNow } from '../state/use-now.ts';
import { wantMessage } from '../state/wanted-message.ts';
import { SCRIM } from '../ui/dialog-looks.ts';
import { ResultRow } from './result-row.tsx';
import type { Result } from './search-results.ts';
import { useSearch } from './use-search.ts';

interface SearchDialogProps {
  readonly opening: SearchOpening;
  readonly onClose: () => void;
}

/** Conversations, people and messages by what they are called and say. The arrows choose, Enter goes there. */
export function SearchDialog({ opening, onClose }: SearchDialogProps) {
  const { t } = useTexts();
  const client = useClient();
  const id = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const { results, since, isDone } = useSearch(text, opening);
  const chosen = Math.min(at, results.length - 1);
  const take = async (result: Result) => {
    onClose();
    if (result.kind === 'room') go({ kind: 'room', room: result.summary.room });
    else if (result.kind === 'message') {
      const { room, seq } = result.hit;
      wantMessage({ room, seq });
      go({ kind: 'room', room });
    } else go({ kind: 'room', room: (await client.commands.openDirect(result.person.user)).room });
  };
  const press = (event: KeyboardEvent) => {
    const result = results[chosen];
    if (isTaken({ keyCode: event.keyCode, isComposing: event.nativeEvent.isComposing })) return;
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, results.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0));
    else if (event.key === 'Enter' && result !== undefined) void take(result);
    else return;
    event.preventDefault();
  };
  const label = t(opening.room === undefined ? 'search.label' : 'search.labelRoom');
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={SCRIM} />
        <Dialog.Popup
          aria-label={label}
          className="fixed inset-0 z-20 flex flex-col overflow-hidden bg-raised text-ink shadow-raised outline-none md:mx-auto md:mt-[10dvh] md:h-fit md:max-h-[75dvh] md:max-w-136 md:rounded-panel"
        >
          <div className="flex items-center gap-2 border-line border-b ps-4 pe-2">
            <Search size={19} aria-hidden="true" className="shrink-0 text-soft" />
            <input
              type="text"
              role="combobox"
              aria-label={label}
              placeholder={label}
              aria-expanded={results.length > 0}
              aria-controls={id}
              aria-autocomplete="list"
              aria-activedescendant={results.length === 0 ? undefined : `${id}-${chosen}`}
              autoComplete="off"
              spellCheck={false}
              value={text}
              onChange={({ target }) => {
                setText(target.value);
                setAt(0);
              }}
              onKeyDown={press}
              className="h-14 min-w-0 grow bg-transparent text-input outline-none placeholder:text-faint"
            />
            <button
              type="button"
              onClick={onClose}
              className="min-h-10 rounded-control px-3 font-semibold text-link hover:bg-hover"
            >
              {t('action.close')}
            </button>
          </div>
          <div
            id={id}
            role="listbox"
            aria-label={label}
            className="min-h-0 overflow-y-auto p-1.5 empty:hidden"
          >
            {results.map((result, index) => (
              <ResultRow
                key={result.key}
                id={`${id}-${index}`}
                result={result}
                query={text}
                chosen={index === chosen}
                title={result.kind === results[index - 1]?.kind ? undefined : result.kind}
                inRoom={opening.room !== undefined}
                onTake={() => void take(result)}
              />
            ))}
          </div>
          {results.length === 0 && isDone && text.trim() !== '' && (
            <p role="status" className="px-6 py-10 text-center text-soft">
              {t('search.nothing')}
            </p>
          )}
          <Reach since={since} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** How far back it was looked. */
function Reach({ since }: { readonly since: number | undefined }) {
  const { t, moments } = useTexts();
  const now = useNow();
  return (
    <p className="mt-auto border-line border-t px-4 py-2.5 text-small text-soft">
      {since === undefined ? t('search.onDevice') : t('search.since', { when: moments.day(since, now) })}
    </p>
  );
}
