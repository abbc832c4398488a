import { Disconnected, type MaruClient, type RoomSnapshot } from '@maru/client';
import type { Seq } from '@maru/protocol';
import { useCallback, useRef } from 'react';
import { useClient } from '../state/client-context.tsx';
import { pacedChanges } from '../state/paced-changes.ts';

/** Pixels before the end of what is loaded at which more is. */
const AHEAD_PIXELS = 1_200;

/** Where the view is, in pixels. */
export interface View {
  readonly offset: number;
  readonly size: number;
  readonly height: number;
}

/**
 * Gives the function that loads what is about to come into sight, older and newer messages, one page at a time, and frees
 * what was left far behind.
 *
 * @param lastInSight the number of the last message that can be seen now
 */
export function usePaging(
  snapshot: Pick<RoomSnapshot, 'room' | 'atStart' | 'atEnd' | 'opened'>,
  lastInSight: () => Seq | undefined,
): (view: View) => void {
  const client = useClient();
  const isLoading = useRef(false);
  const latest = useRef(lastInSight);
  latest.current = lastInSight;
  const { room, atStart, atEnd, opened } = snapshot;
  return useCallback(
    ({ offset, size, height }: View) => {
      if (isLoading.current || !opened) return;
      const older = !atStart && offset < AHEAD_PIXELS;
      const newer = !atEnd && size - offset - height < AHEAD_PIXELS;
      if (!older && !newer) return;
      const load = async () => {
        await (older ? client.loadOlder(room) : client.loadNewer(room));
        // The list takes rows at one of its ends at a time.
        await drawn(client);
        const seen = latest.current();
        if (seen !== undefined && (await client.trim(room, older ? 'newer' : 'older', seen)))
          await drawn(client);
      };
      isLoading.current = true;
      load()
        .catch((error: unknown) => {
          // Offline there is no more than is here; the next scrolling asks again.
          if (!(error instanceof Disconnected)) throw error;
        })
        .finally(() => {
          isLoading.current = false;
        });
    },
    [atEnd, atStart, client, opened, room],
  );
}

/** Resolves when what has changed is in the page: React draws what a store tells of in the same task. */
function drawn(client: MaruClient): Promise<void> {
  pacedChanges(client).flush();
  return new Promise((resolve) => setTimeout(resolve));
}
