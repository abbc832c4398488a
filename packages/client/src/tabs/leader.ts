import type { DownFrame, RoomId, Welcome } from '@maru/protocol';
import type { Device } from '../device.ts';
import type { Clock } from '../environment.ts';
import type { StoreChange } from '../store/store.ts';
import { unreachable } from '../unreachable.ts';
import type { ConnectionStatus } from '../wire/connection.ts';
import { carryOut } from './carry-out.ts';
import { errorSaid } from './errors-between-tabs.ts';
import { historyForAll } from './history-for-all.ts';
import type { LeadingStore } from './leading-store.ts';
import type { LookedAtTogether } from './looked-at-together.ts';
import type { FollowerSays, LeaderSays, Question, Wish } from './messages.ts';
import type { GivenActs, SharedStore } from './shared-store.ts';

/** A transaction of a tab that is gone has ended by then. */
const LAST_WORDS_MS = 1_000;

export interface LeaderDeps {
  readonly clock: Clock;
  readonly tab: string;
  readonly shared: SharedStore;
  readonly store: LeadingStore;
  readonly together: LookedAtTogether;
  readonly device: () => Device;
  readonly post: (message: LeaderSays) => void;
  /** Goes on with what users were writing in tabs that are gone. */
  readonly goOnWithDrafts: () => Promise<void>;
  /** Calls `gone` when a tab is. */
  readonly watch: (tab: string, gone: () => void) => void;
}

/** What the tab with the connection does for the others. */
export class Leader {
  readonly #deps: LeaderDeps;
  readonly #followers = new Set<string>();
  /** How the connection was when it last announced. */
  #announced: ConnectionStatus | undefined;
  /** How the connection is, as far as those that follow were told; `undefined`: nobody was. */
  #told: ConnectionStatus | undefined;
  /** What other tabs leave to this one is taken one read at a time. */
  #carrying: Promise<void> = Promise.resolve();
  readonly #carriedOut = new Set<number>();
  #ended = false;

  constructor(deps: LeaderDeps) {
    this.#deps = deps;
  }

  /** Whether anybody follows. */
  get isFollowed(): boolean {
    return this.#followers.size > 0;
  }

  /** Of the store, by what it wrote. */
  get version(): number {
    return this.#deps.store.version;
  }

