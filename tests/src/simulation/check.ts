import type { Fault, MaruClient, Quote } from '@maru/client';
import { type RelationView, type RoomId, UNREAD_COUNT_MAX, type UserId } from '@maru/protocol';
import type { Engine } from '@maru/server';
import { mentionFaults } from './check-mentions.ts';
import { ownFaults } from './check-own.ts';
import { storeFaults } from './check-store.ts';
import type { SimDevice } from './sim-device.ts';
import type { SimServer } from './sim-server.ts';
import { isHidden, readSettings, type TrueSettings } from './true-settings.ts';
import { readTruth, type TrueRoom } from './truth.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What is checked: the devices and the server at the end of a story. */
export interface World {
  readonly devices: readonly SimDevice[];
  readonly server: SimServer;
  readonly time: VirtualTime;
  /** Lets time run until something is done. */
  during<T>(work: Promise<T>): Promise<T>;
}

type InboxStore = Engine['inboxes'];
type Truth = ReadonlyMap<RoomId, TrueRoom>;

/** Holds everything that devices show against the log. Throws what is wrong, all of it. */
export async function checkEverything(world: World): Promise<void> {
  const truth = await readTruth(world.server.engine);
  const settings = await readSettings(world.server.engine);
  const wrong: string[] = [];
  for (const [room, { events, roles, links }] of truth) {
    wrong.push(...logFaults(room, events));
    const { clockOffsetMs } = world.server;
    const early = clockOffsetMs === 0 ? roles.tooSoon : [];
    wrong.push(...[...roles.wrong, ...links.wrong, ...early].map((what) => `${room}: ${what}`));
  }
  for (const device of world.devices) {
    wrong.push(...memberFaults(device, truth));
    wrong.push(...(await relationFaults(world, device, truth)));
    for (const [room, state] of truth) {
      if (!state.isMember(device.identity.user)) continue;
      wrong.push(...(await conversationFaults(world, device, room, state, truth, settings)));
      wrong.push(...standingFaults(device, room, state));
    }
    wrong.push(...(await ownFaults(device, settings)));
    wrong.push(...(await sendFaults(device, truth)));
    wrong.push(...(await storeFaults(device, truth)));
    wrong.push(...(await receiptFaults(device, truth, world.server.engine.inboxes)));
    wrong.push(
      ...device.faults
        .filter(isUnexpected)
        .map((fault) => `${device.identity.device} reported ${fault.code}: ${fault.message}`),
    );
  }
  wrong.push(...twinFaults(world, truth));
  wrong.push(...expiryFaults(truth));
  wrong.push(...world.server.faults.map((fault) => `the server logged ${Bun.inspect(fault)}`));
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
}

/** LIMIT6: where rates are passed, what is soft is refused, and the SDK tells of it. */
function isUnexpected({ cause }: Fault): boolean {
  return !(typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'rate-limited');
}

/** ORD1, ORD2, ONCE1 on the log itself. */
function logFaults(room: RoomId, events: TrueRoom['events']): string[] {
  const wrong: string[] = [];
  const names = new Set<string>();
  let [at, ordinal] = [0, 0];
  events.forEach((event, i) => {
    if (event.seq !== i + 1) wrong.push(`${room}: seq ${event.seq} where ${i + 1} should be`);
    if (event.at < at) wrong.push(`${room}: time goes back at ${event.seq}`);
    at = event.at;
    ordinal += event.counts ? 1 : 0;
    if (event.ordinal !== ordinal) wrong.push(`${room}: ordinal ${event.ordinal} at ${event.seq}`);
    // What the server does by itself has no name.
    if (event.device === undefined) return;
    const name = `${event.device} ${event.clientMessageId}`;
    // What is done by HTTP in somebody's name, and not by a device, has none.
    if (event.device !== undefined && names.has(name)) wrong.push(`${room}: ${name} is there twice`);
    names.add(name);
  });
  return wrong;
}

/** SYNC1, SYNC9: the device knows just the rooms its user is in. */
function memberFaults({ client, identity }: SimDevice, truth: Truth): string[] {
  const known = client?.allRooms.filter((room) => room.membership === 'member').map(({ room }) => room) ?? [];
  const should = [...truth].filter(([, state]) => state.isMember(identity.user)).map(([room]) => room);
  if (known.toSorted(byText).join() === should.toSorted(byText).join()) return [];
  return [`${identity.device} knows ${known.length} rooms, should know ${should.length}`];
}

/** REL3, REL10: everybody is told their side of each relation as the log has it, and of a room that is hidden nothing. */
async function relationFaults(
  world: World,
  { client, identity }: SimDevice,
  truth: Truth,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const [room, { relation }] of truth) {
    if (client === undefined || relation?.has(identity.user) !== true) continue;
    const hidden = relation.hiddenFrom === identity.user;
    const should = hidden ? 'not-found' : relation.state(identity.user);
    const answer = await world.during(
      client.api.getRoom({ params: { room } }).then(
        (entry) => entry.relation,
        (error) => ({ state: error.code }),
      ),
    );
    const told = answer?.state;
    if (told !== should) wrong.push(`${identity.device} ${room}: is told ${told}, should be ${should}`);
    if (hidden || told !== should) continue;
    for (const what of shownFaults(client, room, answer as RelationView, relation.isCut))
      wrong.push(`${identity.device} ${room}: ${what}`);
  }
  const lost = client?.deadLetters.filter(
    ({ command, error }) =>
      command.kind === 'relate' && command.act === 'block' && error.code === 'relation-changed',
  );
  if (lost !== undefined && lost.length > 0) wrong.push(`${identity.device}: a block was lost`);
  return wrong;
}

