import type { MaruClient } from '@maru/client';
import { directRoomId, type RoomId, roomId, type UserId, userId } from '@maru/protocol';
import * as z from 'zod';
import { UsageError } from '../command.ts';
import type { ProfileFolder } from '../profile/profile.ts';
import { handleOf } from './sign-in.ts';

const FILE = 'people.json';
const peopleSchema = z.record(z.string(), userId);

/** What stands for a room on a command line. */
export type Destination =
  | { readonly kind: 'person'; readonly handle: string }
  | { readonly kind: 'room'; readonly room: RoomId }
  | { readonly kind: 'name'; readonly name: string };

/** @throws {UsageError} */
export function destinationOf(given: string): Destination {
  if (given.startsWith('@')) return { kind: 'person', handle: handleOf(given) };
  const id = roomId.safeParse(given);
  return id.success ? { kind: 'room', room: id.data } : { kind: 'name', name: given };
}

/**
 * Whose handle it is. An account keeps its handle for ever, so who was found once is found without the server, too.
 * @throws {UsageError} for oneself
 */
export async function findPerson(client: MaruClient, folder: ProfileFolder, handle: string): Promise<UserId> {
  const known = peopleSchema.safeParse(folder.readJson(FILE)).data ?? {};
  const found = Object.hasOwn(known, handle) ? known[handle] : undefined;
  const user = found ?? (await client.findPerson(handle)).user;
  if (user === client.user) throw new UsageError('There is no room with oneself.');
  if (found === undefined) folder.writeJson(FILE, { ...known, [handle]: user });
  return user;
}

/**
 * A group by its name, among those that this device knows.
 * @throws {UsageError}
 */
export function findNamed(client: MaruClient, name: string): RoomId {
  const found = client.rooms.filter((room) => room.name === name && room.membership === 'member');
  const [first] = found;
  if (first === undefined) {
    throw new UsageError(
      `There is no room ${name}: give @HANDLE, the id of a room, or a group's whole name.`,
    );
  }
  if (found.length === 1) return first.room;
  throw new UsageError(
    `${found.length} rooms are called ${name}: give one's id: ${found.map((room) => room.room).join(', ')}.`,
  );
}

/** The room, for a command that only reads. The client must be in sync for a group's name. */
export async function findRoom(
  client: MaruClient,
  folder: ProfileFolder,
  destination: Destination,
): Promise<RoomId> {
  switch (destination.kind) {
    case 'person':
      return directRoomId(client.user, await findPerson(client, folder, destination.handle));
    case 'room':
      return destination.room;
    case 'name':
      return findNamed(client, destination.name);
  }
}
