import type { DownFrame, UserId, Welcome } from '@maru/protocol';
import type { ReportFault } from './errors.ts';
import type { ScheduledBook } from './later/scheduled-book.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { OwnSettings } from './own/own-settings.ts';
import type { OwnProfile } from './people/own-profile.ts';
import type { People } from './people/people.ts';
import type { Rooms } from './room/rooms.ts';
import { mergeWatermarks } from './room/with-entry.ts';
import type { Journal } from './store/journal.ts';
import type { Identity } from './store/store.ts';
import type { DeliveredReceipts } from './sync/delivered.ts';
import type { GapFiller } from './sync/gap-filler.ts';
import type { RoomFeed } from './sync/room-feed.ts';
import type { SyncEngine } from './sync/sync-engine.ts';
import type { UnreadKeeper } from './sync/unread-keeper.ts';
import { unreachable } from './unreachable.ts';
import type { PresenceBook } from './view/presence-book.ts';
import type { Typing } from './view/typing.ts';
import type { Session } from './wire/session.ts';

type Frame = Exclude<DownFrame, Welcome>;
type SoftFrame = Extract<
  Frame,
  { kind: 'receipts' | 'receipt-counts' | 'typing' | 'presence' | 'profile' | 'account' | 'marks' }
>;

/** Who frames are for. */
export interface FrameTargets {
  readonly me: Identity;
  readonly session: Session;
  readonly rooms: Rooms;
  readonly feed: RoomFeed;
  readonly filler: GapFiller;
  readonly journal: Journal;
  readonly outbox: Outbox;
  readonly sync: SyncEngine;
  readonly delivered: DeliveredReceipts;
  readonly unread: UnreadKeeper;
  readonly typing: Typing;
  readonly presence: PresenceBook;
  readonly own: OwnSettings;
  readonly people: People;
  readonly profile: OwnProfile;
  readonly scheduled: ScheduledBook;
}

/** Brings a server's frame to the part of the device that it is for. */
export function routeFrame(device: FrameTargets, frame: Frame, report: ReportFault): void {
  switch (frame.kind) {
    case 'accepted':
      device.outbox.accepted(frame.room, frame.clientMessageId, frame.seq, frame.at);
      break;
    case 'refused': {
      const { kind: _kind, room, clientMessageId, ...error } = frame;
      device.outbox.refused(room, clientMessageId, error);
      break;
    }
    case 'error': {
      const { kind: _kind, id, ...error } = frame;
      if (id !== undefined) device.session.requests?.refused(id, error);
      else {
        device.delivered.refused(error);
        // What has no name may be said again or may be lost: that its rate was reached is no fault.
        if (error.code !== 'rate-limited')
          report({ code: 'request-refused', message: error.message, cause: error });
      }
      break;
    }
    case 'events':
      routeEvents(device, frame);
      break;
    case 'room':
      device.sync.enter(device.session.openEntry(frame.entry));
      break;
    case 'synced':
    case 'page':
    case 'ok':
    case 'seen':
    case 'status':
      device.session.requests?.answered(frame);
      break;
    case 'beat':
      device.sync.beat(frame);
      device.outbox.checkOverdue();
      if (device.session.requests?.overdue === true) device.session.connection.restart();
      break;
    case 'settings':
      device.own.told(frame.settings, false);
      break;
    case 'scheduled':
      device.scheduled.told(frame.revision);
      break;
    default:
      routeSoft(device, frame);
  }
}

function routeEvents(device: FrameTargets, frame: Extract<Frame, { kind: 'events' }>): void {
  const room = device.rooms.get(frame.room);
  if (room === undefined) {
    // Its entry got lost, or comes later: either way sync brings the room with these events.
    device.sync.request();
    return;
  }
  device.feed.offer(room, device.session.open(frame.room, frame.events));
  device.filler.fillSoon(room);
}

/** What may be lost, and says nothing of the rooms' events. */
function routeSoft(device: FrameTargets, frame: SoftFrame): void {
  const room = 'room' in frame ? device.rooms.get(frame.room) : undefined;
  switch (frame.kind) {
    case 'presence':
      device.presence.changed(frame.users);
      break;
    case 'profile':
      device.people.learn([frame]);
      break;
    case 'account':
      device.profile.settingsChanged();
      break;
    case 'typing':
      if (frame.user !== device.me.user) device.typing.noticed(frame.room, frame.user);
      break;
    case 'marks':
      if (room !== undefined) device.unread.movedElsewhere(room, frame);
      break;
    case 'receipts':
      if (room === undefined) break;
      room.record = {
        ...room.record,
        receipts: mergeWatermarks(room.record.receipts, othersMarks(frame, device.me.user)),
      };
      device.journal.touch(frame.room);
      device.rooms.touch(room);
      break;
    case 'receipt-counts':
      if (room === undefined) break;
      room.receiptCounts = new Map(frame.counts.map((count) => [count.seq, count]));
      device.rooms.touch(room);
      break;
    default:
      unreachable(frame);
  }
}

/** One frame is for all members: what the user has read themselves is among it, and must not count for another. */
function othersMarks({ marks }: Extract<SoftFrame, { kind: 'receipts' }>, me: UserId) {
  return marks.filter(({ user }) => user !== me);
}
