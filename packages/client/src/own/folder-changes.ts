import type { Folder, RoomId } from '@maru/protocol';

/** By a folder's name: whether it is removed first, and which rooms go in (`true`) and out. */
export type FolderChanges = Readonly<
  Record<string, { readonly removed: boolean; readonly rooms: Readonly<Record<RoomId, boolean>> }>
>;

/**
 * The folders after a change, in their order, new ones at the end; `undefined`: none. A folder without rooms is gone.
 *
 * @param order names in the order in which the user put them; others stay behind those
 */
export function foldersAfter(
  base: readonly Folder[],
  changes: FolderChanges,
  order: readonly string[] = [],
): readonly Folder[] | undefined {
  const folders = new Map(base.map(({ name, rooms }) => [name, new Set(rooms)]));
  for (const [name, { removed, rooms }] of Object.entries(changes)) {
    const inside = removed ? new Set<RoomId>() : (folders.get(name) ?? new Set<RoomId>());
    for (const [room, isIn] of Object.entries(rooms) as [RoomId, boolean][]) {
      if (isIn) inside.add(room);
      else inside.delete(room);
    }
    folders.set(name, inside);
  }
  const placeOf = new Map(order.map((name, at) => [name, at]));
  const place = (name: string) => placeOf.get(name) ?? order.length;
  const kept = [...folders].filter(([, rooms]) => rooms.size > 0);
  kept.sort(([a], [b]) => place(a) - place(b));
  return kept.length === 0 ? undefined : kept.map(([name, rooms]) => ({ name, rooms: [...rooms].sort() }));
}

/** Two changes as one. */
export function joinedFolders(earlier: FolderChanges, later: FolderChanges): FolderChanges {
  // A map, as a folder may be called `__proto__`.
  const joined = new Map(Object.entries(earlier));
  for (const [name, change] of Object.entries(later)) {
    const before = joined.get(name);
    const isMore = before !== undefined && !change.removed;
    const rooms = isMore ? { ...before.rooms, ...change.rooms } : change.rooms;
    joined.set(name, { removed: isMore ? before.removed : change.removed, rooms });
  }
  return Object.fromEntries(joined);
}
