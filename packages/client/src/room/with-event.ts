import { type Event, factsAfter, NO_FACTS, type UserId } from '@maru/protocol';
import { relationAfterEvent } from '../relation/relation-after.ts';
import { amend, amendmentsOf } from './amend.ts';
import { type RoomRecord, tipOf } from './room-record.ts';
import { settledBefore } from './settled.ts';
import { baseAfterEvent } from './unread-base.ts';
import { mentionsAfterEvent, type Named, NO_MENTIONS } from './unread-mentions.ts';

type Draft = { -readonly [K in keyof RoomRecord]: RoomRecord[K] };

/**
 * A room's record after the next event of its run. An event up to `head` was accounted for by the entry that named the
 * head, and only adds to what is stored; one above it changes everything it is about.
 */
export function withEvent(record: RoomRecord, event: Event, named: Named): RoomRecord {
  const { me } = named;
  const next: Draft = {
    ...record,
    stored: { from: record.stored?.from ?? event.seq, tip: tipOf(event) },
  };
  if (event.seq > record.head.seq) {
    next.head = { seq: event.seq, ordinal: event.ordinal, at: event.at };
    next.unread = baseAfterEvent(record.unread, event, me, record.marks.read);
    next.mentions = mentionsAfterEvent(record.mentions ?? NO_MENTIONS, event, named, record.marks.read);
    next.facts = factsAfter(record.facts ?? NO_FACTS, event);
    next.relation = relationAfterEvent(record.relation, event, me);
    withChange(next, event, me);
  }
  if (event.kind === 'message') {
    if (event.sender === me) next.wrote = true;
    if (event.seq > (record.latest?.seq ?? 0)) next.latest = event;
    if (event.sender !== me) next.fromOthers = event.seq;
  }
  for (const amendment of amendmentsOf(event, me, record.visible)) {
    if (next.latest?.seq === amendment.target) next.latest = amend(next.latest, amendment);
  }
  return next;
}

function withChange(record: Draft, { change, sender }: Event, me: UserId): void {
  switch (change?.type) {
    case 'created':
      record.memberCount = change.members.length;
      break;
    case 'joined':
      record.settled = settledBefore(record);
      record.memberCount += change.users.length;
      record.unavailable = undefined;
      break;
    case 'left':
      departs(record, sender);
      if (sender === me) record.membership = 'left';
      break;
    case 'removed':
      departs(record, change.user);
      if (change.user === me) record.membership = 'removed';
      break;
    case 'related':
      if (sender === me && change.act === 'unblock') record.unavailable = undefined;
      break;
    case 'renamed':
      record.name = change.name;
      break;
    case 'history-set':
      record.history = change.history;
      break;
    default:
      break;
  }
}

function departs(record: Draft, user: UserId): void {
  record.settled = settledBefore(record);
  record.memberCount--;
  record.receipts = record.receipts.filter((mark) => mark.user !== user);
}
