import { ApiError, type MaruClient, RequestRefused, type RoomSnapshot } from '@maru/client';
import {
  type Event,
  type FactsEvent,
  factsAfter,
  NO_FACTS,
  type RoomEntry,
  type RoomId,
  type Seq,
  type UserId,
} from '@maru/protocol';
import type { World } from './check.ts';
import { isHidden, readSettings } from './true-settings.ts';
import { hasBlocked, NO_LINES, readTruth, type TrueEvent, type TrueRoom } from './truth.ts';

const PAGE_EVENTS = 200;

/** Who looks, on which device, at which of their rooms. */
interface Look {
  readonly world: World;
  readonly client: MaruClient;
  readonly device: string;
  readonly user: UserId;
  readonly room: RoomId;
  readonly state: TrueRoom;
  /** Whether they deleted a message for themselves. */
  readonly hides: (seq: number) => boolean;
  /** Whether everybody who wrote here was always unblocked: who is named is told by what a device knew at the time. */
  readonly isPlain: boolean;
}

/**
 * ORD1, ORD8, SYNC8, UNREAD5: of each room that somebody is in now, all their devices show the same; that is what the
 * server says when it is asked; and the room's facts and members there are those of a replay of its log by the
 * protocol's own functions.
 *
 * Compared is all of what a device shows of a room, each of its messages included, but for what is not the same by its
 * nature: what has not gone out or was refused, which is that device's own; whether somebody is there, writes, or has
 * read, which is soft; and what a device's clock decides, as whether a mute is over. Of rooms that somebody is out of, and
 * of what they may not see, nothing is compared here: there `check-store.ts` says what may lie on a device at all. Throws
 * what is wrong.
 */
export async function checkEqual(world: World): Promise<void> {
  const truth = await readTruth(world.server.engine);
  const settings = await readSettings(world.server.engine);
  const wrong: string[] = [];
  const others = new Map<string, ReturnType<typeof shownOf>>();
  for (const { client, identity } of world.devices) {
    const { user, device } = identity;
    for (const [room, state] of truth) {
      if (client === undefined || !state.isMember(user)) continue;
      const hides = (seq: number) => isHidden(settings, user, room, seq);
      const isPlain = !state.events.some(({ sender }) => hasBlocked(truth, user, sender));
      const look: Look = { world, client, device, user, room, state, hides, isPlain };
      const snapshot = await readWhole(look);
      const shown = shownOf(snapshot, isPlain);
      const twin = others.get(`${user} ${room}`);
      if (twin === undefined) {
        others.set(`${user} ${room}`, shown);
        wrong.push(...(await serverFaults(look, shown, snapshot)));
      } else
        wrong.push(...differences(shown, twin).map((what) => `${device} ${room}: not as its twin: ${what}`));
      client.close(room);
    }
  }
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
}

/** A room from its beginning to its end, with its members. */
async function readWhole({ world, client, room }: Look): Promise<RoomSnapshot> {
  await world.during(client.open(room));
  if (seesMembers(client.room(room))) await asked(world, () => client.loadMembers(room));
  while ((await asked(world, () => client.loadOlder(room, PAGE_EVENTS))) > 0);
  const snapshot = client.room(room);
  if (snapshot === undefined) throw new Error(`${room} was there, and is not`);
  return snapshot;
}

/** Readers of a channel don't see each other (`[CHANNEL5]`). */
function seesMembers(snapshot: RoomSnapshot | undefined): boolean {
  return snapshot?.roomKind !== 'channel' || snapshot.role !== 'member';
}

function shownOf(snapshot: RoomSnapshot, isPlain: boolean) {
  const { roomKind, name, creator, history, facts, role, can, stars } = snapshot;
  // How many read a channel is told with its next entry (`[CHANNEL3]`).
  const memberCount = roomKind === 'channel' ? 0 : snapshot.memberCount;
  const { read, markedUnread, unreadCount, draft, pinned, peer } = snapshot;
  const members = [...(snapshot.members ?? [])].map(([user, { joined }]) => `${user} ${joined}`);
  return {
    ...{ roomKind, name, creator, history, memberCount, facts, role, can, stars, peer },
    ...{ read, markedUnread, unreadCount, draft, pinned },
    pins: snapshot.pins,
    members: members.sort(byText),
    unreadMentions: isPlain ? snapshot.unreadMentions : [],
    messages: snapshot.messages.flatMap((message) => {
      const { seq, kind, sender, at, content, edited, forwarded, quote, reactions } = message;
      const { expiresAfter, mentionsMe, folded } = message;
      const change = changeIn(message);
      return seq === undefined
        ? []
        : [
            {
              ...{ seq, kind, sender, at, content, edited, forwarded, quote, expiresAfter },
              ...{ mentionsMe, folded, change },
              reactions: reactions.map(countOf).sort(byText),
            },
          ];
    }),
  };
}

type Shown = ReturnType<typeof shownOf>;

