/** How public channels are found by words, and shown. */
import type { ListedChannel, UserId } from '@maru/protocol';
import type { RoomHead } from './room-head.ts';

/** What words are looked for in, of a public channel. */
export function channelText({
  roomKind,
  name = '',
  facts,
}: Pick<RoomHead, 'roomKind' | 'name' | 'facts'>): string | undefined {
  if (roomKind !== 'channel' || facts.public !== true) return undefined;
  return folded(`${name}\n${facts.description ?? ''}`);
}

/** The words that must all stand in it. */
export function channelWords(query: string): string[] {
  return folded(query)
    .split(/\s+/u)
    .filter((word) => word !== '');
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** Whether the directory shows a room to who looks for these words. */
export function isListed(head: RoomHead, words: readonly string[]): boolean {
  const text = channelText(head);
  return text !== undefined && head.memberCount > 0 && words.every((word) => text.includes(word));
}

/** Whether it is a channel of the user's making that somebody is in. */
export function isMadeBy({ roomKind, creator, memberCount }: RoomHead, user: UserId): boolean {
  return roomKind === 'channel' && creator === user && memberCount > 0;
}

/** A channel as its directory shows it. */
export function listedChannel({ room, name = '', facts, memberCount }: RoomHead): ListedChannel {
  const { description } = facts;
  return { room, name, ...(description !== undefined && { description }), memberCount };
}
