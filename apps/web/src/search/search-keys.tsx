import type { RoomId } from '@maru/protocol';
import { Suspense, useEffect, useState } from 'react';
import { loadLaterTexts } from '../i18n/texts.tsx';
import { closeSearch, openSearch, useSearchOpening } from '../state/search-opening.ts';
import { lazy } from '../ui/lazy.ts';

const SearchDialog = lazy(async () => {
  const [{ SearchDialog: dialog }] = await Promise.all([import('./search-dialog.tsx'), loadLaterTexts()]);
  return { default: dialog };
});
const KeysPanel = lazy(async () => {
  const [{ KeysPanel: panel }] = await Promise.all([import('./keys-panel.tsx'), loadLaterTexts()]);
  return { default: panel };
});

/** Ctrl or ⌘ and K searches everything, with F the open conversation; `?` shows the keys. */
export function SearchKeys({ room }: { readonly room: RoomId | undefined }) {
  const opening = useSearchOpening();
  const [showsKeys, setShowsKeys] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, target } = event;
      if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'k') openSearch();
      else if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'f' && room !== undefined)
        openSearch({ room });
      else if (key === '?' && !isWriting(target)) setShowsKeys(true);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [room]);
  return (
    <Suspense>
      {opening !== undefined && <SearchDialog opening={opening} onClose={closeSearch} />}
      {showsKeys && <KeysPanel onClose={() => setShowsKeys(false)} />}
    </Suspense>
  );
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  );
}
