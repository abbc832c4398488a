import type { MaruClient } from '@maru/client';
import { type SettingName, settingOf } from '@maru/protocol';

/** Whether a setting goes to the server: of rooms that could not be made it never does. */
export function isTold(client: MaruClient | undefined, name: SettingName): boolean {
  const { room } = settingOf(name);
  return room === undefined || client?.room(room)?.membership === 'member';
}
