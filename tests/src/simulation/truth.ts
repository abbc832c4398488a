import type { Change, ClientMessageId, DeviceId, RoomId, UserId } from '@maru/protocol';
import type { Engine } from '@maru/server';
import { TrueLinks } from './true-links.ts';
import { TrueRelation } from './true-relation.ts';
import { TrueRoles } from './true-roles.ts';

/** An event as the log has it. */
export interface TrueEvent {
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly sender: UserId;
  readonly device: DeviceId | undefined;
  readonly clientMessageId: ClientMessageId | undefined;
  readonly counts: boolean;
  readonly ordinal: number;
  readonly refersTo: number | undefined;
  readonly replyTo: number | undefined;
  readonly change: Change | undefined;
  readonly mentions?: readonly UserId[];
  readonly mentionsAll?: true;
  readonly expiresAt?: number;
}

/** Code points that are shown of what a message answers. */
const QUOTE_CHARS_MAX = 200;
/** Kinds of events that are no line of a conversation. */
export const NO_LINES: readonly string[] = ['edit', 'deletion', 'expired', 'reaction'];

/** One line of a conversation as somebody should see it. */
export interface TrueLine {
  readonly seq: number;
  readonly sender: UserId;
  readonly kind: string;
  /** The text after its last edit; absent once deleted, and on what happened to the room. */
  readonly text: string | undefined;
  readonly counts: boolean;
  /** Who put what on it, of what they saw happen: `👍user_…`, in the order of text. */
  readonly reactions: readonly string[];
  /** What it answers, as they should see that: `12 message text`, `12 deleted`, `12 hidden`. */
  readonly quote: string | undefined;
}

interface Span {
  readonly from: number;
  to: number;
  readonly joined: number;
}

/**
 * What a room's log says, folded by rules written a second time and as plainly as possible: the simulation holds
 * devices against this, not against the code that served them.
 */
export class TrueRoom {
  /** Of a direct room. */
  relation: TrueRelation | undefined;
  readonly events: TrueEvent[] = [];
  readonly roles = new TrueRoles();
  readonly links = new TrueLinks();
  /** Texts by `seq`, as they were sent; erased ones are not there. */
  readonly #texts = new Map<number, string>();
  readonly #named = new Map<string, number[]>();
  readonly #spans = new Map<UserId, Span[]>();
  #history: 'all' | 'since-joined' = 'all';
  /** Comings and goings of a channel's readers. */
  readers = 0;
  isChannel = false;

  add(event: TrueEvent, text: string | undefined): void {
    this.events.push(event);
    this.roles.take(event);
    this.links.take(event);
    if (text !== undefined) this.#texts.set(event.seq, text);
    const name = `${event.device} ${event.clientMessageId}`;
    this.#named.set(name, [...(this.#named.get(name) ?? []), event.seq]);
    const { change, seq, sender } = event;
    if (change?.type === 'created') {
      this.#history = change.history;
      this.isChannel = change.roomKind === 'channel';
      for (const user of change.members) this.#join(user, seq);
      if (change.roomKind === 'direct') this.#relate(change.members, sender, change.act);
    }
    if (change?.type === 'related' && event.kind !== 'message') this.relation?.does(sender, change.act);
    if (event.kind === 'message') this.relation?.does(sender, 'write');
    if (change?.type === 'joined') for (const user of change.users) this.#join(user, seq);
    if (change?.type === 'left') this.#leave(sender, seq);
    if (change?.type === 'removed') this.#leave(change.user, seq);
    if (change?.type === 'history-set') this.#history = change.history;
  }

