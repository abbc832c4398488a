import { errorText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';
import { say } from '../ui/overlay-store.ts';

/** What is said when it is done, and how it is taken back. */
interface Done {
  readonly said?: string;
  readonly undo?: () => void;
}

/**
 * Does something for the user: says so, as soon as it holds on this device, or why it can't be done. What the server
 * refuses later is said by `say-refusals.tsx`. Resolves with whether it was begun.
 */
export function useAct(): (act: () => Promise<unknown>, done?: Done) => Promise<boolean> {
  const { t } = useTexts();
  return async (act, { said, undo } = {}) => {
    try {
      await act();
      if (said !== undefined) say(said, { undo });
      return true;
    } catch (error) {
      say(errorText(error, t), { failed: true });
      return false;
    }
  };
}
