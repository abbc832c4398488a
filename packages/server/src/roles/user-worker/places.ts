import type { RoomId } from '@maru/protocol';

/** Up to so many a list is searched; nearly everybody has fewer, and a map takes six times the memory. */
const LIST_MAX = 8;

/** A user's places by room. */
export class Places<P extends { readonly in: { readonly room: RoomId } }> {
  #list: P[] | undefined = [];
  #map: Map<RoomId, P> | undefined;

  get size(): number {
    return this.#list?.length ?? this.#map?.size ?? 0;
  }

  get(room: RoomId): P | undefined {
    return this.#list === undefined
      ? this.#map?.get(room)
      : this.#list.find((place) => place.in.room === room);
  }

  /** There is none of the room yet. */
  add(place: P): void {
    if (this.#list !== undefined && this.#list.length < LIST_MAX) {
      this.#list.push(place);
      return;
    }
    this.#map ??= new Map(this.#list?.map((known) => [known.in.room, known]));
    this.#list = undefined;
    this.#map.set(place.in.room, place);
  }

  delete(room: RoomId): void {
    if (this.#list === undefined) this.#map?.delete(room);
    else this.#list = this.#list.filter((place) => place.in.room !== room);
  }

  values(): Iterable<P> {
    return this.#list ?? this.#map?.values() ?? [];
  }
}
