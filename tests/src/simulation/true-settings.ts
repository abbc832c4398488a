import type { RoomId, UserId } from '@maru/protocol';
import type { Engine } from '@maru/server';

/** What the log says of each user's settings: of each name the last value, as it was written. */
export type TrueSettings = ReadonlyMap<UserId, ReadonlyMap<string, unknown>>;

export async function readSettings({ log }: Engine): Promise<TrueSettings> {
  const users = new Map<UserId, Map<string, unknown>>();
  for await (const batch of log.replay(0 as Parameters<typeof log.replay>[0])) {
    for (const entry of batch) {
      if (entry.type !== 'setting') continue;
      const settings = users.get(entry.user) ?? new Map<string, unknown>();
      users.set(entry.user, settings);
      if (entry.value === null) settings.delete(entry.name);
      else settings.set(entry.name, JSON.parse(entry.value));
    }
  }
  return users;
}

/** Whether a user has deleted a message for themselves. */
export function isHidden(settings: TrueSettings, user: UserId, room: RoomId, seq: number): boolean {
  const spans = settings.get(user)?.get(`hidden/${room}`) as [number, number][] | undefined;
  return spans?.some(([from, to]) => from <= seq && seq <= to) ?? false;
}
