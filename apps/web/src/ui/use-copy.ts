import { useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { say } from './overlay-store.ts';

interface Copying {
  /** Whether something was copied since this is shown. */
  readonly copied: boolean;
  /** Gives a text to the clipboard. Resolves with whether it has it; why not is said. */
  readonly copy: (text: string) => Promise<boolean>;
}

/** Copies texts. On some pages browsers ask the user. */
export function useCopy(): Copying {
  const { t } = useTexts();
  const [copied, setCopied] = useState(false);
  const copy = async (text: string) => {
    const isCopied = await writeText(text);
    if (isCopied) setCopied(true);
    else say(t('action.notCopied'), { failed: true });
    return isCopied;
  };
  return { copied, copy };
}

async function writeText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return writeByEvent(text);
  }
}

/** Pages of plain HTTP have no clipboard; what a copy takes they may say, while a press is fresh. */
function writeByEvent(text: string): boolean {
  const give = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', give);
  try {
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', give);
  }
}
