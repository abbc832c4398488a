import {
  type ClientMessageId,
  type DeviceId,
  limits,
  messagesHiddenBy,
  type Seq,
  type UserId,
} from '@maru/protocol';
import type { Decision, TargetFacts } from '../../core/room/command.ts';
import type { MemberChange } from '../../core/room/event.ts';
import { readerMemberChange } from '../../core/room/member-changes.ts';
import type { SendOutcome, SendWindow, SentCommand } from '../../core/room/state.ts';
import { unreachable } from '../../core/unreachable.ts';
import type { Inboxes } from '../../ports/inboxes.ts';
import type { Reports } from '../../ports/reports.ts';
import type { Interval, RoomStore } from '../../ports/room-store.ts';
import type { SubmittedCommand } from '../../ports/rooms.ts';
import { keepReport } from './keep-report.ts';
import type { Submission } from './live-room.ts';
import { reactionTarget, seenTarget } from './look-up-reaction.ts';

/** What a decision lacks. */
export type Lacking = Extract<Decision, { kind: 'lookup' }>;

/** Where it is asked for. */
export interface LookUpSources {
  readonly store: RoomStore;
  readonly policy: Pick<Inboxes, 'mayWrite'>;
  readonly reports: Pick<Reports, 'addReport'>;
}

/**
 * Stamps on a command what its decision lacked. The store sees what is committed by the time it is asked; what the room
 * has decided and not yet committed (`pending`) is added to it. The room decides nothing else meanwhile.
 */
export async function lookUp(
  { store, policy, reports }: LookUpSources,
  pending: readonly Submission[],
  command: SubmittedCommand,
  lacking: Lacking,
): Promise<SubmittedCommand> {
  const ahead = [...pending]; // As of now: what is committed while the store is asked may be in neither answer else.
  const { room, device, clientMessageId: id } = command;
  switch (lacking.of) {
    case 'window': {
      if (device === undefined) return command;
      return { ...command, window: (await windowFor(store, ahead, device, command)) ?? null };
    }
    case 'earlier': {
      if (device === undefined || id === undefined) return command;
      const earlier = pendingOutcome(ahead, device, id) ?? (await store.outcome(room, device, id)) ?? null;
      return { ...command, earlier };
    }
    case 'target': {
      if (!('refersTo' in command)) return command;
      const target = withPendingTarget(await store.target(room, command.refersTo), ahead, command.refersTo);
      if (target === undefined) return { ...command, target: null };
      if (command.kind === 'react') {
        return { ...command, target: await reactionTarget(store, ahead, command, target) };
      }
      if (command.kind === 'pin') return { ...command, target: await seenTarget(store, command, target) };
      return { ...command, target };
    }
    case 'targets': {
      if (command.kind !== 'expire') return command;
      const targets = command.messages.map(async ({ seq }) =>
        withPendingTarget(await store.target(room, seq), ahead, seq),
      );
      return { ...command, targets: (await Promise.all(targets)).map((target) => target ?? null) };
    }
    case 'policy':
      return { ...command, mayWrite: await policy.mayWrite(command.sender, lacking.to) };
    case 'report':
      await keepReport(reports, command, lacking.about, lacking.report);
      return { ...command, reported: true };
    case 'removal': {
      const last = (await store.intervals(room, command.sender)).at(-1);
      return { ...command, removedAt: removedAt(last, ahead, command.sender) };
    }
    case 'reading': {
      const newest = async (user: UserId) => (await store.intervals(room, user)).at(-1);
      const user = 'user' in command ? isReader(await newest(command.user), ahead, command.user) : false;
      const own = await newest(command.sender);
      const reading = { sender: isReader(own, ahead, command.sender), user };
      // Who would come in is asked next how they went.
      if (command.kind !== 'join') return { ...command, reading };
      return { ...command, reading, removedAt: removedAt(own, ahead, command.sender) };
    }
    case 'channels-made':
      // Those that are being made in this moment are not among them: it keeps the directory short, and need not be exact.
      return { ...command, channelsMade: await store.channelsMade(command.sender) };
    case 'last-message': {
      const stored = await store.lastMessageAt(room, command.sender);
      return { ...command, lastMessage: newestPending(ahead, command.sender) ?? stored ?? null };
    }
    default:
      return unreachable(lacking);
  }
}

/**
 * What the device sent before. Mostly its newest command says enough: an id above it is new, and a window may begin
 * there, as it does after an idle hour. Only an id at or below it is worth reading more, or one of a device that has
 * commands on the way: a window holds every id above its lowest, whatever the order in which they came.
 */