  /**
   * Says that it leads, at once, as others take a tab that says nothing for dead; but not that it is online before what
   * it synced is stored: what a tab shows that hears of it would be behind without a sign.
   */
  announce(): void {
    if (this.#ended) return;
    const { session, journal } = this.#deps.device();
    const { status } = session;
    this.#announced = status;
    if (status.state !== 'online' || this.#told?.state === 'online' || journal.isIdle) {
      this.#tell(status);
      return;
    }
    this.#tell(this.#told ?? { state: 'syncing', transport: status.transport });
    journal.flush().then(
      () => this.#deps.device().session.status === status && this.#tell(status),
      // A store that fails is told of elsewhere, and ends the client.
      () => undefined,
    );
  }

  /** The connection may be otherwise than before. */
  statusChanged(): void {
    if (this.isFollowed && this.#deps.device().session.status !== this.#announced) this.announce();
  }

  /** The store has these. */
  changed(version: number, changes: readonly StoreChange[]): void {
    const { tab, post } = this.#deps;
    if (this.isFollowed && !this.#ended) post({ kind: 'changed', tab, version, changes });
  }

  /** A frame came. */
  overheard(frame: Exclude<DownFrame, Welcome>): void {
    if (!this.isFollowed) return;
    const { kind } = frame;
    if (kind === 'typing' || kind === 'presence' || kind === 'receipt-counts' || kind === 'account')
      this.#deps.post({ kind: 'overheard', frame });
  }

  receive(message: FollowerSays): void {
    if (this.#ended) return;
    switch (message.kind) {
      case 'hello':
        this.#follows(message.tab);
        this.announce();
        break;
      case 'given':
        this.#carryOutGiven();
        break;
      case 'ask':
        void this.#answer(message);
        break;
      case 'wish':
        this.#fulfil(message.tab, message.wish);
        break;
      default:
        unreachable(message);
    }
  }

  /** Does what users did in other tabs. */
  #carryOutGiven(): void {
    this.#carry(async () => {
      const given = await this.#deps.shared.given();
      if (!this.#ended) this.carryOut(this.#deps.device(), given);
    });
  }

  #carry(run: () => Promise<void>): void {
    // A store that can't be read fails at the next write, which is told of.
    this.#carrying = this.#carrying.then(run).catch(() => undefined);
  }

  /** Does these, each once. */
  carryOut(device: Device, given: readonly GivenActs[]): void {
    for (const some of given) {
      if (this.#carriedOut.has(some.key)) continue;
      this.#carriedOut.add(some.key);
      for (const act of some.acts) carryOut(device, act);
      this.#deps.store.carriedOut(some);
    }
    this.#flush(device);
  }

  /** It leads no more. */
  end(): void {
    this.#ended = true;
  }

  #tell(status: ConnectionStatus): void {
    if (this.#ended) return;
    this.#told = status;
    const { tab, store, device, post } = this.#deps;
    const { limits, expiry } = device();
    post({ kind: 'lead', tab, version: store.version, limits, status, now: expiry.now() });
  }

  #flush(device = this.#deps.device()): void {
    // A store that fails is told of elsewhere, and ends the client.
    device.journal.flush().catch(() => undefined);
  }

  #follows(tab: string): void {
    if (this.#followers.has(tab)) return;
    // What was kept back while nobody followed is not kept back any more, and nothing was told yet.
    if (!this.isFollowed) {
      this.#told = undefined;
      this.#flush();
    }
    this.#followers.add(tab);
    this.#deps.watch(tab, () => {
      this.#followers.delete(tab);
      if (this.#ended) return;
      const { together, device } = this.#deps;
      together.left(tab);
      this.carryOutLastWords();
      device().session.setPresence(together.own.presence);
      this.#look();
    });
  }

  /** What a tab stored as it died, it has told nobody; and the store may still be at it. */
  carryOutLastWords(): void {
    const look = () => {
      if (this.#ended) return;
      this.#carryOutGiven();
      this.#carry(this.#deps.goOnWithDrafts);
    };
    look();
    this.#deps.clock.after(LAST_WORDS_MS, look);
  }

  async #answer({ tab, id, question }: Extract<FollowerSays, { kind: 'ask' }>): Promise<void> {
    const { post } = this.#deps;
    this.#follows(tab);
    try {
      const answer = await this.#ask(tab, question);
      if (!this.#ended) post({ kind: 'answer', to: tab, id, answer });
    } catch (error) {
      if (!this.#ended) post({ kind: 'no-answer', to: tab, id, error: errorSaid(error) });
    }
  }

  #ask(tab: string, question: Question): Promise<unknown> {
    const device = this.#deps.device();
    switch (question.what) {
      case 'history':
        return historyForAll(device, question.query);
      case 'status':
        return device.outbox.statusOf(question.room, question.clientMessageId);
      case 'look':
        return this.#lookFor(tab, question.rooms);
      default:
        return unreachable(question);
    }
  }

  #lookFor(tab: string, rooms: readonly RoomId[]): Promise<unknown> {
    const { together, device } = this.#deps;
    together.looks(tab, rooms);
    return device().session.look(together.own.looking);
  }

  #look(): void {
    const { together, device } = this.#deps;
    // Soft: the next look says it again.
    device()
      .session.look(together.own.looking)
      .catch(() => undefined);
  }

  #fulfil(tab: string, wish: Wish): void {
    const { together, device } = this.#deps;
    const { session, typing, unread, rooms } = device();
    const room = 'room' in wish ? rooms.get(wish.room) : undefined;
    switch (wish.what) {
      case 'connect':
        session.connection.start();
        break;
      case 'typing':
        typing.say(wish.room);
        break;
      case 'refresh':
        if (room !== undefined) unread.refresh(room);
        break;
      case 'presence':
        together.is(tab, wish.state);
        session.setPresence(together.own.presence);
        break;
      default:
        unreachable(wish);
    }
  }
}