/** What the server answers to the same person, by the newest entry and by history. */
async function serverFaults(look: Look, shown: Shown, snapshot: RoomSnapshot): Promise<string[]> {
  const { world, client, user, room, device, state, isPlain } = look;
  const { unreadMentions, roomKind } = snapshot;
  const entry = await asked(world, () => client.api.getRoom({ params: { room } }));
  const said = {
    ...{ name: entry.name, history: entry.history, creator: entry.creator, peer: entry.peer },
    ...{ memberCount: roomKind === 'channel' ? 0 : entry.memberCount },
    ...{ facts: entry.facts ?? NO_FACTS, roomKind: entry.roomKind },
    ...{ read: entry.marks.read, markedUnread: entry.marks.unread, unreadCount: entry.unreadCount },
    unreadMentions: isPlain ? (entry.unreadMentions ?? []) : [],
    messages: await linesOf(look, entry),
  };
  const seen = {
    ...{ name: shown.name, history: shown.history, creator: shown.creator, peer: shown.peer },
    ...{ memberCount: shown.memberCount, facts: shown.facts, roomKind: shown.roomKind },
    ...{ read: shown.read, markedUnread: shown.markedUnread, unreadCount: shown.unreadCount },
    unreadMentions: isPlain ? unreadMentions : [],
    messages: shown.messages.map(({ seq, kind, sender, at, content, edited, reactions, change }) => ({
      ...{ seq, kind, sender, at, content, edited, reactions, change },
    })),
  };
  const wrong = differences(seen, said).map((what) => `${device} ${room}: not as the server says: ${what}`);
  const replayed = { facts: replayedFacts(state), memberCount: state.membersFor(user).length };
  const now = { facts: said.facts, memberCount: entry.memberCount };
  wrong.push(
    ...differences(now, replayed).map((what) => `${room}: the server is not where its log leads: ${what}`),
  );
  if (!seesMembers(snapshot)) return wrong;
  const members = state
    .membersFor(user)
    .map((user) => `${user} ${state.joined(user)}`)
    .sort(byText);
  if (shown.members.join() !== members.join())
    wrong.push(`${device} ${room}: shows ${shown.members} as members, should ${members}`);
  return wrong;
}

async function linesOf({ world, client, room, hides }: Look, { head }: RoomEntry) {
  const events: Event[] = [];
  for (let from: Seq | undefined = head.seq; from !== undefined; ) {
    const query: { from: Seq; direction: 'older'; limit: number } = {
      from,
      direction: 'older',
      limit: PAGE_EVENTS,
    };
    const page = await asked(world, () => client.api.getEvents({ params: { room }, query }));
    events.unshift(...page.events);
    const first: Seq | undefined = page.events[0]?.seq;
    from = first === undefined || first === 1 ? undefined : ((first - 1) as Seq);
  }
  return events
    .filter(({ kind, seq }) => !NO_LINES.includes(kind) && !hides(seq))
    .map(({ seq, kind, sender, at, sentAt, content, edited, reactions, change }) => ({
      ...{ seq, kind, sender, at: sentAt ?? at, change: changeIn({ kind, change }) },
      content: edited?.content ?? content,
      edited: edited !== undefined,
      reactions: reactions?.kinds.map(countOf).sort(byText) ?? [],
    }));
}

/**
 * A message's own device does not hear that it was the first to somebody: what two people are to each other is told by
 * the room's entry.
 */
function changeIn({ kind, change }: Pick<Event, 'kind' | 'change'>): Event['change'] {
  return kind === 'message' ? undefined : change;
}

/** Asks again where the answer is that too much was asked. */
async function asked<T>(world: World, ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await world.during(ask());
    } catch (error) {
      const isRate = error instanceof ApiError || error instanceof RequestRefused;
      if (!isRate || error.code !== 'rate-limited') throw error;
      await world.time.run(1_000);
    }
  }
}

function countOf({ reaction, count, mine }: { reaction: string; count: number; mine: boolean }): string {
  return `${reaction} ${count} ${mine}`;
}

function replayedFacts({ events }: TrueRoom) {
  return events.reduce((facts, event) => factsAfter(facts, event as TrueEvent & FactsEvent), NO_FACTS);
}

/** What of two things that should be alike is not, a line each. */
function differences<T extends object>(one: T, other: T): string[] {
  const wrong: string[] = [];
  for (const key of Object.keys(one) as (keyof T & string)[]) {
    const [here, there]: readonly [unknown, unknown] = [one[key], other[key]];
    if (Bun.deepEquals(here, there)) continue;
    if (Array.isArray(here) && Array.isArray(there)) {
      const at =
        here.length < there.length
          ? there.findIndex((_, i) => differ(here[i], there[i]))
          : here.findIndex((_, i) => differ(here[i], there[i]));
      wrong.push(
        `${key} ${at}: ${JSON.stringify(here[at])} for ${JSON.stringify(there[at])} (${here.length} for ${there.length})`,
      );
    } else wrong.push(`${key}: ${JSON.stringify(here)} for ${JSON.stringify(there)}`);
  }
  return wrong;
}

function differ(one: unknown, other: unknown): boolean {
  return !Bun.deepEquals(one, other);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}
