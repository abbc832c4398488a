import { type ErrorBody, limits, refusal, settingOf } from '@maru/protocol';
import { hiddenUpTo } from '../../core/user/hidden.ts';
import type { Delivery } from '../../ports/delivery.ts';
import type { Position } from '../../ports/position.ts';
import type { SettingStore, SettingsUsage, StoredSetting } from '../../ports/setting-store.ts';
import type { Committer } from '../commit/committer.ts';
import { encodeSettings } from '../edge/encode-settings.ts';
import type { Inbox } from './inbox.ts';
import type { InboxMemory } from './inbox-memory.ts';
import { isHidden } from './seen-by.ts';
import { type NewSetting, SettingChange } from './setting-change.ts';
import { moved } from './settings-place.ts';

export interface OwnSettingsDeps {
  readonly settings: SettingStore;
  readonly committer: Committer;
  readonly delivery: Delivery;
  readonly memory: InboxMemory;
}

/** Keeps what users keep for themselves: takes changes through the log, and tells the other devices (`[OWN1]`–`[OWN4]`). */
export class OwnSettings {
  readonly #deps: OwnSettingsDeps;

  constructor(deps: OwnSettingsDeps) {
    this.#deps = deps;
  }

  /** Durable when it resolves. */
  async set(set: NewSetting): Promise<ErrorBody | undefined> {
    const { memory, committer } = this.#deps;
    const inbox = await memory.need(set.user);
    const { settings } = this.#deps;
    const [former, usage] = await Promise.all([
      settings.setting(set.user, set.name),
      settings.usage(set.user),
    ]);
    const refused = refusalOf(inbox, set, former?.value ?? null, usage);
    if (refused !== undefined) return refused;
    const overload = committer.refusal();
    if (overload !== undefined) return overload;
    return new Promise((resolve) => {
      committer.enqueue(new SettingChange(set, (done, position) => this.#committed(done, position), resolve));
    });
  }

  /** What changed above a position up to another, as of one moment. */
  async changes(inbox: Inbox, from: Position, upTo: Position): Promise<readonly StoredSetting[]> {
    for (;;) {
      const { at } = inbox.settings;
      if (at <= from) return [];
      const changes = await this.#deps.settings.changes(inbox.user, from);
      // What was set meanwhile was pushed already, and must not be followed by what it was before.
      if (inbox.settings.at === at) return changes.filter(({ position }) => position <= upTo);
    }
  }

  #committed({ user, device, name, value }: NewSetting, position: Position): void {
    const { memory, delivery } = this.#deps;
    const inbox = memory.touch(user);
    if (inbox !== undefined) {
      const { kind, room } = settingOf(name);
      const hidden = kind === 'hidden' && room !== undefined ? new Map(inbox.settings.hiddenUpTo) : undefined;
      if (hidden !== undefined && room !== undefined) hidden.set(room, hiddenUpTo(value));
      inbox.settings = moved(inbox.settings, position, device, hidden);
    }
    const frame = `{"kind":"settings","settings":${encodeSettings([{ name, value }])}}`;
    delivery.toUsers([user], frame, device);
  }
}

/** Why a user may not set it: nobody keeps anything new about a room that they are not in, nor without end (`[OWN8]`). */
function refusalOf(
  inbox: Inbox,
  { name, value }: NewSetting,
  former: string | null,
  usage: SettingsUsage,
): ErrorBody | undefined {
  const { room } = settingOf(name);
  const isForgotten = value === null && former !== null;
  const place = room === undefined ? undefined : inbox.places.get(room);
  const isThere = place !== undefined && !isHidden(place);
  if (room !== undefined && !isThere && !isForgotten) return refusal('not-found', 'There is no such room.');
  if (value === null) return undefined;
  const given = Buffer.byteLength(value);
  if (given > limits.SETTING_BYTES_MAX) return tooLarge('SETTING_BYTES_MAX', given);
  const bytes = usage.bytes + given - (former === null ? 0 : Buffer.byteLength(former));
  if (bytes > limits.SETTINGS_BYTES_MAX) return tooLarge('SETTINGS_BYTES_MAX', bytes);
  if (former !== null || usage.count < limits.SETTINGS_MAX) return undefined;
  const limit = { name: 'SETTINGS_MAX', value: limits.SETTINGS_MAX };
  return refusal('too-many', 'There are too many settings: remove drafts, or settings of rooms.', { limit });
}

function tooLarge(name: 'SETTING_BYTES_MAX' | 'SETTINGS_BYTES_MAX', given: number): ErrorBody {
  const limit = { name, value: limits[name] };
  const message =
    name === 'SETTING_BYTES_MAX' ? 'The setting is too large.' : 'The settings together are too large.';
  return refusal('content-too-large', message, { limit, given });
}
