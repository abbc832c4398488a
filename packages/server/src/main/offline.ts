import type { Clock } from '../ports/clock.ts';
import type { Delivery } from '../ports/delivery.ts';
import type { Engine } from '../ports/engine.ts';
import type { Rooms } from '../ports/rooms.ts';
import { Committer } from '../roles/commit/committer.ts';
import type { InboxFeed } from '../roles/commit/inbox-feed.ts';
import { createRoomWorker } from '../roles/room-worker/room-worker.ts';
import { systemClock } from './system-clock.ts';

/** Rooms at work while no server runs: their rules and commits are the server's own, and nobody is there to deliver to. */
export interface OfflineRooms extends AsyncDisposable {
  readonly rooms: Rooms;
  /** Rejects if the storage can no longer say what is stored: what was submitted then is never answered. */
  readonly broken: Promise<never>;
}

/** Puts together what deciding and committing needs. Closing it commits what was accepted; the engine stays open. */
export function workOffline(engine: Engine, clock: Clock = systemClock): OfflineRooms {
  const { promise: broken, reject } = Promise.withResolvers<never>();
  // Who races against it hears of it; who does not must not be ended by it.
  broken.catch(() => undefined);
  const committer = new Committer({ log: engine.log, onBroken: reject, onFault: reject });
  const worker = createRoomWorker({
    committer,
    store: engine.rooms,
    delivery: nobodyThere,
    feed: nobodyToTell,
    policy: { mayWrite: () => true },
    reports: engine.reports,
    clock,
    onFault: reject,
    onDeadLetter: ({ fault }) => reject(fault),
    // Whoever submits hears of it in the answer.
    onUnknownRules() {},
  });
  return {
    rooms: worker,
    broken,
    async [Symbol.asyncDispose]() {
      await worker[Symbol.asyncDispose]();
      await committer[Symbol.asyncDispose]();
    },
  };
}

const nobodyThere: Delivery = {
  toUsers() {},
  toRoom() {},
  toSession() {},
  joined() {},
  departed() {},
};

const nobodyToTell: InboxFeed = { committed() {}, readerCommitted() {}, sees: () => false };
