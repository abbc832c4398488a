import type { RoomSnapshot } from '@maru/client';
import type { Power } from '@maru/protocol';
import type { Language } from '../texts/language.ts';

/** The commands that are written with a slash: their one name in code, and what people may write for it. */
export interface SlashCommand {
  readonly name: SlashName;
  /** Further names. */
  readonly also: readonly string[];
  /** What follows the name. */
  readonly takes: Readonly<Record<Language, string>>;
  readonly does: Readonly<Record<Language, string>>;
  /** What one must be allowed to do in the room that is open. */
  readonly needs?: Power;
}

export type SlashName =
  | 'dm'
  | 'group'
  | 'channel'
  | 'channels'
  | 'go'
  | 'unread'
  | 'mention'
  | 'search'
  | 'members'
  | 'add'
  | 'remove'
  | 'rename'
  | 'describe'
  | 'timer'
  | 'later'
  | 'scheduled'
  | 'leave'
  | 'name'
  | 'status'
  | 'avatar'
  | 'settings'
  | 'whois'
  | 'report'
  | 'role'
  | 'rights'
  | 'slow'
  | 'history'
  | 'link'
  | 'links'
  | 'unlink'
  | 'join'
  | 'mylink'
  | 'link-device'
  | 'admit'
  | 'decline'
  | 'forget'
  | 'contacts'
  | 'request'
  | 'accept'
  | 'refuse'
  | 'block'
  | 'unblock'
  | 'remove-contact'
  | 'failed'
  | 'whole'
  | 'edit'
  | 'delete'
  | 'reply'
  | 'forward'
  | 'jump'
  | 'pin'
  | 'pins'
  | 'versions'
  | 'react'
  | 'reactions'
  | 'retry'
  | 'discard'
  | 'read'
  | 'mark'
  | 'mute'
  | 'archive'
  | 'pin-room'
  | 'hide'
  | 'star'
  | 'stars'
  | 'folder'
  | 'list'
  | 'q'
  | 'q-add'
  | 'q-remove'
  | 'mouse'
  | 'help'
  | 'quit';

/** One row of the table, with what it takes and does in English and in Korean. */
export const command = (
  name: SlashName,
  also: readonly string[],
  takes: readonly [en: string, ko: string],
  does: readonly [en: string, ko: string],
  needs?: Power,
): SlashCommand => ({
  name,
  also,
  takes: { en: takes[0], ko: takes[1] },
  does: { en: does[0], ko: does[1] },
  ...(needs !== undefined && { needs }),
});

/** Whether the open room lets the user give a command. In a direct room the command itself says what does not go there. */
export function mayGive({ needs }: SlashCommand, room: RoomSnapshot | undefined): boolean {
  return needs === undefined || room === undefined || room.roomKind === 'direct' || room.can[needs];
}
