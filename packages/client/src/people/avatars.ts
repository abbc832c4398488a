import type { Api } from '../wire/api.ts';

/** Pictures that are kept in memory, of some 10 KB each; those that nobody asked for in a while go first. */
const AVATARS_KEPT_MAX = 200;

/** Pictures of people, each fetched once: it never changes under its name (`[PEOPLE6]`). */
export class Avatars {
  readonly #api: Pick<Api, 'getAvatar'>;
  /** The latest that was asked for stands last. */
  readonly #kept = new Map<string, Promise<Uint8Array>>();

  constructor(api: Pick<Api, 'getAvatar'>) {
    this.#api = api;
  }

  /** Rejects with `ApiError` or `NetworkError`, and then asks again the next time. */
  get(avatar: string): Promise<Uint8Array> {
    const image = this.#kept.get(avatar) ?? this.#fetch(avatar);
    this.#kept.delete(avatar);
    this.#kept.set(avatar, image);
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= AVATARS_KEPT_MAX) break;
      this.#kept.delete(oldest);
    }
    return image;
  }

  erase(): void {
    this.#kept.clear();
  }

  #fetch(avatar: string): Promise<Uint8Array> {
    const image = this.#api.getAvatar({ params: { avatar } });
    image.catch(() => {
      if (this.#kept.get(avatar) === image) this.#kept.delete(avatar);
    });
    return image;
  }
}
