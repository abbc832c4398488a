import type { ClientMessageId, DeviceId } from '@maru/protocol';
import type { RoomCommand } from '../../core/room/command.ts';

/**
 * Devices of which the room has refused a command that may come again, until that answer is out. What they had sent
 * behind it, and which is here by then, must not overtake it (`[ORD4]`): it would take effect first, and the refused id
 * be too old. Once the answer is out, the session sees to what comes.
 */
export class HeldBack {
  #devices: Map<DeviceId, ClientMessageId> | undefined;

  /** A command was refused and may come again. */
  hold({ device, clientMessageId }: RoomCommand): void {
    if (device === undefined || clientMessageId === undefined) return;
    this.#devices ??= new Map();
    const held = this.#devices.get(device);
    if (held === undefined || clientMessageId < held) this.#devices.set(device, clientMessageId);
  }

  /** Whether a command came behind one that was refused. */
  holds({ device, clientMessageId }: RoomCommand): boolean {
    if (this.#devices === undefined || device === undefined || clientMessageId === undefined) return false;
    const held = this.#devices.get(device);
    return held !== undefined && clientMessageId > held;
  }

  /** Its answer is out. */
  release({ device, clientMessageId }: RoomCommand): void {
    if (device === undefined || this.#devices?.get(device) !== clientMessageId) return;
    this.#devices?.delete(device);
    if (this.#devices?.size === 0) this.#devices = undefined;
  }
}
