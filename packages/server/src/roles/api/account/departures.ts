import type { RoomId, UserId } from '@maru/protocol';
import type { Clock } from '../../../ports/clock.ts';
import type { Directory } from '../../../ports/directory.ts';
import type { InboxStore } from '../../../ports/inbox-store.ts';
import type { Inboxes } from '../../../ports/inboxes.ts';
import { faultFields, type Logger } from '../../../ports/logger.ts';
import type { RoomStore } from '../../../ports/room-store.ts';
import type { Rooms } from '../../../ports/rooms.ts';
import { departure } from '../../edge/departure.ts';

/** Rooms left at a time: they share their commits, and leave the rest of the queue to others. */
const LEAVING_AT_ONCE = 64;
/** After a failure it is tried again. */
const RETRY_MS = 30_000;

export interface DeparturesDeps {
  readonly directory: Directory;
  readonly inboxes: InboxStore;
  readonly rooms: Rooms;
  /** Where they wait to be let in. */
  readonly asked: Pick<RoomStore, 'askedBy'>;
  /** Where what they kept for themselves is taken away. */
  readonly own: Pick<Inboxes, 'settings' | 'set'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Takes deleted accounts out of their rooms, what they asked of others back, and what they kept for themselves away, as the
 * directory has noted them; nothing is lost by a crash.
 */
export interface Departures extends AsyncDisposable {
  /** There may be something to do. Resolves when all that can be done now is done. */
  wake(): Promise<void>;
}

export function createDepartures(deps: DeparturesDeps): Departures {
  const { directory, clock, log } = deps;
  let running: Promise<void> | undefined;
  let again = false;
  let closed = false;

  async function run(): Promise<void> {
    do {
      again = false;
      for (const user of await directory.departures()) {
        if (closed) return;
        if ((await leaveAll(deps, user)) && (await forgetSettings(deps, user)))
          await directory.departed(user);
        else retryLater();
      }
    } while (again);
  }

  function retryLater(): void {
    clock.after(RETRY_MS, () => void wake());
  }

  function wake(): Promise<void> {
    again = true;
    if (closed) return Promise.resolve();
    running ??= run()
      .catch((fault: unknown) => {
        log.warn(faultFields(fault), 'rooms of a deleted account are still to be left');
        retryLater();
      })
      .finally(() => {
        running = undefined;
      });
    return running;
  }

  return {
    wake,
    async [Symbol.asyncDispose]() {
      closed = true;
      await running;
    },
  };
}

/** Whether nothing of the user's own is kept any more (`[OWN5]`). */
async function forgetSettings({ own }: DeparturesDeps, user: UserId): Promise<boolean> {
  const kept = await own.settings(user);
  for (let at = 0; at < kept.length; at += LEAVING_AT_ONCE) {
    const batch = kept.slice(at, at + LEAVING_AT_ONCE);
    const refused = await Promise.all(batch.map(({ name }) => own.set(user, undefined, name, null)));
    if (refused.some((error) => error !== undefined)) return false;
  }
  return true;
}

/** Whether the user is in no room any more, and waits to be let into none (`[LINK4]`). */
async function leaveAll({ inboxes, asked, rooms, clock }: DeparturesDeps, user: UserId): Promise<boolean> {
  const all = await inboxes.roomsOf(user);
  const within = all.filter(({ intervals }) => intervals.at(-1)?.left === undefined).map(({ room }) => room);
  const open = [...within, ...(await asked.askedBy(user))];
  const leave = async (room: RoomId) => {
    const answer = await rooms.submit(departure(room, user, clock.now()));
    return answer.kind === 'accepted' || answer.error.code === 'not-found';
  };
  for (let at = 0; at < open.length; at += LEAVING_AT_ONCE) {
    const left = await Promise.all(open.slice(at, at + LEAVING_AT_ONCE).map(leave));
    if (left.includes(false)) return false;
  }
  return true;
}
