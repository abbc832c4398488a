import type { ClientMessageId, CommandStatus, Event, Page, RoomEntry, RoomId, UpFrame } from '@maru/protocol';
import { Disconnected } from '../errors.ts';
import type { HistoryQuery } from '../sync/gap-filler.ts';
import type { Seen } from '../view/presence-book.ts';
import type { ConnectionStatus } from '../wire/connection.ts';
import type { Session } from '../wire/session.ts';
import type { Question, Wish } from './messages.ts';

/** What a tab without the connection asks of the server: it has the one that leads ask. */
export class FollowerSession implements Session {
  readonly #ask: (question: Question) => Promise<unknown>;
  readonly #wish: (wish: Wish) => void;
  #status: ConnectionStatus = { state: 'idle' };
  #presence: 'active' | 'away' = 'active';

  constructor(ask: (question: Question) => Promise<unknown>, wish: (wish: Wish) => void) {
    this.#ask = ask;
    this.#wish = wish;
  }

  readonly requests = undefined;

  readonly connection: Session['connection'] = {
    start: () => this.#wish({ what: 'connect' }),
    // The connection is not this tab's to end.
    stop: () => undefined,
    restart: () => undefined,
    // The tab that has it hears the same of the device.
    check: () => undefined,
    settled: () => undefined,
  };

  /** How the connection of the tab that leads is. */
  get status(): ConnectionStatus {
    return this.#status;
  }

  set status(status: ConnectionStatus) {
    this.#status = status;
  }

  begin(): void {
    // The session is another tab's.
  }

  end(): void {
    // The session is another tab's.
  }

  send(frame: UpFrame): boolean {
    if (frame.kind !== 'typing') return false;
    this.#wish({ what: 'typing', room: frame.room });
    return true;
  }

  async sync(): Promise<never> {
    throw new Disconnected('another tab syncs');
  }

  async mark(): Promise<never> {
    throw new Disconnected('another tab tells marks');
  }

  async set(): Promise<never> {
    throw new Disconnected('another tab tells settings');
  }

  async history(query: HistoryQuery): Promise<Page> {
    return (await this.#ask({ what: 'history', query })) as Page;
  }

  async look(rooms: readonly RoomId[]): Promise<Seen> {
    return (await this.#ask({ what: 'look', rooms })) as Seen;
  }

  async statusOf(room: RoomId, clientMessageId: ClientMessageId): Promise<CommandStatus> {
    return (await this.#ask({ what: 'status', room, clientMessageId })) as CommandStatus;
  }

  get presence(): 'active' | 'away' {
    return this.#presence;
  }

  setPresence(state: 'active' | 'away'): void {
    this.#presence = state;
    this.#wish({ what: 'presence', state });
  }

  /** The tab that leads has opened it. */
  open(_room: RoomId, events: readonly Event[]): Event[] {
    return [...events];
  }

  openEntry(entry: RoomEntry): RoomEntry {
    return entry;
  }
}
