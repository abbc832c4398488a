import type { MaruClient, MessageOptions, RoomSnapshot } from '@maru/client';
import { composeText, type RoomId } from '@maru/protocol';
import { pacedChanges } from '../state/paced-changes.ts';
import type { Purpose } from './purpose.ts';

/** Of so many events nothing is freed: the SDK keeps more. */
const NEAR_EVENTS = 400;

/** What was written, and what it is to be. */
export interface Written {
  readonly text: string;
  readonly purpose: Purpose;
  /** Seconds after which it vanishes; absent: those of the conversation. */
  readonly timer: number | undefined;
  /** When it is to be sent; absent: now. */
  readonly at: number | undefined;
}

/**
 * Sends what was written, now or later, or changes a message to it. From the first moment on what is written next is
 * another message. Resolves when it is stored, with whether it stands at the end of the conversation.
 */
export async function give(client: MaruClient, snapshot: RoomSnapshot, written: Written): Promise<boolean> {
  const { room, members } = snapshot;
  const { purpose, timer, at } = written;
  const { text, entities, mentions } = composeText(written.text, members?.values() ?? [], { markup: true });
  const { commands } = client;
  if (purpose.kind === 'edit') {
    await commands.edit(room, purpose.seq, text, { entities, mentions });
    return false;
  }
  const replyTo = purpose.kind === 'reply' ? { replyTo: purpose.seq } : {};
  const options = { entities, mentions, ...replyTo, ...(timer !== undefined && { expiresAfter: timer }) };
  if (at === undefined) await sendAtEnd(client, room, text, options);
  else await commands.schedule(room, text, at, options);
  return at === undefined;
}

/** What one sends is at the end: whoever is far from it comes there. Resolves when it is shown. */
async function sendAtEnd(
  client: MaruClient,
  room: RoomId,
  text: string,
  options: MessageOptions,
): Promise<void> {
  const isFar = mayBeFar(client.room(room));
  // Told first: behind the way to the end something else may stand in the draft that goes with the message.
  await Promise.all([client.commands.send(room, text, options), isFar && client.jumpToEnd(room)]);
  pacedChanges(client).flush();
}

/**
 * Whether what is loaded does not end where the room does, or reaches so far back that its end may be freed while the message
 * is on its way there.
 */
function mayBeFar(snapshot: RoomSnapshot | undefined): boolean {
  if (snapshot === undefined) return false;
  const numbers = snapshot.messages.flatMap(({ seq }) => seq ?? []);
  return !snapshot.atEnd || (numbers.at(-1) ?? 0) - (numbers[0] ?? 0) > NEAR_EVENTS;
}