/** REL2, REL14, REL15: a device shows just what its user is told, and takes nobody for gone who is there. */
function* shownFaults(
  client: MaruClient,
  room: RoomId,
  told: RelationView,
  isCut: boolean,
): Generator<string> {
  const { relation, unavailable, peer } = client.room(room) ?? {};
  const should = { ...told, pending: false };
  if (!Bun.deepEquals(relation, should))
    yield `shows ${JSON.stringify(relation)}, should ${JSON.stringify(should)}`;
  if (peer !== undefined && client.isBlocked(peer) !== (told.state === 'blocked'))
    yield `blocks ${client.isBlocked(peer)}, and is ${told.state}`;
  if (unavailable === true && !isCut) yield 'takes somebody for gone who is there';
  const listed = client.rooms.some((each) => each.room === room);
  const asked = client.requests.some((each) => each.room === room);
  const isRequest = told.state === 'stranger' || (told.state === 'requested-by-them' && told.open !== true);
  if (asked !== isRequest || (listed && (isRequest || told.state === 'blocked')))
    yield `is ${told.state}, listed ${listed}, asked ${asked}`;
}

/** ORD1, ORD3, PRIV4, PRIV5, OWN7: the whole conversation, read to its beginning, is what the log says. */
async function conversationFaults(
  world: World,
  { client, identity }: SimDevice,
  room: RoomId,
  state: TrueRoom,
  truth: Truth,
  settings: TrueSettings,
): Promise<string[]> {
  if (client === undefined) return [`${identity.device} is off`];
  await world.during(client.open(room));
  while ((await world.during(client.loadOlder(room))) > 0);
  const snapshot = client.room(room);
  const seen = (snapshot?.messages ?? [])
    .filter(({ seq }) => seq !== undefined)
    .map(({ seq, sender, kind, content, reactions, quote }) => {
      const text = content !== undefined && 'text' in content ? String(content.text) : undefined;
      const kinds = reactions.map(({ reaction, count, mine }) => `${reaction}${count}${mine}`);
      return `${seq} ${sender} ${kind} ${text} ${kinds.sort(byText).join()} ${quoted(kind, quote)}`;
    });
  const hides = (seq = 0) => isHidden(settings, identity.user, room, seq);
  const lines = state.lines(identity.user, hides).filter(({ seq }) => !hides(seq));
  const should = lines.map(
    ({ seq, sender, kind, text, reactions, quote }) =>
      `${seq} ${sender} ${kind} ${text} ${countsOf(reactions, identity.user)} ${quote ?? ''}`,
  );
  const wrong: string[] = [];
  const at = should.findIndex((line, i) => line !== seen[i]);
  if (at !== -1 || seen.length !== should.length)
    wrong.push(
      `${identity.device} ${room}: shows «${seen.at(at)}» (${seen.length}), should «${should.at(at)}» (${should.length})`,
    );
  const from = Math.max(snapshot?.read ?? 0, state.joined(identity.user));
  const unread = lines
    .filter((line) => line.counts && line.seq > from && line.sender !== identity.user)
    .map(({ seq }) => seq);
  const counted = Math.min(unread.length, UNREAD_COUNT_MAX + 1);
  if (snapshot?.unreadCount !== counted)
    wrong.push(`${identity.device} ${room}: unread ${snapshot?.unreadCount}, should be ${counted}`);
  const named = snapshot?.unreadMentions ?? [];
  wrong.push(...mentionFaults(named, { reader: identity.user, room, unread, truth }));
  const [pins, pinned] = [
    snapshot?.pins.map(({ seq }) => seq) ?? [],
    state.pins(identity.user).filter((pin) => !hides(pin)),
  ];
  if (pins.join() !== pinned.join())
    wrong.push(`${identity.device} ${room}: shows pins ${pins}, should ${pinned}`);
  client.close(room);
  return wrong;
}

