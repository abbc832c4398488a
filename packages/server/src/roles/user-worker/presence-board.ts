import { limits, type UserId } from '@maru/protocol';
import { type PresenceInput, shownPresence, withHistory } from '../../core/presence/presence.ts';
import { stepPresence } from '../../core/presence/step-presence.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Delivery } from '../../ports/delivery.ts';
import type { Directory } from '../../ports/directory.ts';
import type { InboxStore } from '../../ports/inbox-store.ts';
import type { RoomPresence } from '../../ports/inboxes.ts';
import { type Inbox, type InboxRoom, isSmall, type LiveSession, type Place } from './inbox.ts';
import { isSeenBy } from './seen-by.ts';
import { SoftQueue } from './soft-queue.ts';
import { SoftTimer } from './soft-timer.ts';
import { TickWheel } from './tick-wheel.ts';

/** Changes are published this much later, together. */
const PRESENCE_PUSH_MS = 250;
/** People asked about at a time, so that a big channel holds up nobody. */
const COUNTED_AT_ONCE = 500;
/** So long all who look at a channel are told the same number: thousands may open it at once. */
const COUNT_KEPT_MS = 2_000;
/** Last-active times are saved this much later, together. */
const LAST_ACTIVE_SAVE_MS = 60_000;

type UserPresence = RoomPresence['users'][number];

/** An input without the time, which is stamped here. */
type Untimed<T> = T extends unknown ? Omit<T, 'now' | 'at'> : never;

export interface PresenceBoardDeps {
  readonly store: InboxStore;
  readonly directory: Directory;
  readonly delivery: Delivery;
  readonly clock: Clock;
  readonly isStrained: () => boolean;
  readonly onFault: (error: unknown) => void;
}

/** Who is there: steps every user's presence, and tells those who look (`[SOFT4]`, `[SOFT5]`). */
export class PresenceBoard {
  readonly #deps: PresenceBoardDeps;
  readonly #wheel: TickWheel;
  readonly #push: SoftTimer;
  readonly #unsaved: SoftQueue<Inbox>;
  readonly #changed = new Set<Inbox>();
  /** How many are there in channels that were looked at lately. */
  readonly #counts = new WeakMap<InboxRoom, { readonly at: number; readonly present: Promise<number> }>();

