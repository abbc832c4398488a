import type { StoredSetting } from '../../ports/setting-store.ts';

/** Settings as the JSON of a list, around values that are JSON already. Their names hold nothing that JSON escapes. */
export function encodeSettings(settings: readonly Pick<StoredSetting, 'name' | 'value'>[]): string {
  return `[${settings.map(({ name, value }) => `{"name":"${name}","value":${value}}`).join(',')}]`;
}
