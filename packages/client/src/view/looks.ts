import type { RoomId } from '@maru/protocol';
import { Disconnected } from '../errors.ts';
import type { Session } from '../wire/session.ts';
import type { PresenceBook } from './presence-book.ts';

/** Tells the server which rooms are on the screen, and notes who is present there; the newest look holds. */
export class Looks {
  readonly #presence: PresenceBook;
  readonly #session: Pick<Session, 'look'>;
  /** How often it looked, and the newest look that was answered. */
  #looks = 0;
  #answeredLook = 0;

  constructor(presence: PresenceBook, session: Pick<Session, 'look'>) {
    this.#presence = presence;
    this.#session = session;
  }

  /** These are on the screen from now on. Throws what the server refused it with; the end of a session is none. */
  async look(rooms: readonly RoomId[]): Promise<void> {
    this.#presence.look(rooms);
    const look = ++this.#looks;
    try {
      const seen = await this.#session.look(rooms);
      if (look < this.#answeredLook) {
        // It was kept back for its rate and came behind a later one: the server goes by it, and is told anew.
        await this.look(this.#presence.looking);
        return;
      }
      this.#answeredLook = look;
      this.#presence.seen(seen);
    } catch (error) {
      // The next session looks again.
      if (!(error instanceof Disconnected)) throw error;
    }
  }
}
