import type { ClientMessageId, DeviceId, RoomId } from '@maru/protocol';
import type { RoomCommand } from '../../core/room/command.ts';
import { faultFields } from '../../ports/logger.ts';

/** A command at which the rules themselves failed, and which was refused for good so that its room goes on (`[ORD7]`). */
export interface DeadLetter {
  readonly room: RoomId;
  /** Both absent for what the server does itself. */
  readonly device: DeviceId | undefined;
  readonly clientMessageId: ClientMessageId | undefined;
  readonly kind: RoomCommand['kind'];
  /** What was thrown. */
  readonly fault: unknown;
}

/** A dead letter as it may be logged: by the names under which its refusal lies in the log, without what it says. */
export function deadLetterFields(letter: DeadLetter): Record<string, unknown> {
  const { room, device, clientMessageId, kind, fault } = letter;
  return { room, device, clientMessageId, command: kind, ...faultFields(fault) };
}
