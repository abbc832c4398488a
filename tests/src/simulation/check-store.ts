import type { AnyContent, Event, RoomId, UserId } from '@maru/protocol';
import type { SimDevice } from './sim-device.ts';
import { type TrueEvent, type TrueRoom, toldKind } from './truth.ts';

type Truth = ReadonlyMap<RoomId, TrueRoom>;

/**
 * PRIV3, PRIV4, PRIV5: whatever lies in a device's store, of rooms that its user has left or was removed from, too, is
 * something that they might read while they were members. It is what the log says, or what it said before it was erased.
 * TIME5: nothing is left of what was to vanish, all of which is due when this is asked.
 */
export async function storeFaults(device: SimDevice, truth: Truth): Promise<string[]> {
  const { store, identity } = device;
  const { user } = identity;
  const wrong: string[] = [];
  wrong.push(...givenFaults(device, truth));
  const { rooms } = await store.load();
  for (const record of rooms) {
    const { room } = record;
    const state = truth.get(room);
    const complain = (what: string) =>
      wrong.push(`${identity.device} ${room} (${record.membership}): ${what}`);
    if (state === undefined) {
      complain('is stored, and is no room');
      continue;
    }
    const { events } = state;
    const stored = await store.events(room, 1, events.length + 100);
    if (record.latest !== undefined) stored.push(record.latest);
    for (const event of stored) {
      const original = events[event.seq - 1];
      if (!state.mayHave(user, event.seq)) complain(`has ${event.seq}, which its user may never see`);
      else if (original === undefined || !isSame(event, original, user))
        complain(`has another event as ${event.seq}`);
      // Who is out is told of nothing: there the device's own time decides, and the server's clock may have leapt since.
      else if (record.membership === 'member' && original.expiresAt !== undefined && says(event))
        complain(`still says what ${event.seq} said, whose time is over`);
      else
        for (const what of contentFaults(event, state, (seq) => state.wasVisible(user, seq))) complain(what);
    }
    const strangers = record.receipts.filter((mark) => !state.isMember(mark.user));
    if (record.membership === 'member' && strangers.length > 0)
      complain(`has marks of ${strangers.length} who are no members`);
    if (record.receipts.some((mark) => mark.user === user)) complain('takes its user for one of the others');
  }
  return wrong;
}

/** PRIV2, PRIV3, PRIV4: nor did the server give the device anything else over its sessions. */
function* givenFaults({ given, identity }: SimDevice, truth: Truth): Generator<string> {
  for (const [room, events] of given) {
    for (const seq of events) {
      if (truth.get(room)?.mayHave(identity.user, seq) !== true)
        yield `${identity.device} was given ${seq} of ${room}, which its user may never see`;
    }
  }
}

/** Of how many rooms devices have stored events whose members their users are not (any more). */
export async function countFormerRooms(devices: readonly SimDevice[], truth: Truth): Promise<number> {
  let count = 0;
  for (const { store, identity } of devices) {
    for (const { room, stored } of (await store.load()).rooms)
      if (stored !== undefined && truth.get(room)?.isMember(identity.user) !== true) count++;
  }
  return count;
}

function isSame(event: Event, original: TrueEvent, reader: UserId): boolean {
  const { change, sender } = original;
  // REL5, REL6: what the other did unseen bears no name.
  const unseen = ['refuse', 'remove', 'block', 'unblock'];
  const isUnseen = sender !== reader && change?.type === 'related' && unseen.includes(change.act);
  if (isUnseen && (event.clientMessageId ?? event.device ?? event.content) !== undefined) return false;
  if (isUnseen && event.change?.type === 'related') return false;
  return (
    event.kind === toldKind(original, reader) &&
    event.sender === original.sender &&
    event.at === original.at &&
    event.ordinal === original.ordinal &&
    (isUnseen || event.clientMessageId === original.clientMessageId)
  );
}

function* contentFaults(event: Event, state: TrueRoom, visible: (seq: number) => boolean): Generator<string> {
  const { seq, refersTo, content, edited, change } = event;
  const says = content !== undefined || change?.type === 'reacted';
  if (refersTo !== undefined && !visible(refersTo) && says)
    yield `${seq} says what became of ${refersTo}, which its user may never see`;
  if (edited !== undefined && !visible(edited.seq))
    yield `${seq} is edited by ${edited.seq}, which its user may never see`;
  for (const [from, said] of [
    [seq, content],
    [edited?.seq ?? 0, edited?.content],
  ] as const) {
    const [has, should] = [textOf(said), state.text(from)];
    if (has !== undefined && should !== undefined && has !== should)
      yield `${seq} says «${has}», should «${should}»`;
  }
}

function textOf(content: AnyContent | undefined): string | undefined {
  return content !== undefined && 'text' in content ? String(content.text) : undefined;
}

function says({ content, edited }: { readonly content?: unknown; readonly edited?: unknown }): boolean {
  return (content ?? edited) !== undefined;
}
