import type { Folder } from '@maru/protocol';
import { sharedValue, useSharedValue } from '../state/shared-value.ts';

const chosen = sharedValue<string | undefined>(undefined);

/** Shows one folder's conversations alone, by its name; `undefined`: all. Holds as long as the page. */
export function chooseFolder(name: string | undefined): void {
  chosen.set(name);
}

/** The folder that is chosen, as long as it is there. */
export function useChosenFolder(folders: readonly Folder[]): Folder | undefined {
  const name = useSharedValue(chosen);
  return name === undefined ? undefined : folders.find((folder) => folder.name === name);
}
