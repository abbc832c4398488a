import {
  limits,
  type ReactionCount,
  type Reactions,
  type RoomId,
  type Seq,
  type UserId,
  withReaction,
} from '@maru/protocol';
import { asTold } from '../../core/room/as-told.ts';
import { asSeenBy, isVisible, type VisibleSpan, visibleSpans } from '../../core/room/visible-spans.ts';
import type { Interval, Reacted, RoomStore, StoredEvent } from '../../ports/room-store.ts';
import type { Versions } from '../../ports/rooms.ts';

/** What reading a room needs of its store. */
export type RoomReads = Pick<RoomStore, 'intervals' | 'events' | 'body' | 'edits' | 'reacted' | 'reactions'>;

/**
 * The one way to read a room's events: {@link openRoom} asks the truth whether the reader is a member (`[PRIV2]`) and
 * gives what they may see, as they may see it.
 */
export class OpenRoom {
  readonly intervals: readonly Interval[];
  readonly spans: readonly VisibleSpan[];
  readonly #store: RoomReads;
  readonly #room: RoomId;
  readonly #user: UserId;

  constructor(store: RoomReads, room: RoomId, user: UserId, intervals: readonly Interval[]) {
    this.#store = store;
    this.#room = room;
    this.#user = user;
    this.intervals = intervals;
    this.spans = visibleSpans(intervals);
  }

  /**
   * The visible ones of the events `from`–`to`, rising. Ask for none above the head that was known when the room was
   * opened: what came later may have come after a removal.
   *
   * @param now hides what has expired by then
   */
  async events(from: number, to: number, now: number): Promise<StoredEvent[]> {
    const events = await this.#store.events(this.#room, from, to);
    const seen: StoredEvent[] = [];
    for (const event of events) {
      if (!isVisible(this.spans, event.seq)) continue;
      const told = unexpired(asSeenBy(asTold(event, this.#user), this.spans), now);
      const isOverEdited = event.edited !== undefined && told.edited === undefined;
      const shown = isOverEdited && told.content !== undefined ? await this.#withSeenEdit(told) : told;
      seen.push(shown.reactions === undefined ? shown : await this.#withOwn(shown, shown.reactions));
    }
    return seen;
  }

  /** What a message said at first and by the edits that the reader may see. */
  async versions(seq: Seq, now: number): Promise<Versions | undefined> {
    const [message] = await this.events(seq, seq, now);
    if (message?.kind !== 'message' || message.content === undefined) return undefined;
    const edits = (await this.#store.edits(this.#room, seq)).filter((edit) => isVisible(this.spans, edit));
    const newest = edits.slice(-(limits.VERSIONS_MAX - 1));
    const events = await Promise.all(newest.map((edit) => this.events(edit, edit, now)));
    const versions = [message, ...events.flat()].flatMap(({ seq: number, at, content }) =>
      // Erased since it was looked for.
      content === undefined ? [] : { seq: number, at, content },
    );
    return { versions, omitted: edits.length - newest.length };
  }

  /** Who has put what on a message, as far as the reader saw it happen; the oldest first. */
  async reactions(seq: Seq, now: number): Promise<Reacted[] | undefined> {
    const [event] = await this.events(seq, seq, now);
    if (event?.content === undefined) return undefined;
    return this.#standing(seq);
  }

  /** A message whose newest edit was made while the reader could not look, with the newest one that they saw. */
  async #withSeenEdit(event: StoredEvent): Promise<StoredEvent> {
    const edits = await this.#store.edits(this.#room, event.seq);
    const newest = edits.findLast((edit) => isVisible(this.spans, edit));
    if (newest === undefined) return event;
    const [edit] = await this.#store.events(this.#room, newest, newest);
    // Erased since it was looked for.
    if (edit?.content === undefined) return event;
    const { seq, at, content } = edit;
    return { ...event, edited: { seq, at, content } };
  }

  /** A message with what the reader may know of its reactions: which are theirs, and none from while they were away. */
  async #withOwn(event: StoredEvent, { seq }: Reactions): Promise<StoredEvent> {
    const [from] = this.spans.at(-1) ?? [event.seq];
    if (event.seq < from) {
      const kinds = countsOf(await this.#standing(event.seq), this.#user);
      return { ...event, reactions: { seq, kinds } };
    }
    const { all, own } = await this.#store.reacted(this.#room, event.seq, this.#user);
    // They may have moved on since the event was read: what comes is one moment's.
    if (all === undefined || (own.length === 0 && all.seq === seq)) return event;
    const kinds = all.kinds.map((kind) => ({
      ...kind,
      mine: own.some(({ reaction }) => reaction === kind.reaction),
    }));
    return { ...event, reactions: { seq: all.seq, kinds } };
  }

  async #standing(target: Seq): Promise<Reacted[]> {
    const standing = await this.#store.reactions(this.#room, target);
    return standing.filter(({ seq }) => isVisible(this.spans, seq));
  }

  /** The whole content of a long message that the reader may see. */
  async body(seq: Seq, now: number): Promise<string | undefined> {
    const [event] = await this.events(seq, seq, now);
    return event?.content === undefined ? undefined : await this.#store.body(this.#room, seq);
  }
}

/** `undefined`: not a member, or no such room; the two look the same (`[PRIV1]`). */
export async function openRoom(store: RoomReads, room: RoomId, user: UserId): Promise<OpenRoom | undefined> {
  const intervals = await store.intervals(room, user);
  const last = intervals.at(-1);
  return last === undefined || last.left !== undefined
    ? undefined
    : new OpenRoom(store, room, user, intervals);
}

function countsOf(standing: readonly Reacted[], me: UserId): ReactionCount[] {
  return standing.reduce<ReactionCount[]>(
    (kinds, { reaction, user }) => withReaction(kinds, { reaction, on: true, mine: user === me }),
    [],
  );
}

function unexpired(event: StoredEvent, now: number): StoredEvent {
  if (event.expiresAt === undefined || event.expiresAt > now) return event;
  const { content: _content, edited: _edited, reactions: _reactions, ...rest } = event;
  return rest;
}
