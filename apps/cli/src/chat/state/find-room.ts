import type { RoomSummary } from '@maru/client';
import { fold } from './completion.ts';
import { roomTitle, type World } from './world.ts';

/** The room of a title, or else the first whose title has the text in it. */
export function findRoom(
  written: string,
  world: World,
  among: readonly RoomSummary[] = world.rooms,
): RoomSummary | undefined {
  const wanted = fold(written);
  const titled = among.map((room) => ({ room, title: fold(roomTitle(world, room)) }));
  const found =
    titled.find(({ title }) => title === wanted) ?? titled.find(({ title }) => title.includes(wanted));
  return found?.room;
}
