/** Rooms to begin a test with. */
import { directRoomId } from '@maru/protocol';
import type { CommandBody, Decision } from '../command.ts';
import { ModelRoom } from './model-room.ts';
import type { Stamp } from './people.ts';
import { command, content, device, group, idAt, START, user } from './people.ts';

export const DIRECT = directRoomId(user(0), user(1));
export const send: CommandBody = { kind: 'send', content: content('안녕') };
export const createDirect: CommandBody = { kind: 'create', roomKind: 'direct', user: user(1) };

/** A group of users 0, 1 … made by user 0. */
export function createGroup(users: number): CommandBody {
  const others = Array.from({ length: users - 1 }, (_, index) => user(index + 1));
  return { kind: 'create', roomKind: 'group', name: '마루', history: 'all', users: others };
}

/** A public channel made by user 0. */
export const createChannel: CommandBody = {
  ...{ kind: 'create', roomKind: 'channel', name: '소식', description: 'What is new', public: true },
};
export const joinChannel: CommandBody = { kind: 'join' };

export interface Scene {
  readonly room: ModelRoom;
  /** Submits as user 0's first device, with ids that rise, unless stamped otherwise. */
  readonly submit: (body: CommandBody, stamp?: Stamp) => Decision;
}

/** A room that begins with `create`. */
export function roomOf(create: CommandBody, stamp: Stamp = {}): Scene {
  const room = new ModelRoom(create.kind === 'create' && create.roomKind === 'direct' ? DIRECT : group());
  let minted = 0;
  const submit = (body: CommandBody, more: Stamp = {}): Decision =>
    room.submit(
      command(body, { room: room.room, clientMessageId: idAt(START, ++minted), ...stamp, ...more }),
    );
  const created = submit(create);
  if (created.kind !== 'event') throw new Error(`the room is not created: ${JSON.stringify(created)}`);
  return { room, submit };
}

/** Another person's first device. */
export const by = (number: number): Stamp => ({ sender: user(number), device: device(number, 0) });

/** What a refusal is expected to match. */
export const refused = (code: string, recorded = true) => ({ kind: 'refused', error: { code }, recorded });
