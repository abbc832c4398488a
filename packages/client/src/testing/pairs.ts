import type { Event, RelationView, RoomEntry, RoomId, UpFrame, UserId } from '@maru/protocol';
import { directRoomId } from '@maru/protocol';
import { at, entry, ME, MY_DEVICE, message, OTHER } from './fixtures.ts';
import type { World } from './online-client.ts';

export type Relating = Extract<UpFrame, { kind: 'relate' | 'create' }>;

/** The direct room of this user and the other. */
export const DIRECT: RoomId = directRoomId(ME, OTHER);

/** The direct room, as this user is told of it. */
export function direct(events: Event[], relation: RelationView, more: Partial<RoomEntry> = {}): RoomEntry {
  const { name: _name, ...room } = entry(events, { room: DIRECT, roomKind: 'direct', peer: OTHER, relation });
  return { ...room, ...more };
}

/** What came of relations on the connection that is there now. */
export function relating({ server }: Pick<World, 'server'>): Relating[] {
  return server.connection.received.filter(
    (frame): frame is Relating => frame.kind === 'relate' || frame.kind === 'create',
  );
}

/** The answer that takes a command, as the event of this number. */
export function take({ room, clientMessageId }: Pick<Relating, 'room' | 'clientMessageId'>, seq: number) {
  return { kind: 'accepted', room, clientMessageId, seq: at(seq), at: 5_000 + seq } as const;
}

/** The event that an act makes; by this device unless it names another person. */
export function related(
  seq: number,
  {
    act,
    clientMessageId,
  }: { act: Extract<Relating, { kind: 'relate' }>['act']; clientMessageId: Relating['clientMessageId'] },
  sender: UserId = ME,
): Event {
  const { content: _content, ...event } = message(seq, { sender, device: MY_DEVICE, clientMessageId });
  return { ...event, kind: 'related', counts: false, change: { type: 'related', act } };
}
