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

/** A channel as its directory shows it. */
export function listedChannel({ room, name = '', facts, memberCount }: RoomHead): ListedChannel {
  const { description } = facts;
  return { room, name, ...(description !== undefined && { description }), memberCount };
}
