import { Commands } from './commands.ts';
import { Device } from './device.ts';
import type { DeviceDeps } from './device-surroundings.ts';
import { Settings } from './settings.ts';
import { Changes } from './view/changes.ts';
import { Snapshots } from './view/snapshots.ts';

export type SeatDeps = Omit<DeviceDeps, 'changes'>;

/**
 * What a client works with. It becomes another device where its tab gets the connection, or loses it; who listens for
 * changes, and who waits for what becomes of a command, notices nothing.
 */
export class Seat {
  readonly #changes = new Changes();
  readonly #closed: () => Promise<void>;
  #isClosed = false;
  #parts: Parts;

  /** @param closed called once it is closed */
  constructor(deps: SeatDeps, closed: () => Promise<void> = async () => undefined) {
    this.#closed = closed;
    this.#parts = partsOf({ ...deps, changes: this.#changes });
  }

  get deps(): DeviceDeps {
    return this.#parts.deps;
  }

  get device(): Device {
    return this.#parts.device;
  }

  get snapshots(): Snapshots {
    return this.#parts.snapshots;
  }

  get commands(): Commands {
    return this.#parts.commands;
  }

  get settings(): Settings {
    return this.#parts.settings;
  }

  /**
   * Sits down on another device of the same name, which shows what the former one did.
   *
   * @param prepare what is done on it before anybody sees it
   * @returns whether it did; not where it is closed
   */
  move(deps: SeatDeps, prepare: (device: Device) => void): boolean {
    if (this.#isClosed) return false;
    const former = this.device;
    this.#parts = partsOf({ ...deps, changes: this.#changes });
    const { device } = this;
    prepare(device);
    former.outbox.passOn(device.outbox);
    device.members.takeOver(former.members);
    device.presence.look(former.presence.looking);
    for (const [id, timeline] of former.timelines) {
      const room = device.rooms.get(id);
      if (room !== undefined) device.timeline(room).takeOver(timeline);
    }
    device.session.setPresence(former.session.presence);
    former.rest();
    this.#changes.changed();
    return true;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    try {
      await this.device.close();
    } finally {
      this.#changes.clear();
      await this.#closed();
    }
  }
}

interface Parts {
  readonly deps: DeviceDeps;
  readonly device: Device;
  readonly snapshots: Snapshots;
  readonly commands: Commands;
  readonly settings: Settings;
}

function partsOf(deps: DeviceDeps): Parts {
  const device = new Device(deps);
  const { codec, environment } = deps;
  return {
    ...{ deps, device },
    snapshots: new Snapshots(device, codec, environment.clock),
    commands: new Commands(device, codec, environment),
    settings: new Settings(device, deps.draftLog),
  };
}
