import type { ClientMessageId, RoomId } from '@maru/protocol';
import { nextClientMessageId } from '@maru/protocol';
import type { Environment } from '../environment.ts';
import type { Journal } from '../store/journal.ts';
import type { KnownCommand } from './known-command.ts';

/** The newest id that this device has used in each room: the next one lies above it (`[ONCE2]`). */
export class LastIds {
  readonly #environment: Pick<Environment, 'clock' | 'random'>;
  readonly #journal: Journal;
  readonly #ids: Map<RoomId, ClientMessageId>;
  /**
   * What commands go by that could not keep the id that they had first; also when they have left the outbox. It is not
   * stored: when all tabs are gone that were awake then, who asks by the first id is told that the command was dropped.
   */
  #instead = new Map<ClientMessageId, ClientMessageId>();

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

  newest(room: RoomId): ClientMessageId | undefined {
    return this.#ids.get(room);
  }

  /** An id that another tab minted and nobody has used yet, or a new one where that does not lie above the newest. */
  rising(room: RoomId, minted: ClientMessageId): ClientMessageId {
    if (minted <= (this.#ids.get(room) ?? '')) return this.mint(room);
    this.note(room, minted);
    return minted;
  }

  /** An id that was used, now or in a former life of the store. */
  note(room: RoomId, clientMessageId: ClientMessageId): void {
    if (clientMessageId <= (this.#ids.get(room) ?? '')) return;
    this.#ids.set(room, clientMessageId);
    this.#journal.add({ kind: 'last-id', room, clientMessageId });
  }

  /** A command may go by another id than it had first: who missed that asks by the first one. */
  renamed({ command, given }: KnownCommand): void {
    if (given !== undefined) this.#instead.set(given, command.clientMessageId);
  }

  /** Knows all that a device before this one knew. */
  inherit(former: LastIds): void {
    this.#instead = new Map([...former.#instead, ...this.#instead]);
  }

  /** What a command goes by, as far as it is known here. */
  current(first: ClientMessageId): ClientMessageId {
    return this.#instead.get(first) ?? first;
  }
}
