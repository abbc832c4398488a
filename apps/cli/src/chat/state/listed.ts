import type { RoomSummary } from '@maru/client';
import type { Ui } from './ui.ts';
import type { World } from './world.ts';

/** The rooms of the list: all, or those of the folder that was chosen, as long as it is there. */
export function listedRooms({ folder }: Pick<Ui, 'folder'>, world: World): readonly RoomSummary[] {
  const chosen = folder === undefined ? undefined : world.folders.find(({ name }) => name === folder);
  return chosen === undefined ? world.rooms : world.rooms.filter(({ room }) => chosen.rooms.includes(room));
}
