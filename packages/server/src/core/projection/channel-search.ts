/** How public channels are found by words, and shown. */
import type { ListedChannel, RoomFacts } from '@maru/protocol';
import type { RoomHead } from './room-head.ts';

/** What words are looked for in. */
export function channelText(name: string | undefined, { description = '' }: RoomFacts): string {
  return folded(`${name ?? ''}\n${description}`);
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
export function isListed(
  { roomKind, facts, memberCount, name }: RoomHead,
  words: readonly string[],
): boolean {
  if (roomKind !== 'channel' || facts.public !== true || memberCount === 0) return false;
  const text = channelText(name, facts);
  return words.every((word) => text.includes(word));
}

/** A channel as its directory shows it. */
export function listedChannel({ room, name = '', facts, memberCount }: RoomHead): ListedChannel {
  const { description } = facts;
  return { room, name, ...(description !== undefined && { description }), memberCount };
}
