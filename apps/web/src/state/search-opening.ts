import type { RoomId } from '@maru/protocol';
import { sharedValue, useSharedValue } from './shared-value.ts';

/** A search that is open: through everything, or through one room. */
export interface SearchOpening {
  readonly room?: RoomId;
}

const opening = sharedValue<SearchOpening | undefined>(undefined);

export function openSearch(wanted: SearchOpening = {}): void {
  opening.set(wanted);
}

export function closeSearch(): void {
  opening.set(undefined);
}

export function useSearchOpening(): SearchOpening | undefined {
  return useSharedValue(opening);
}
