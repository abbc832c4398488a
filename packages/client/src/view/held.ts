import { type AnyContent, messagesHiddenBy, type Seq, type UserId } from '@maru/protocol';
import type { ContentCodec } from '../content-codec.ts';
import type { Device } from '../device.ts';
import type { Room } from '../room/rooms.ts';
import { isVisible } from '../room/visible.ts';
import type { ClientStore } from '../store/store.ts';

/** A message that a device has, as it is now. */
export interface HeldMessage {
  readonly seq: Seq;
  readonly sender: UserId;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Absent where nothing is left of it, or the user has hidden it. */
  readonly content: AnyContent | undefined;
}

/** A stretch of what a device has of a room. */
export interface HeldPage {
  /** Rising. */
  readonly messages: readonly HeldMessage[];
  /** Messages that something in the stretch edited or took away, wherever they stand. */
  readonly changed: readonly Seq[];
}

/** What a device has of a room between two numbers, both included, without asking the server. */
export async function readHeld(
  device: Device,
  { store, codec }: { readonly store: ClientStore; readonly codec: ContentCodec },
  { record }: Room,
  from: number,
  to: number,
): Promise<HeldPage> {
  await device.journal.flush();
  const { room } = record;
  const changed = new Set<Seq>();
  const messages: HeldMessage[] = [];
  for (const event of await store.events(room, from, to)) {
    if (!isVisible(record.visible, event.seq)) continue;
    if (event.kind === 'edit' && event.refersTo !== undefined) changed.add(event.refersTo);
    for (const { seq } of messagesHiddenBy(event)) changed.add(seq);
    if (event.kind !== 'message') continue;
    const sealed = device.own.hides(room, event.seq) ? undefined : (event.edited?.content ?? event.content);
    const content = sealed && codec.open(room, sealed);
    messages.push({ seq: event.seq, sender: event.sender, at: event.sentAt ?? event.at, content });
  }
  return { messages, changed: [...changed] };
}