async function windowFor(
  store: RoomStore,
  pending: readonly Submission[],
  device: DeviceId,
  { room, clientMessageId: id }: SubmittedCommand,
): Promise<SendWindow | undefined> {
  if (sentBy(pending, device).next().done === true) {
    const newest = await store.window(room, device, 1);
    const last = newest?.sent.at(-1);
    if (last === undefined || (id !== undefined && id > last.clientMessageId)) return newest;
  }
  return withPending(await store.window(room, device), pending, device);
}

function* sentBy(pending: readonly Submission[], device: DeviceId): Generator<SentCommand & { at: number }> {
  for (const { entry } of pending) {
    if (entry?.type === 'event') {
      const { clientMessageId, seq, at } = entry.event;
      if (entry.event.device !== device || clientMessageId === undefined) continue;
      yield { clientMessageId, outcome: { kind: 'event', seq, at }, at };
    } else if (entry?.type === 'reader') {
      const { clientMessageId, seq, at } = entry.reader;
      if (entry.reader.device !== device || clientMessageId === undefined) continue;
      yield { clientMessageId, outcome: { kind: 'event', seq, at }, at };
    } else if (entry?.refusal.device === device) {
      const { clientMessageId, code, at } = entry.refusal;
      yield { clientMessageId, outcome: { kind: 'refusal', code }, at };
    }
  }
}

function withPending(
  stored: SendWindow | undefined,
  pending: readonly Submission[],
  device: DeviceId,
): SendWindow | undefined {
  const byId = new Map<ClientMessageId, SentCommand>();
  for (const sent of stored?.sent ?? []) byId.set(sent.clientMessageId, sent);
  let at = stored?.at ?? 0;
  for (const { clientMessageId, outcome, at: sentAt } of sentBy(pending, device)) {
    byId.set(clientMessageId, { clientMessageId, outcome });
    at = Math.max(at, sentAt);
  }
  if (byId.size === 0) return undefined;
  const sent = [...byId.values()].sort((a, b) => (a.clientMessageId < b.clientMessageId ? -1 : 1));
  return { at, sent: sent.slice(-limits.SEND_WINDOW_IDS) };
}

function pendingOutcome(
  pending: readonly Submission[],
  device: DeviceId,
  id: ClientMessageId,
): SendOutcome | undefined {
  for (const sent of sentBy(pending, device)) if (sent.clientMessageId === id) return sent.outcome;
  return undefined;
}

/** What the room has decided about somebody's membership and not yet committed. */
function* pendingChanges(pending: readonly Submission[], user: UserId): Generator<MemberChange> {
  for (const { entry } of pending) {
    if (entry?.type === 'event') {
      for (const change of entry.members ?? []) if (change.user === user) yield change;
    } else if (entry?.type === 'reader' && entry.reader.user === user) {
      yield readerMemberChange(entry.reader);
    }
  }
}

/** @param last the newest membership that is stored */
function isReader(last: Interval | undefined, pending: readonly Submission[], user: UserId): boolean {
  let reads = last !== undefined && last.left === undefined;
  for (const { type } of pendingChanges(pending, user)) reads = type === 'opened';
  return reads;
}

/** Where they were removed, if that is how they went. */
function removedAt(last: Interval | undefined, pending: readonly Submission[], user: UserId): Seq | null {
  let at = last?.how === 'removed' ? last.left : undefined;
  for (const change of pendingChanges(pending, user))
    at = change.type === 'closed' && change.how === 'removed' ? change.left : undefined;
  return at ?? null;
}

function newestPending(pending: readonly Submission[], user: UserId): number | undefined {
  const found = pending.findLast(
    ({ entry }) => entry?.type === 'event' && entry.event.kind === 'message' && entry.event.sender === user,
  )?.entry;
  return found?.type === 'event' ? found.event.at : undefined;
}

function withPendingTarget(
  stored: TargetFacts | undefined,
  pending: readonly Submission[],
  seq: Seq,
): TargetFacts | undefined {
  let facts = stored;
  for (const { entry } of pending) {
    if (entry?.type !== 'event') continue;
    const { sender, kind, expiresAt, seq: at } = entry.event;
    if (at === seq) facts = { sender, kind, deleted: false, ...(expiresAt !== undefined && { expiresAt }) };
    if (facts === undefined || facts.deleted) continue;
    const isHidden = messagesHiddenBy(entry.event).some((hidden) => hidden.seq === seq);
    if (isHidden) facts = { ...facts, deleted: true };
  }
  return facts;
}
