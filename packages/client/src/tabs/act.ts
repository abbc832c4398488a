import type { ClientMessageId, RoomId, Seq, SettingName } from '@maru/protocol';
import type { OwnChange } from '../own/own-change.ts';
import type { AccountChange } from '../people/person.ts';
import type { OutboxItem } from '../store/store.ts';

/**
 * What a user did in a tab without the connection: stored by it, and carried out once by the tab that has the connection
 * (`[TABS2]`). Plain data, as it is kept in the store.
 */
export type Act =
  /** A command with the id that the tab gave it. */
  | { readonly kind: 'command'; readonly item: OutboxItem }
  /** A command that failed is not wanted any more. */
  | { readonly kind: 'drop-command'; readonly room: RoomId; readonly clientMessageId: ClientMessageId }
  | { readonly kind: 'own'; readonly name: SettingName; readonly change: OwnChange }
  | {
      readonly kind: 'mark';
      readonly room: RoomId;
      readonly read?: Seq | undefined;
      readonly unread?: boolean | undefined;
    }
  | { readonly kind: 'profile'; readonly change: AccountChange }
  | { readonly kind: 'forget-room'; readonly room: RoomId }
  /** The user has signed out. */
  | { readonly kind: 'erase' };
