import type { DeviceId, ErrorBody, SettingName, UserId } from '@maru/protocol';
import type { SettingEntry } from '../../ports/log.ts';
import type { Position } from '../../ports/position.ts';
import type { CommitItem } from '../commit/committer.ts';

const ENTRY_BYTES = 256;

/** A new value of one of a user's settings. */
export interface NewSetting {
  readonly user: UserId;
  /** Who set it, where they keep up with the inbox: the other devices are told. */
  readonly device: DeviceId | undefined;
  readonly name: SettingName;
  readonly value: string | null;
}

/** A setting on its way through the committer (`[OWN1]`). */
export class SettingChange implements CommitItem {
  readonly bytes: number;
  readonly set: NewSetting;
  readonly #committed: (set: NewSetting, position: Position) => void;
  readonly #resolve: (error: ErrorBody | undefined) => void;
  #position = 0 as Position;

  constructor(
    set: NewSetting,
    committed: (set: NewSetting, position: Position) => void,
    resolve: (error: ErrorBody | undefined) => void,
  ) {
    this.set = set;
    this.bytes = ENTRY_BYTES + 2 * (set.value?.length ?? 0);
    this.#committed = committed;
    this.#resolve = resolve;
  }

  entryAt(position: Position): SettingEntry {
    this.#position = position;
    const { user, name, value } = this.set;
    return { type: 'setting', position, user, name, value };
  }

  committed(): void {
    this.#committed(this.set, this.#position);
  }

  answer(): void {
    this.#resolve(undefined);
  }

  refused(error: ErrorBody): void {
    this.#resolve(error);
  }
}
