import type { AnyContent } from '@maru/protocol';
import type { ContentCodec } from '../content-codec.ts';
import type { OutboxEntry } from '../outbox/outbox-queue.ts';
import type { OnTheWay } from './view.ts';

/**
 * The user's last message among commands of a room that are no events yet.
 *
 * @param aheadMs by how much the server's clock is ahead of the device's, by which commands are dated
 */
export function onTheWay(
  pending: readonly OutboxEntry[],
  codec: ContentCodec,
  aheadMs: number,
): OnTheWay | undefined {
  const last = lastSend(pending, codec);
  if (last === undefined) return undefined;
  const { entry, content } = last;
  return {
    content,
    state: entry.state === 'accepted' ? 'sent' : 'pending',
    at: entry.item.createdAt + aheadMs,
  };
}

/** What the user's last message says among commands of a room that the server refused for good. */
export function notSent(failed: readonly OutboxEntry[], codec: ContentCodec): AnyContent | undefined {
  return lastSend(failed, codec)?.content;
}

function lastSend(entries: readonly OutboxEntry[], codec: ContentCodec) {
  const entry = entries.findLast(({ item }) => item.command.kind === 'send');
  const command = entry?.item.command;
  if (entry === undefined || command?.kind !== 'send') return undefined;
  return { entry, content: codec.open(command.room, command.content) };
}
