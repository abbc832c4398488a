import { type RoomId, settingOf, type UserId } from '@maru/protocol';
import { hiddenUpTo } from '../../core/user/hidden.ts';
import type { SettingEntry } from '../../ports/log.ts';
import type { Position } from '../../ports/position.ts';
import type { SettingStore, StoredSetting } from '../../ports/setting-store.ts';
import type { MemoryState } from './memory-state.ts';

/** `SettingStore` over what the memory engine holds at this moment. */
export function memorySettingStore({ settings }: MemoryState): SettingStore {
  const of = (user: UserId) => [...(settings.get(user)?.values() ?? [])];

  return {
    async changes(user, after) {
      return of(user)
        .filter(({ position }) => position > after)
        .sort((a, b) => a.position - b.position)
        .map(toSetting);
    },
    async setting(user, name) {
      const entry = settings.get(user)?.get(name);
      return entry && toSetting(entry);
    },
    async usage(user) {
      const values = of(user).flatMap(({ value }) => value ?? []);
      return {
        count: values.length,
        bytes: values.reduce((sum, value) => sum + Buffer.byteLength(value), 0),
      };
    },
    async overview(user) {
      const hidden = new Map<RoomId, number>();
      let newest = 0;
      for (const { name, value, position } of of(user)) {
        newest = Math.max(newest, position);
        const { kind, room } = settingOf(name);
        if (kind === 'hidden' && room !== undefined && value !== null) hidden.set(room, hiddenUpTo(value));
      }
      return { newest: newest as Position, hiddenUpTo: hidden };
    },
  };
}

function toSetting({ name, value, position }: SettingEntry): StoredSetting {
  return { name, value, position };
}
