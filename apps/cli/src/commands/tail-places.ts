import { type RoomEntry, type RoomId, roomId } from '@maru/protocol';
import * as z from 'zod';
import type { ProfileFolder } from '../profile/profile.ts';

const FILE = 'tail.json';
/** How long a place may stay in memory: what is printed meanwhile comes again after a kill -9. */
const SAVE_MS = 200;
const placesSchema = z.record(roomId, z.int());

/** The last event of each room that `maru tail` has printed, so that the next one goes on behind it. */
export class TailPlaces {
  readonly #folder: ProfileFolder;
  readonly #places: Map<RoomId, number>;
  #timer: NodeJS.Timeout | undefined;

  constructor(folder: ProfileFolder) {
    this.#folder = folder;
    const stored = placesSchema.safeParse(folder.readJson(FILE));
    this.#places = new Map(Object.entries(stored.data ?? {}) as [RoomId, number][]);
  }

  of(room: RoomId): number | undefined {
    return this.#places.get(room);
  }

  printed(room: RoomId, seq: number): void {
    this.#places.set(room, Math.max(seq, this.#places.get(room) ?? 0));
    this.#timer ??= setTimeout(() => this.save(), SAVE_MS);
  }

  save(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#folder.writeJson(FILE, Object.fromEntries(this.#places));
  }
}

/** A device that was just signed in begins behind these rooms' heads. */
export function beginHere(folder: ProfileFolder, rooms: readonly Pick<RoomEntry, 'room' | 'head'>[]): void {
  folder.make();
  folder.writeJson(FILE, Object.fromEntries(rooms.map(({ room, head }) => [room, head.seq])));
}
