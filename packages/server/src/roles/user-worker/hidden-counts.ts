import { type RoomId, roomSettingName, type Seq, type UserId } from '@maru/protocol';
import { hiddenSpansOf } from '../../core/user/hidden.ts';
import type { InboxStore } from '../../ports/inbox-store.ts';
import type { RoomStore } from '../../ports/room-store.ts';
import type { SettingStore } from '../../ports/setting-store.ts';

export interface HiddenCountsDeps {
  readonly store: InboxStore;
  readonly settings: SettingStore;
  readonly rooms: Pick<RoomStore, 'countsAt'>;
}

/** Knows what users have deleted for themselves, which is not unread (`[OWN7]`). */
export class HiddenCounts {
  readonly #deps: HiddenCountsDeps;

  constructor(deps: HiddenCountsDeps) {
    this.#deps = deps;
  }

  /** Counting events by others in `(after, upTo]` that the user hid and nobody deleted. Some look-ups a span. */
  async count(room: RoomId, user: UserId, after: number, upTo: number): Promise<number> {
    let count = 0;
    for (const [from, to] of await this.#spans(room, user)) {
      const [first, last] = [Math.max(from, after + 1), Math.min(to, upTo)];
      if (first <= last) count += await this.#countIn(room, user, first, last);
    }
    return count;
  }

  /** Tells of each message of a room whether the user hid it. */
  async hides(room: RoomId, user: UserId): Promise<(seq: number) => boolean> {
    const spans = await this.#spans(room, user);
    return (seq) => spans.some(([from, to]) => from <= seq && seq <= to);
  }

  async #spans(room: RoomId, user: UserId): Promise<ReturnType<typeof hiddenSpansOf>> {
    const stored = await this.#deps.settings.setting(user, roomSettingName('hidden', room));
    return hiddenSpansOf(stored?.value);
  }

  async #countIn(room: RoomId, user: UserId, first: number, last: number): Promise<number> {
    const { rooms, store } = this.#deps;
    const nothing = { ordinal: 0, own: 0 };
    const [before, end, deletedFrom, deletedBehind] = await Promise.all([
      first === 1 ? nothing : rooms.countsAt(room, (first - 1) as Seq, user),
      rooms.countsAt(room, last as Seq, user),
      store.deletedAfter(room, first - 1, user),
      store.deletedAfter(room, last, user),
    ]);
    if (before === undefined || end === undefined) return 0;
    const byOthers = end.ordinal - before.ordinal - (end.own - before.own);
    return byOthers - (deletedFrom - deletedBehind);
  }
}
