import type { Device } from '../device.ts';
import { eraseDevice } from '../erase-device.ts';
import { unreachable } from '../unreachable.ts';
import type { Act } from './act.ts';

/**
 * Does on the device with the connection what a user did in another tab. What the journal gets by it, it gets at once, so
 * that all of it is stored in one go. Done to what is there by now: an act that has nothing to do any more does nothing.
 */
export function carryOut(device: Device, act: Act): void {
  switch (act.kind) {
    case 'command':
      device.outbox.take(act.item);
      break;
    case 'drop-command':
      // It may have been dropped here, too.
      device.outbox.discard(act.room, act.clientMessageId).catch(() => undefined);
      break;
    case 'own':
      device.own.change(act.name, act.change);
      break;
    case 'mark':
      mark(device, act);
      break;
    case 'profile':
      // What the server refuses is taken back in all tabs.
      device.profile.update(act.change).catch(() => undefined);
      break;
    case 'forget-room': {
      const room = device.rooms.get(act.room);
      // A store that fails is told of elsewhere, and ends the client.
      if (room !== undefined && room.record.membership !== 'member')
        device.forget(room).catch(() => undefined);
      break;
    }
    case 'erase':
      device.session.connection.stop('signed-out');
      eraseDevice(device).catch(() => undefined);
      break;
    default:
      unreachable(act);
  }
}

function mark(device: Device, { room: id, read, unread }: Extract<Act, { kind: 'mark' }>): void {
  const room = device.rooms.get(id);
  if (room === undefined) return;
  if (read !== undefined) device.unread.markRead(room, read);
  if (unread === true) device.unread.markUnread(room);
}
