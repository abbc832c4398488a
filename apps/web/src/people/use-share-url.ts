import type { Route } from '../route/route.ts';
import { urlOf } from '../route/url-of.ts';
import { useCopy } from '../ui/use-copy.ts';

interface Sharing {
  /** Whether a link was copied since this is shown. */
  readonly copied: boolean;
  /**
   * Gives a link into the app to the user: by the system's sheet where there is one, else by the clipboard. Resolves with
   * whether it was copied; where neither works, that is said.
   */
  readonly share: (route: Route) => Promise<boolean>;
}

/** Shares links into the app. */
export function useShareUrl(): Sharing {
  const { copied, copy } = useCopy();
  const share = async (route: Route) => {
    const url = urlOf(route);
    return (await wasOffered(url)) ? false : copy(url);
  };
  return { copied, share };
}

/** Shows the system's sheet, if there is one. Resolves with whether the user has had their choice, closing it included. */
async function wasOffered(url: string): Promise<boolean> {
  if (typeof navigator.share !== 'function') return false;
  try {
    await navigator.share({ url });
    return true;
  } catch (reason) {
    return reason instanceof DOMException && reason.name === 'AbortError';
  }
}
