import { NO_FACTS, type RoomEntry } from '@maru/protocol';
import { relationAfterEntry } from '../relation/relation-after.ts';
import type { RoomRecord, Watermark } from './room-record.ts';
import { settledBefore } from './settled.ts';
import { baseFromServer } from './unread-base.ts';
import { mentionsAbove, NO_MENTIONS } from './unread-mentions.ts';
import { clipSpans } from './visible.ts';

/** A room as an entry tells it, without its events. */
export function recordOfEntry(entry: RoomEntry): RoomRecord {
  const { room, roomKind, name, history, facts, creator, membership } = entry;
  const { memberCount, peer, head, marks } = entry;
  const visible = membership === 'member' ? entry.visible : goingOf(entry, 0);
  return {
    room,
    roomKind,
    name,
    history,
    facts: facts ?? NO_FACTS,
    creator,
    membership,
    memberCount,
    peer,
    relation: relationAfterEntry(undefined, entry),
    visible,
    head,
    stored: undefined,
    marks,
    pendingMark: undefined,
    unread: baseFromServer(head.ordinal, entry.unreadCount),
    mentions: entry.unreadMentions ?? NO_MENTIONS,
    receipts: entry.receipts ?? [],
    latest: undefined,
    fromOthers: 0,
  };
}

/**
 * What is known of a room, after an entry. An entry may be older than what came live meanwhile: then only what it alone
 * knows is taken. Marks that the server has not confirmed hold.
 */
export function withEntry(record: RoomRecord, entry: RoomEntry): RoomRecord {
  const next = recordOfEntry(entry);
  const { stored, latest, fromOthers, pendingMark, marks, wrote } = record;
  const relation = relationAfterEntry(record.relation, entry);
  const kept = {
    stored,
    latest,
    fromOthers,
    pendingMark,
    wrote,
    relation,
    ...unavailableAfter(record, entry),
  };
  const receipts = receiptsAfter(record, entry);
  const settled = settledBefore(record);
  const merged = {
    read: Math.max(marks.read, next.marks.read),
    unread: pendingMark === undefined ? next.marks.unread : marks.unread,
    // As the server has it: it may have forgotten what it was told, and is then told again (`[SOFT2]`).
    delivered: next.marks.delivered,
  };
  const { membership } = entry;
  const isOut = membership !== 'member';
  const visible = isOut ? visiblePast(record, entry) : entry.visible;
  const isNewer = entry.head.seq >= record.head.seq;
  const mentions = mentionsAbove((isNewer ? next : record).mentions ?? NO_MENTIONS, merged.read);
  // What the room was called stays with what was said in it, though the server does not say it to who is out.
  const name = isOut ? (next.name ?? record.name) : next.name;
  if (isNewer) return { ...next, ...kept, name, receipts, settled, marks: merged, mentions, visible };
  return { ...record, receipts, marks: merged, mentions, visible, membership, relation };
}

/** Who is out reads on what is here, up to how they went, and asks the server for no more. */
function visiblePast({ visible, stored }: RoomRecord, entry: RoomEntry): RoomRecord['visible'] {
  const past = stored === undefined ? [] : clipSpans(visible, stored.from, stored.tip.seq);
  return [...past, ...goingOf(entry, stored?.tip.seq ?? 0)];
}

/** What an entry brings of how the user went, behind what is stored. */
function goingOf({ events }: RoomEntry, stored: number): RoomRecord['visible'] {
  return events.flatMap(({ seq }): RoomRecord['visible'] => (seq > stored ? [[seq, seq]] : []));
}

/** Who was not there is there again where something came since, and the two can talk by it. */
function unavailableAfter({ unavailable }: RoomRecord, { head, ...entry }: RoomEntry): Partial<RoomRecord> {
  return unavailable !== undefined && (head.seq <= unavailable || !canTalk(entry)) ? { unavailable } : {};
}

/** Whether by what is told of a direct room somebody is there to be written to, whom the user does not block. */
export function canTalk({
  memberCount,
  relation,
}: Pick<RoomRecord, 'memberCount'> & Pick<RoomEntry, 'relation'>) {
  return memberCount > 1 && relation?.state !== 'blocked';
}

/**
 * Others' marks after an entry. Who has left counts no more, and the events that say so may lie where this device sees
 * none: an entry with marks names all who have any. An older one knows nothing of who came or went since.
 */
function receiptsAfter(record: RoomRecord, { membership, receipts, head }: RoomEntry): readonly Watermark[] {
  if (membership !== 'member') return [];
  if (receipts === undefined) return record.receipts;
  const isOlder = head.seq < record.head.seq;
  const known = new Set(record.receipts.map(({ user }) => user));
  if (isOlder) {
    const told = receipts.filter(({ user }) => known.has(user));
    return mergeWatermarks(record.receipts, told);
  }
  const named = new Set(receipts.map(({ user }) => user));
  return mergeWatermarks(
    record.receipts.filter(({ user }) => named.has(user)),
    receipts,
  );
}

/** Watermarks kept at their maximum, user by user. */
export function mergeWatermarks(
  known: readonly Watermark[],
  more: readonly Watermark[],
): readonly Watermark[] {
  if (more.length === 0) return known;
  const byUser = new Map(known.map((mark) => [mark.user, mark]));
  let changed = false;
  for (const mark of more) {
    const before = byUser.get(mark.user);
    const delivered = Math.max(before?.delivered ?? 0, mark.delivered);
    const read = Math.max(before?.read ?? 0, mark.read);
    if (before !== undefined && before.delivered === delivered && before.read === read) continue;
    byUser.set(mark.user, { user: mark.user, delivered, read });
    changed = true;
  }
  return changed ? [...byUser.values()] : known;
}