  constructor(deps: PresenceBoardDeps) {
    this.#deps = deps;
    this.#wheel = new TickWheel(deps.clock, (inbox) => this.step(inbox, { kind: 'tick' }));
    this.#push = new SoftTimer(deps.clock, PRESENCE_PUSH_MS, deps.isStrained, () => this.#publish());
    this.#unsaved = new SoftQueue<Inbox>({
      ...{ clock: deps.clock, ms: LAST_ACTIVE_SAVE_MS, isStrained: deps.isStrained },
      handOn: (inboxes) => this.#save(inboxes),
    });
  }

  step(inbox: Inbox, input: Untimed<PresenceInput>): void {
    const { clock } = this.#deps;
    const now = clock.monotonic();
    const timed: PresenceInput =
      input.kind === 'beat'
        ? { kind: 'beat', device: input.device, state: input.state, now, at: clock.now() }
        : { ...input, now };
    const { presence, publish, deadline } = stepPresence(inbox.presence, timed);
    if (presence.lastActive !== inbox.presence.lastActive && !inbox.isLastActiveDue) {
      inbox.isLastActiveDue = true;
      this.#unsaved.add(inbox);
    }
    if (input.kind === 'hide') inbox.isKnown = true;
    inbox.presence = presence;
    inbox.deadline = deadline;
    this.#wheel.arrange(inbox);
    if (publish === undefined) return;
    this.#changed.add(inbox);
    inbox.isPublishDue = true;
    this.#push.start();
  }

  /** Who is there in a room; up to `PRESENCE_LIVE_MEMBERS_MAX` also since when the others are not (`[SOFT5]`). */
  async of({ in: room, inbox: reader }: Place): Promise<RoomPresence> {
    if (room.roomKind === 'channel') return this.#count(room);
    await this.#know(room.people.map(({ inbox }) => inbox));
    const live = isLive(room);
    const users: UserPresence[] = [];
    let present = 0;
    for (const { inbox } of room.people) {
      if (!inbox.isKnown) continue; // Came this very moment; what they hide is not known yet.
      if (!isSeenBy(room, inbox.user, reader)) continue;
      const shown = shownPresence(inbox.presence);
      if (shown.state !== 'offline') present++;
      if (shown.state !== 'offline' || (live && shown.lastActive !== undefined)) {
        users.push({ user: inbox.user, ...shown });
      }
    }
    if (live && room.people.length < room.memberCount) {
      const absent = await this.#absent(room);
      users.push(...absent.filter(({ user }) => isSeenBy(room, user, reader)));
    }
    return { room: room.room, present, users, live };
  }

  /** In a channel nobody is named: how many of its readers are there. */
  async #count(room: InboxRoom): Promise<RoomPresence> {
    const now = this.#deps.clock.monotonic();
    let counted = this.#counts.get(room);
    if (counted === undefined || now - counted.at >= COUNT_KEPT_MS) {
      counted = { at: now, present: this.#countPresent(room) };
      this.#counts.set(room, counted);
    }
    return { room: room.room, present: await counted.present, users: [], live: false };
  }

  async #countPresent(room: InboxRoom): Promise<number> {
    const people = room.people.map(({ inbox }) => inbox).filter(({ sessions }) => sessions.length > 0);
    for (let at = 0; at < people.length; at += COUNTED_AT_ONCE) {
      await this.#know(people.slice(at, at + COUNTED_AT_ONCE));
    }
    const isPresent = ({ isKnown, presence }: Inbox) =>
      isKnown && shownPresence(presence).state !== 'offline';
    return people.filter(isPresent).length;
  }

  /** The user is seen by somebody anew, who may be looking. */
  show(inbox: Inbox): void {
    this.#changed.add(inbox);
    inbox.isPublishDue = true;
    this.#push.start();
  }

  /** The user is seen by the reader no more: to who looks at a room with them they are offline, with nothing to tell. */
  hideFrom(user: UserId, reader: Inbox): void {
    const frame = JSON.stringify({ kind: 'presence', users: [{ user, state: 'offline' }] });
    for (const { info, looksAt } of reader.sessions) {
      const looks = looksAt.some(
        (room) => !isSeenBy(room, user, reader) && room.people.some(({ inbox }) => inbox.user === user),
      );
      if (looks) this.#deps.delivery.toSession(info.session, frame);
    }
  }

  /** Saves what is still to be saved. */
  close(): void {
    this.#wheel.stop();
    this.#push.stop();
    this.#unsaved.drain();
  }

  #save(inboxes: readonly Inbox[]): void {
    const times = inboxes.flatMap((inbox) => {
      inbox.isLastActiveDue = false;
      const { lastActive } = inbox.presence;
      return lastActive === undefined ? [] : { user: inbox.user, at: lastActive };
    });
    this.#deps.store.saveLastActive(times);
  }

  /** Members who are not in memory and were seen before. */
  async #absent(room: InboxRoom): Promise<UserPresence[]> {
    const members = await this.#deps.store.members(room.room);
    const inMemory = new Set(room.people.map(({ inbox }) => inbox.user));
    const away = members.map(({ user }) => user).filter((user) => !inMemory.has(user));
    const { hiding, seen } = await this.#recorded(away);
    return Array.from(seen, ([user, lastActive]) => ({ user, state: 'offline' as const, lastActive })).filter(
      ({ user }) => !hiding.has(user),
    );
  }

  /** Asks, once for all of them, what is known of people whom nobody looked at before. */
  async #know(inboxes: readonly Inbox[]): Promise<void> {
    const unknown = inboxes.filter((inbox) => !inbox.isKnown);
    if (unknown.length === 0) return;
    const { hiding, seen } = await this.#recorded(unknown.map(({ user }) => user));
    for (const inbox of unknown) {
      if (inbox.isKnown) continue; // They changed the setting meanwhile.
      inbox.isKnown = true;
      inbox.presence = withHistory(inbox.presence, seen.get(inbox.user), hiding.has(inbox.user));
    }
  }

  async #recorded(users: readonly UserId[]): Promise<{ hiding: Set<UserId>; seen: Map<UserId, number> }> {
    const { directory, store } = this.#deps;
    const [records, times] = await Promise.all([directory.users(users), store.lastActive(users)]);
    const hiding = records.filter(({ hidePresence }) => hidePresence).map(({ user }) => user);
    return { hiding: new Set(hiding), seen: new Map(times.map(({ user, at }) => [user, at])) };
  }

  #publish(): void {
    const all = [...this.#changed];
    this.#changed.clear();
    const changed = all.filter(isLookedAt);
    if (changed.every(({ isKnown }) => isKnown)) {
      this.#tell(changed);
      this.#published(all);
      return;
    }
    const known = new Set(changed.filter(({ isKnown }) => isKnown));
    const tell = () => this.#tell(changed.filter((inbox) => known.has(inbox) || !inbox.presence.hidden));
    void this.#know(changed)
      .then(tell)
      .catch(this.#deps.onFault)
      .finally(() => this.#published(all));
  }

  /** They may leave the memory, unless they have changed again. */
  #published(inboxes: readonly Inbox[]): void {
    for (const inbox of inboxes) inbox.isPublishDue = this.#changed.has(inbox);
  }

  #tell(changed: readonly Inbox[]): void {
    const told = new Map<LiveSession, UserPresence[]>();
    for (const inbox of changed) {
      const shown = { user: inbox.user, ...shownPresence(inbox.presence) };
      for (const session of lookersOf(inbox)) {
        const users = told.get(session);
        if (users === undefined) told.set(session, [shown]);
        else if (users.at(-1) !== shown) users.push(shown); // They may share several rooms.
      }
    }
    for (const [{ info }, users] of told) {
      this.#deps.delivery.toSession(info.session, JSON.stringify({ kind: 'presence', users }));
    }
  }
}

/** The sessions of others that look at a room where they see this user live. */
function* lookersOf(inbox: Inbox): Generator<LiveSession> {
  for (const { in: room } of inbox.places.values()) {
    if (room.lookers === undefined || !isLive(room)) continue;
    for (const [session, place] of room.lookers) {
      if (session.info.user !== inbox.user && isSeenBy(room, inbox.user, place.inbox)) yield session;
    }
  }
}

function isLookedAt(inbox: Inbox): boolean {
  return lookersOf(inbox).next().done !== true;
}

function isLive(room: InboxRoom): boolean {
  return isSmall(room, limits.PRESENCE_LIVE_MEMBERS_MAX);
}
