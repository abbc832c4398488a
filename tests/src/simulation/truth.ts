import type { Change, ClientMessageId, DeviceId, RoomId, UserId } from '@maru/protocol';
import type { Engine } from '@maru/server';
import { TrueRelation } from './true-relation.ts';

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
  readonly change: Change | undefined;
}

/** One line of a conversation as somebody should see it. */
export interface TrueLine {
  readonly seq: number;
  readonly sender: UserId;
  readonly kind: string;
  /** The text after its last edit; absent once deleted, and on what happened to the room. */
  readonly text: string | undefined;
  readonly counts: boolean;
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
  /** Texts by `seq`, as they were sent; erased ones are not there. */
  readonly #texts = new Map<number, string>();
  readonly #named = new Map<string, number[]>();
  readonly #spans = new Map<UserId, Span[]>();
  #history: 'all' | 'since-joined' = 'all';

  add(event: TrueEvent, text: string | undefined): void {
    this.events.push(event);
    if (text !== undefined) this.#texts.set(event.seq, text);
    const name = `${event.device} ${event.clientMessageId}`;
    this.#named.set(name, [...(this.#named.get(name) ?? []), event.seq]);
    const { change, seq, sender } = event;
    if (change?.type === 'created') {
      this.#history = change.history;
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

  /** The events that a command made. */
  madeBy(device: DeviceId, clientMessageId: ClientMessageId): readonly number[] {
    return this.#named.get(`${device} ${clientMessageId}`) ?? [];
  }

  /** Whether the user is one to whom the room is there. */
  isMember(user: UserId): boolean {
    return this.relation?.hiddenFrom !== user && this.#isIn(user);
  }

  #isIn(user: UserId): boolean {
    return this.#spans.get(user)?.at(-1)?.to === Number.POSITIVE_INFINITY;
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

  /** The conversation as a member should see it. */
  lines(user: UserId): TrueLine[] {
    const shown = this.events.filter(({ seq }) => this.wasVisible(user, seq));
    // What is deleted is gone for all; an edit shows to those who may see it.
    const deleted = new Set(
      this.events.filter(({ kind }) => kind === 'deletion').map(({ refersTo }) => refersTo),
    );
    const edits = new Map(
      shown
        .filter(({ kind }) => kind === 'edit')
        .map(({ refersTo, seq }) => [refersTo, this.#texts.get(seq)]),
    );
    return shown
      .filter(({ kind }) => kind !== 'edit' && kind !== 'deletion')
      .map((event) => ({ ...event, kind: toldKind(event, user) }))
      .map(({ seq, sender, kind, counts }) => ({
        ...{ seq, sender, kind },
        text: deleted.has(seq) ? undefined : (edits.get(seq) ?? this.#texts.get(seq)),
        counts: counts && !deleted.has(seq),
      }));
  }

  #relate(people: readonly UserId[], by: UserId, act: 'request' | 'block' | undefined): void {
    this.relation = new TrueRelation(people);
    if (act !== undefined) this.relation.does(by, act);
    if (act === 'block') this.relation.hiddenFrom = people.find((person) => person !== by);
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

/** All rooms of a log. */
export async function readTruth({ log }: Engine): Promise<Map<RoomId, TrueRoom>> {
  const rooms = new Map<RoomId, TrueRoom>();
  for await (const batch of log.replay(0 as Parameters<typeof log.replay>[0])) {
    for (const entry of batch) {
      if (entry.type !== 'event') continue;
      const room = rooms.get(entry.room) ?? new TrueRoom();
      rooms.set(entry.room, room);
      const { device, clientMessageId, refersTo, change, ...event } = entry.event;
      const content = event.content === undefined ? undefined : JSON.parse(event.content);
      room.add({ ...event, device, clientMessageId, refersTo, change }, content?.text);
    }
  }
  return rooms;
}
