import type { ClientMessageId, RoomId } from '@maru/protocol';
import { nextClientMessageId } from '@maru/protocol';
import type { Environment } from '../environment.ts';
import type { Journal } from '../store/journal.ts';

/** The newest id that this device has used in each room: the next one lies above it (`[ONCE2]`). */
export class LastIds {
  readonly #environment: Pick<Environment, 'clock' | 'random'>;
  readonly #journal: Journal;
  readonly #ids: Map<RoomId, ClientMessageId>;

  constructor(
    environment: Pick<Environment, 'clock' | 'random'>,
    journal: Journal,
    ids: ReadonlyMap<RoomId, ClientMessageId>,
  ) {
    this.#environment = environment;
    this.#journal = journal;
    this.#ids = new Map(ids);
  }

  /** The next id in a room; it is used from now on. */
  mint(room: RoomId): ClientMessageId {
    const { clock, random } = this.#environment;
    const id = nextClientMessageId(this.#ids.get(room), clock.now(), random(10));
    this.note(room, id);
    return id;
  }

  /** An id that was used, now or in a former life of the store. */
  note(room: RoomId, clientMessageId: ClientMessageId): void {
    if (clientMessageId <= (this.#ids.get(room) ?? '')) return;
    this.#ids.set(room, clientMessageId);
    this.#journal.add({ kind: 'last-id', room, clientMessageId });
  }
}
