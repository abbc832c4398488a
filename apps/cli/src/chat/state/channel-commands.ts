/** Slash commands about channels. */
import type { RoomSnapshot } from '@maru/client';
import { roomName } from '@maru/protocol';
import type { Given } from './given.ts';
import { type Step, step } from './step.ts';

const CLOSED = /^(?:closed|비공개)(?:\s+|$)/iu;

/** `/channel News`; `/channel closed Board` stands in no directory. */
export function makeChannel({ ui, rest, usage }: Given): Step {
  const written = rest.normalize('NFC');
  const name = roomName.safeParse(written.replace(CLOSED, ''));
  if (!name.success) return usage;
  return step({ ...ui, going: true }, { kind: 'channel', name: name.data, isPublic: !CLOSED.test(written) });
}

/** Nobody is brought into a channel. */
export function mayAddHere({ world }: Given): boolean {
  return world.room?.roomKind !== 'channel';
}

/** Whether one may read here and not write. */
export function isReadOnly(room: RoomSnapshot | undefined): boolean {
  return room !== undefined && room.roomKind !== 'direct' && room.membership === 'member' && !room.can.send;
}