  /** Somebody comes into a channel behind its newest event, or goes there. */
  read(user: UserId, how: 'joined' | 'left' | 'removed', seq: number): void {
    this.readers++;
    if (seq !== this.events.length) this.roles.wrong.push(`a reader at ${seq} of ${this.events.length}`);
    if (how === 'joined' && this.#isIn(user)) this.roles.wrong.push(`${user} came in twice`);
    if (how !== 'joined' && !this.#isIn(user)) this.roles.wrong.push(`${user} went and was not there`);
    if (how === 'joined') this.#join(user, seq);
    // What was said last before they went they may have.
    else this.#leave(user, seq + 1);
  }

  /** The events that a command made. */
  madeBy(device: DeviceId, clientMessageId: ClientMessageId): readonly number[] {
    return this.#named.get(`${device} ${clientMessageId}`) ?? [];
  }

  /** Whether the user is one to whom the room is there. */
  isMember(user: UserId): boolean {
    return this.relation?.hiddenFrom !== user && this.#isIn(user);
  }

  get memberCount(): number {
    return [...this.#spans.keys()].filter((user) => this.#isIn(user)).length;
  }

  /** Who is in the room now, as a member is told: who blocks them is gone. */
  membersFor(reader: UserId): UserId[] {
    const isGone = (user: UserId) => user !== reader && this.relation?.blocks(user) === true;
    return [...this.#spans.keys()].filter((user) => this.#isIn(user) && !isGone(user));
  }

  #isIn(user: UserId): boolean {
    return this.#spans.get(user)?.at(-1)?.to === Number.POSITIVE_INFINITY;
  }

  /** Whether the user may have an event: they might read it, or it says how they went (`[SYNC9]`). */
  mayHave(user: UserId, seq: number): boolean {
    return this.wasVisible(user, seq) || this.#wentBy(user, seq);
  }

  #wentBy(user: UserId, seq: number): boolean {
    const { change, sender } = this.events[seq - 1] ?? {};
    return change?.type === 'removed' ? change.user === user : change?.type === 'left' && sender === user;
  }

  /** Whether the user may ever have read an event: what they have of any other was never meant for them. */
  wasVisible(user: UserId, seq: number): boolean {
    return this.#spans.get(user)?.some(({ from, to }) => from <= seq && seq < to) ?? false;
  }

  /** What an event said; `undefined` where it said nothing, or was erased. */
  text(seq: number): string | undefined {
    return this.#texts.get(seq);
  }

  /** Where the user's present membership begins. */
  joined(user: UserId): number {
    return this.#spans.get(user)?.at(-1)?.joined ?? 0;
  }

  /** Which of these messages name somebody, as their newest edits have it. */
  naming(user: UserId, messages: readonly number[]): number[] {
    return messages.filter((message) => {
      const said = this.events.filter(({ seq, refersTo, kind }) =>
        kind === 'edit' ? refersTo === message : seq === message,
      );
      const { mentions, mentionsAll, sender } = said.at(-1) ?? {};
      return sender !== user && (mentionsAll === true || mentions?.includes(user) === true);
    });
  }

  /**
   * The conversation as a member should see it.
   *
   * @param hides what they have deleted for themselves: no quote says it
   */
  lines(user: UserId, hides: (seq: number | undefined) => boolean = () => false): TrueLine[] {
    const shown = this.events.filter(({ seq }) => this.wasVisible(user, seq));
    // What is deleted or has expired is gone for all; an edit shows to those who may see it.
    const deleted = new Set(this.events.flatMap(goneBy));
    const edits = new Map(
      shown
        .filter(({ kind }) => kind === 'edit')
        .map(({ refersTo, seq }) => [refersTo, this.#texts.get(seq)]),
    );
    return shown
      .filter(({ kind }) => !NO_LINES.includes(kind))
      .map((event) => ({ ...event, kind: toldKind(event, user) }))
      .map(({ seq, sender, kind, counts, replyTo }) => ({
        ...{ seq, sender, kind },
        text: deleted.has(seq) ? undefined : (edits.get(seq) ?? this.#texts.get(seq)),
        counts: counts && !deleted.has(seq),
        reactions: deleted.has(seq) ? [] : this.#standing(user, seq),
        quote: hides(replyTo)
          ? `${replyTo} hidden`
          : this.#quote(user, replyTo, (target) =>
              deleted.has(target) ? undefined : (edits.get(target) ?? this.#texts.get(target)),
            ),
      }));
  }

  #relate(people: readonly UserId[], by: UserId, act: 'request' | 'block' | undefined): void {
    this.relation = new TrueRelation(people);
    if (act !== undefined) this.relation.does(by, act);
    if (act === 'block') this.relation.hiddenFrom = people.find((person) => person !== by);
  }

  #quote(user: UserId, target: number | undefined, said: (seq: number) => string | undefined) {
    if (target === undefined) return undefined;
    if (!this.wasVisible(user, target)) return `${target} hidden`;
    const text = said(target);
    return text === undefined
      ? `${target} deleted`
      : `${target} message ${[...text].slice(0, QUOTE_CHARS_MAX).join('')}`;
  }

  /** The pinned messages that a member may see, the newest first. */
  pins(user: UserId): number[] {
    let pins: number[] = [];
    for (const event of this.events) {
      const { refersTo = 0, change } = event;
      const gone = change?.type === 'pinned' ? [refersTo] : goneBy(event);
      pins = pins.filter((pin) => !gone.includes(pin));
      if (change?.type === 'pinned' && change.on) pins.unshift(refersTo);
    }
    return pins.filter((pin) => this.wasVisible(user, pin));
  }

  #standing(user: UserId, target: number): string[] {
    const standing = new Map<string, number>();
    for (const { seq, sender, refersTo, change } of this.events) {
      if (refersTo !== target || change?.type !== 'reacted') continue;
      if (change.on) standing.set(change.reaction + sender, seq);
      else standing.delete(change.reaction + sender);
    }
    return [...standing].filter(([, seq]) => this.wasVisible(user, seq)).map(([who]) => who);
  }

  #join(user: UserId, seq: number): void {
    const spans = this.#spans.get(user) ?? [];
    this.#spans.set(user, spans);
    if (this.#isIn(user)) return;
    spans.push({ from: this.#history === 'all' ? 1 : seq, to: Number.POSITIVE_INFINITY, joined: seq });
  }

  #leave(user: UserId, seq: number): void {
    const last = this.#spans.get(user)?.at(-1);
    if (last !== undefined) last.to = Math.min(last.to, seq);
  }
}

function goneBy({ kind, refersTo, change }: TrueEvent): (number | undefined)[] {
  if (kind === 'deletion') return [refersTo];
  return change?.type === 'expired' ? change.messages.flatMap(({ seqs }) => seqs) : [];
}

/** REL5, REL6: a block and its end look to the other like an account that goes and comes. */
export function toldKind({ kind, sender, change }: TrueEvent, reader: UserId): string {
  if (kind !== 'related' || change?.type !== 'related' || sender === reader) return kind;
  if (change.act === 'block') return 'left';
  return change.act === 'unblock' ? 'joined' : kind;
}

/** Whether two people are across a block from each other. */
export function isCut(truth: ReadonlyMap<RoomId, TrueRoom>, one: UserId, other: UserId): boolean {
  return [...truth.values()].some(
    ({ relation }) => relation?.isCut === true && relation.has(one) && relation.has(other),
  );
}

/** Whether somebody has ever blocked another. */
export function hasBlocked(truth: ReadonlyMap<RoomId, TrueRoom>, one: UserId, other: UserId): boolean {
  const blocks = ({ change, sender }: TrueEvent) =>
    sender === one && (change?.type === 'related' || change?.type === 'created') && change.act === 'block';
  return [...truth.values()].some(
    ({ relation, events }) => relation?.has(other) === true && relation.has(one) && events.some(blocks),
  );
}

/** All rooms of a log. */
export async function readTruth({ log }: Engine): Promise<Map<RoomId, TrueRoom>> {
  const rooms = new Map<RoomId, TrueRoom>();
  for await (const batch of log.replay(0 as Parameters<typeof log.replay>[0])) {
    for (const entry of batch) {
      if (entry.type === 'reader') {
        const { user, how, seq } = entry.reader;
        rooms.get(entry.room)?.read(user, how, seq);
      }
      if (entry.type !== 'event') continue;
      const room = rooms.get(entry.room) ?? new TrueRoom();
      rooms.set(entry.room, room);
      const { device, clientMessageId, refersTo, replyTo, change, ...event } = entry.event;
      const content = event.content === undefined ? undefined : JSON.parse(event.content);
      room.add({ ...event, device, clientMessageId, refersTo, replyTo, change }, content?.text);
    }
  }
  return rooms;
}

/** How often people reacted to messages, pinned and answered them. */
export function countTalk(truth: ReadonlyMap<RoomId, TrueRoom>) {
  const events = [...truth.values()].flatMap((room) => room.events);
  return {
    reactions: events.filter(({ change }) => change?.type === 'reacted').length,
    pins: events.filter(({ change }) => change?.type === 'pinned').length,
    answers: events.filter(({ replyTo }) => replyTo !== undefined).length,
  };
}
