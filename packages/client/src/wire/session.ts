import type {
  ClientMessageId,
  CommandStatus,
  Event,
  GatewayTicket,
  Page,
  RoomEntry,
  RoomId,
  SettingName,
  Synced,
  UpFrame,
} from '@maru/protocol';
import { type ContentCodec, openEvent } from '../content-codec.ts';
import type { Environment } from '../environment.ts';
import { Disconnected, type ReportFault } from '../errors.ts';
import type { HistoryQuery } from '../sync/gap-filler.ts';
import type { MarkRequest } from '../sync/marks.ts';
import type { Seen } from '../view/presence-book.ts';
import { type ConnectionHandlers, ConnectionManager, type ConnectionStatus } from './connection.ts';
import { Requests } from './requests.ts';
import type { TransportChoice } from './transport-choice.ts';

export interface SessionDeps {
  readonly environment: Environment;
  readonly gateway: () => Promise<GatewayTicket>;
  readonly transports: TransportChoice;
  readonly codec: ContentCodec;
  readonly report: ReportFault;
  /** What other tabs look at, and whether somebody is at one of them. */
  readonly together?: Together | undefined;
}

/** What several tabs say to the server together: each says its own, and gets what all of them say. */
export interface Together {
  looking(rooms: readonly RoomId[]): readonly RoomId[];
  presence(state: 'active' | 'away'): 'active' | 'away';
}

/**
 * What the parts of the SDK ask of the server, over whatever connection there is. What comes is opened by the codec
 * before anybody sees it. Questions reject with `Disconnected` where there is no session, or it ends first.
 */
export interface Session {
  readonly status: ConnectionStatus;
  readonly connection: Pick<ConnectionManager, 'start' | 'stop' | 'restart' | 'check' | 'settled'>;
  /** The answers' way in. `undefined` where nobody can be waiting. */
  readonly requests: Requests | undefined;
  /** A connection was greeted: the first, one behind another's end, or one that the session goes over to. */
  begin(): void;
  end(): void;
  /** Says whether there was a session to send it on. */
  send(frame: UpFrame): boolean;
  sync(query: { cursor: Synced['cursor'] | undefined; eventsPerRoom: number }): Promise<Synced>;
  history(query: HistoryQuery): Promise<Page>;
  mark(request: MarkRequest): Promise<void>;
  set(name: SettingName, value: unknown): Promise<void>;
  look(rooms: readonly RoomId[]): Promise<Seen>;
  statusOf(room: RoomId, clientMessageId: ClientMessageId): Promise<CommandStatus>;
  /** Whether somebody is at the device, as it was said last. */
  readonly presence: 'active' | 'away';
  setPresence(state: 'active' | 'away'): void;
  open(room: RoomId, events: readonly Event[]): Event[];
  openEntry(entry: RoomEntry): RoomEntry;
}

/** The session of the client that has the connection. */
export class WireSession implements Session {
  readonly #deps: SessionDeps;
  readonly #connection: ConnectionManager;
  #requests: Requests | undefined;
  #presence: 'active' | 'away' = 'active';

  constructor(deps: SessionDeps, handlers: ConnectionHandlers) {
    this.#deps = deps;
    this.#connection = new ConnectionManager({ ...deps, handlers });
  }

  get status(): ConnectionStatus {
    return this.#connection.status;
  }

  get connection(): Session['connection'] {
    return this.#connection;
  }

  begin(): void {
    if (this.#requests !== undefined) this.#requests.goOver();
    else this.#requests = new Requests(this.#deps.environment, (frame) => void this.send(frame));
  }

  end(): void {
    this.#requests?.end();
    this.#requests = undefined;
  }

  get requests(): Requests | undefined {
    return this.#requests;
  }

  send(frame: UpFrame): boolean {
    return this.#connection.send(frame);
  }

  async sync(query: { cursor: Synced['cursor'] | undefined; eventsPerRoom: number }): Promise<Synced> {
    const answer = await this.#current().ask({ kind: 'sync', ...query });
    return { ...answer, rooms: answer.rooms.map((entry) => this.openEntry(entry)) };
  }

  async history(query: HistoryQuery): Promise<Page> {
    const page = await this.#current().ask({ kind: 'history', ...query });
    return { ...page, events: this.open(page.room, page.events) };
  }

  async mark(request: MarkRequest): Promise<void> {
    await this.#current().ask({ kind: 'mark', ...request });
  }

  async set(name: SettingName, value: unknown): Promise<void> {
    await this.#current().ask({ kind: 'set', name, value });
  }

  async look(rooms: readonly RoomId[]): Promise<Seen> {
    const all = this.#deps.together?.looking(rooms) ?? rooms;
    return this.#current().ask({ kind: 'look', rooms: [...all] });
  }

  get presence(): 'active' | 'away' {
    return this.#presence;
  }

  setPresence(state: 'active' | 'away'): void {
    this.#presence = state;
    this.#connection.setPresence(this.#deps.together?.presence(state) ?? state);
  }

  async statusOf(room: RoomId, clientMessageId: ClientMessageId): Promise<CommandStatus> {
    return (await this.#current().ask({ kind: 'status', room, clientMessageId })).answer;
  }

  open(room: RoomId, events: readonly Event[]): Event[] {
    return events.map((event) => openEvent(this.#deps.codec, room, event));
  }

  openEntry(entry: RoomEntry): RoomEntry {
    const { room, relation } = entry;
    const note = relation?.note && this.#deps.codec.open(room, relation.note);
    return {
      ...entry,
      ...(relation && note && { relation: { ...relation, note } }),
      events: this.open(room, entry.events),
    };
  }

  #current(): Requests {
    if (this.#requests === undefined) throw new Disconnected('there is no connection');
    return this.#requests;
  }
}
