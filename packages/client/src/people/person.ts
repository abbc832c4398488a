import type { AccountSettings, Profile, UserId } from '@maru/protocol';

/** Somebody as this device knows them. */
export interface Person {
  readonly user: UserId;
  readonly handle: string;
  readonly name: string;
  /** What they say of themselves in a line; empty is nothing. */
  readonly status: string;
  /** The name of their picture, for `client.avatar`; absent where they have none. */
  readonly avatar: string | undefined;
  /** Of two of a person the one with the higher number is newer. */
  readonly changedAt: number;
}

export function personOf({ user, handle, name, status = '', avatar, changedAt }: Profile): Person {
  return { user, handle, name, status, avatar, changedAt };
}

/** What a user may change of what others see of them. */
export interface ProfileChange {
  readonly name?: string;
  readonly status?: string;
}

/** The same, and their settings. */
export type AccountChange = ProfileChange & Partial<AccountSettings>;
