import type { Folder, RoomId } from '@maru/protocol';

/** By a folder's name: whether it is removed first, and which rooms go in (`true`) and out. */
export type FolderChanges = Readonly<
  Record<string, { readonly removed: boolean; readonly rooms: Readonly<Record<RoomId, boolean>> }>
>;

/** The folders after a change, by name; `undefined`: none. A folder without rooms is gone. */
export function foldersAfter(base: readonly Folder[], changes: FolderChanges): readonly Folder[] | undefined {
  const folders = new Map(base.map(({ name, rooms }) => [name, new Set(rooms)]));
  for (const [name, { removed, rooms }] of Object.entries(changes)) {
    const inside = removed ? new Set<RoomId>() : (folders.get(name) ?? new Set<RoomId>());
    for (const [room, isIn] of Object.entries(rooms) as [RoomId, boolean][]) {
      if (isIn) inside.add(room);
      else inside.delete(room);
    }
    folders.set(name, inside);
  }
  const kept = [...folders].filter(([, rooms]) => rooms.size > 0).sort(([a], [b]) => (a < b ? -1 : 1));
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