/** GROUP1, GROUP2, GROUP4, ORD8: whose the group is, and what its user may do there, is what the log says. */
function standingFaults({ client, identity }: SimDevice, room: RoomId, { roles, links }: TrueRoom): string[] {
  const snapshot = client?.room(room);
  if (snapshot === undefined || snapshot.roomKind === 'direct') return [];
  const { facts, creator, role, can } = snapshot;
  const rights = (given: object) => JSON.stringify(Object.entries(given).sort(([a], [b]) => byText(a, b)));
  const shown = `${facts.owner ?? creator} ${facts.administrators ?? []} ${rights(facts.rights ?? {})} ${facts.slowMode ?? 0}`;
  const should = `${roles.owner} ${roles.administrators} ${rights(roles.rights)} ${roles.slowMs / 1_000}`;
  const linksShown = `${facts.links?.map(({ uses }) => uses) ?? []} ${facts.requests?.map(({ user }) => user) ?? []}`;
  const linksShould = `${links.uses} ${links.asking}`;
  const wrong =
    shown === should && linksShown === linksShould
      ? []
      : [`${identity.device} ${room}: has ${shown} ${linksShown}, should have ${should} ${linksShould}`];
  if ((role === 'owner') !== (roles.owner === identity.user) || can['set-role'] !== (role === 'owner'))
    wrong.push(`${identity.device} ${room}: takes itself for ${role}`);
  return wrong;
}

/** TALK8: what a message answers, as it is shown; what an event of a pin is about is no answer. */
function quoted(kind: string, quote: Quote | undefined): string {
  if (quote === undefined || kind !== 'message') return '';
  return quote.kind === 'message' ? `${quote.seq} message ${quote.text}` : `${quote.seq} ${quote.kind}`;
}

/** TALK2: `👍2true`, each kind with its number and whether the user is one. */
function countsOf(reactions: readonly string[], me: UserId): string {
  const kinds = new Map<string, string[]>();
  for (const each of reactions) {
    const at = each.indexOf('user_');
    const [kind, user] = [each.slice(0, at), each.slice(at)];
    kinds.set(kind, [...(kinds.get(kind) ?? []), user]);
  }
  return Array.from(kinds, ([kind, users]) => `${kind}${users.length}${users.includes(me)}`)
    .sort(byText)
    .join();
}

/** ONCE1, ORD4, DUR1: what was accepted is there once, what was refused is not there, and all in the order of sending. */
async function sendFaults({ said, forwarded, identity, store }: SimDevice, truth: Truth): Promise<string[]> {
  const wrong: string[] = [];
  const { outbox } = await store.load();
  const failed = new Set(
    outbox.filter((item) => item.failed !== undefined).map(({ command }) => command.clientMessageId),
  );
  const last = new Map<RoomId, number>();
  for (const one of [...said, ...forwarded]) {
    const { room, text, outcome, clientMessageId } = one;
    if (clientMessageId === undefined) continue; // Lost with the device, before it was stored.
    const made = truth.get(room)?.madeBy(identity.device, clientMessageId) ?? [];
    const [seq = 0] = made;
    // Who gave it may have died before the answer; the next life's outbox saw to it all the same.
    const should = outcome === 'refused' || failed.has(clientMessageId) ? 0 : 1;
    if (made.length !== should)
      wrong.push(`${identity.device} ${room}: «${text}» was ${outcome} and is there ${made.length} times`);
    if (seq === 0 || forwarded.includes(one)) continue;
    if (seq < (last.get(room) ?? 0)) wrong.push(`${identity.device} «${text}» overtook another`);
    last.set(room, seq);
  }
  return wrong;
}

/** SOFT2: what a device believes of others' marks lies in the room, and they have read at least as far as it shows. */
async function receiptFaults(
  { store, identity }: SimDevice,
  truth: Truth,
  inboxes: InboxStore,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const { room, receipts, membership } of (await store.load()).rooms) {
    const head = truth.get(room)?.events.length ?? 0;
    if (membership !== 'member') continue;
    const read = new Map((await inboxes.watermarks(room)).map((mark) => [mark.user, mark.read]));
    for (const mark of receipts) {
      if (mark.delivered <= head && mark.read <= (read.get(mark.user) ?? 0)) continue;
      wrong.push(
        `${identity.device} ${room}: ${mark.user} has ${mark.delivered}, read ${mark.read}, of ${head}`,
      );
    }
  }
  return wrong;
}

/** TIME2: nothing is left on the server of what was to vanish, all of which is due when this is asked. */
function expiryFaults(truth: Truth): string[] {
  const wrong: string[] = [];
  for (const [room, state] of truth) {
    const left = state.events.filter(
      ({ seq, expiresAt }) => expiresAt !== undefined && state.text(seq) !== undefined,
    );
    for (const { seq } of left)
      wrong.push(`${room}: the server still has what ${seq} said, whose time is over`);
  }
  return wrong;
}

/** UNREAD5, SYNC8: all devices of a user show the same marks. */
function twinFaults({ devices }: World, truth: Truth): string[] {
  const wrong: string[] = [];
  const first = new Map<string, string>();
  for (const { client, identity } of devices) {
    for (const [room, state] of truth) {
      if (!state.isMember(identity.user)) continue;
      const { read, markedUnread, unreadCount } = client?.room(room) ?? {};
      const marks = `read ${read}, marked ${markedUnread}, unread ${unreadCount}`;
      const key = `${identity.user satisfies UserId} ${room}`;
      const other = first.get(key) ?? marks;
      first.set(key, other);
      if (other !== marks) wrong.push(`${key}: one device says ${other}, another ${marks}`);
    }
  }
  return wrong;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}
