import type { Device } from '../device.ts';
import type { Following } from '../device-surroundings.ts';
import type { Environment } from '../environment.ts';
import type { ClientStore, StoreChange } from '../store/store.ts';
import { unreachable } from '../unreachable.ts';
import { FollowerJournal } from './follower-journal.ts';
import { FollowerSession } from './follower-session.ts';
import type { FollowerSays, LeaderSays, Overheard } from './messages.ts';
import { Mirror } from './mirror.ts';
import { Pulse } from './pulse.ts';
import { Questions } from './questions.ts';
import type { SharedStore, StoredAt } from './shared-store.ts';

export interface FollowerDeps {
  readonly tab: string;
  readonly shared: SharedStore;
  readonly environment: Pick<Environment, 'clock'>;
  readonly post: (message: FollowerSays) => void;
  readonly device: () => Device;
  /** The store failed. */
  readonly failed: (cause: unknown) => void;
  /** Whoever has the connection does not answer. */
  readonly unanswered: () => void;
  /** What the tab that leads said can't be followed: all is to be read anew. */
  readonly lostTrack: () => void;
}

/** A tab without the connection: it shows what the one that leads has stored, and gives it what its user does. */
export class Follower {
  readonly #deps: FollowerDeps;
  readonly journal: FollowerJournal;
  readonly #session: FollowerSession;
  readonly #questions: Questions;
  readonly #pulse: Pulse;
  #mirror: Mirror | undefined;
  #version: number;
  #leader: string | undefined;
  #ended = false;
  /** It has missed something: all is being read anew. */
  #isLost = false;

  constructor(deps: FollowerDeps, { state, version }: StoredAt) {
    this.#deps = deps;
    this.#version = version;
    const { tab, shared, environment, post, device, failed } = deps;
    this.#pulse = new Pulse(
      environment.clock,
      () => post({ kind: 'hello', tab }),
      () => deps.unanswered(),
    );
    this.#questions = new Questions(environment.clock, (id, question) =>
      post({ kind: 'ask', tab, id, question }),
    );
    this.#session = new FollowerSession(
      (question) => {
        this.#pulse.check();
        return this.#questions.ask(question);
      },
      (wish) => {
        if (wish.what === 'connect' || wish.what === 'presence') this.#pulse.check();
        post({ kind: 'wish', tab, wish });
      },
    );
    this.journal = new FollowerJournal(
      {
        give: async (acts) => {
          await shared.give(acts);
          if (this.#ended) return;
          post({ kind: 'given' });
          this.#pulse.check();
        },
        record: (room) => device().rooms.get(room)?.record,
        failed,
      },
      state.rooms,
    );
  }

  /** What its device has in place of a store's journal and a session. */
  get following(): Following {
    return {
      journal: this.journal,
      session: this.#session,
      settingChanged: (name, change) => this.journal.act({ kind: 'own', name, change }),
      refresh: (room) =>
        this.#deps.post({ kind: 'wish', tab: this.#deps.tab, wish: { what: 'refresh', room } }),
    };
  }

  /** What its device reads; it writes nothing. What expires the tab that leads erases. */
  get store(): ClientStore {
    const { shared } = this.#deps;
    return {
      load: () => shared.load(),
      apply: () => Promise.reject(new Error('a tab that follows writes nothing')),
      events: (room, from, to) => shared.events(room, from, to),
      nextExpiry: async () => undefined,
      close: async () => undefined,
    };
  }

  /** Its device is there: asks who leads. */
  begin(): void {
    this.#mirror = new Mirror(this.#deps.device());
    this.#deps.post({ kind: 'hello', tab: this.#deps.tab });
  }

  /** It follows no more. */
  end(): void {
    this.#ended = true;
    this.#pulse.heard();
    this.#questions.end();
  }

  receive(message: LeaderSays): void {
    if (this.#ended || this.#isLost) return;
    this.#pulse.heard();
    switch (message.kind) {
      case 'lead':
        this.#led(message);
        break;
      case 'changed':
        this.#changed(message);
        break;
      case 'overheard':
        this.#overheard(message.frame);
        break;
      case 'answer':
        if (message.to === this.#deps.tab) this.#questions.answered(message.id, message.answer);
        break;
      case 'no-answer':
        if (message.to === this.#deps.tab) this.#questions.refused(message.id, message.error);
        break;
      default:
        unreachable(message);
    }
  }

  #led({ tab, version, status, limits, now }: Extract<LeaderSays, { kind: 'lead' }>): void {
    const device = this.#deps.device();
    // Old news, or of a tab that slept and does not know yet that it was taken over from.
    if (version < this.#version) return;
    if (version > this.#version) {
      // It may have stored something before it knew of this tab.
      this.#lose();
      return;
    }
    if (this.#leader !== tab) {
      // It knows nothing of what the one before it was asked.
      if (this.#leader !== undefined) this.#questions.end();
      this.#leader = tab;
      this.#deps.post({ kind: 'hello', tab: this.#deps.tab });
      // What this tab gave may have been told to nobody.
      this.#deps.post({ kind: 'given' });
    }
    const before = this.#session.status;
    this.#session.status = status;
    device.limits = limits;
    device.expiry.welcomed(now);
    if (status.state === 'online' && before.state !== 'online') this.#online(device);
    if (status.state !== 'online') device.profile.follow(false);
    if (status.state === 'waiting') device.presence.forget();
    device.changes.changed();
  }

  #changed({
    version,
    changes,
  }: {
    readonly version: number;
    readonly changes: readonly StoreChange[];
  }): void {
    if (version <= this.#version) return;
    if (version > this.#version + 1) {
      this.#lose();
      return;
    }
    this.#version = version;
    this.journal.mirroring(() => this.#mirror?.apply(changes));
    this.#deps.device().changes.changed();
  }

  #lose(): void {
    this.#isLost = true;
    this.#deps.lostTrack();
  }

  /** What could not be asked before is asked now. */
  #online(device: Device): void {
    device.outbox.online(0);
    device.quotes.online();
    device.profile.follow(true);
    for (const id of device.timelines.keys()) device.touched(id);
    const { looking } = device.presence;
    // Soft: what is refused is not looked at.
    if (looking.length > 0) device.look(looking).catch(() => undefined);
  }

  #overheard(frame: Overheard): void {
    const device = this.#deps.device();
    const room = 'room' in frame ? device.rooms.get(frame.room) : undefined;
    if (frame.kind === 'presence') device.presence.changed(frame.users);
    else if (frame.kind === 'account') device.profile.settingsChanged();
    else if (frame.kind === 'typing') {
      if (frame.user !== device.me.user) device.typing.noticed(frame.room, frame.user);
    } else if (room !== undefined) {
      room.receiptCounts = new Map(frame.counts.map((count) => [count.seq, count]));
      device.rooms.touch(room);
    }
  }
}
