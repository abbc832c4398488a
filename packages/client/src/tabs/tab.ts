import type { Device } from '../device.ts';
import { identityOf } from '../device-deps.ts';
import type { Environment } from '../environment.ts';
import type { Fault, ReportFault } from '../errors.ts';
import { Seat, type SeatDeps } from '../seat.ts';
import { loadUnexpired } from '../store/expire-stored.ts';
import type { Identity } from '../store/store.ts';
import { StoreFailed } from '../store/store-failed.ts';
import { carryOut } from './carry-out.ts';
import { DraftLog, draftsOf } from './draft-log.ts';
import { Follower } from './follower.ts';
import { Leader } from './leader.ts';
import { LeadingStore } from './leading-store.ts';
import { LookedAtTogether } from './looked-at-together.ts';
import { isForLeader, type TabSays } from './messages.ts';
import type { SharedStore } from './shared-store.ts';
import type { Channel, Release, TabsEnvironment } from './tabs-environment.ts';

/** With tabs that follow, no change is kept back: what they show is what is stored. */
const LAZY_FOLLOWED_MS = 0;
const LAZY_ALONE_MS = 250;

export interface TabDeps {
  /** A name that no other tab has or had. */
  readonly id: string;
  /** The device's, the same in all its tabs. */
  readonly name: string;
  readonly shared: SharedStore;
  readonly tabs: TabsEnvironment;
  readonly environment: Environment;
  /** Whether the user has signed in in this tab just now: then it leads. */
  readonly hasSignedIn: boolean;
  readonly around: (me: Identity) => Omit<SeatDeps, 'store' | 'state' | 'me'>;
  readonly report: ReportFault;
  /** Whether to connect where it leads. */
  readonly connects: boolean;
}

type Role =
  | { readonly is: 'leading'; readonly leader: Leader }
  | { readonly is: 'following'; readonly follower: Follower };

interface Part {
  readonly role: Role;
  readonly deps: SeatDeps;
  /** Does on the device what is not carried out yet. */
  readonly prepare: (device: Device) => void;
}

/**
 * One of the tabs of a device. It leads while it has the lock: then its client has the connection and writes the store.
 * Else it follows the one that leads. It goes from one to the other by building a device anew from what is stored.
 */
export class Tab {
  readonly #deps: TabDeps;
  readonly #channel: Channel;
  readonly #drafts: DraftLog;
  #seat: Seat | undefined;
  #role: Role | undefined;
  /** The lock on leading, while this tab has it. */
  #lead: Release | undefined;
  #life: Release | undefined;
  /** Whether it stands in the line for the lock. */
  #waits = false;
  /** One change of its role at a time. */
  #turn: Promise<void> = Promise.resolve();
  /** What was said while it changed. */
  #unheard: TabSays[] | undefined = [];
  #closed = false;

  constructor(deps: TabDeps) {
    this.#deps = deps;
    const { id, tabs, environment } = deps;
    this.#drafts = new DraftLog({
      ...{ tabs, clock: environment.clock, name: draftsOf(deps.name, id), device: () => this.#device() },
    });
    this.#channel = deps.tabs.channel(deps.name, (message) => this.#receive(message as TabSays));
  }

  /** Sits down where the tab belongs. */
  start(): Promise<Seat> {
    const started = this.#turn.then(() => this.#start());
    this.#turn = started.then(
      () => undefined,
      () => undefined,
    );
    return started;
  }

  async #start(): Promise<Seat> {
    const { id, name, tabs } = this.#deps;
    try {
      this.#life = await tabs.lock(lifeOf(name, id), 'wait', () => undefined);
      // Whoever has just signed in has a token that the others don't have.
      const how = this.#deps.hasSignedIn ? 'steal' : 'if-free';
      this.#lead = await tabs.lock(leadOf(name), how, () => this.#lostLead());
      const part = await (this.#lead === undefined ? this.#following() : this.#leading());
      const seat = new Seat(part.deps, () => this.#close());
      this.#seat = seat;
      part.prepare(seat.device);
      seat.device.changes.subscribe(() => this.#role?.is === 'leading' && this.#role.leader.statusChanged());
      this.#begin(part.role, this.#deps.connects);
      return seat;
    } catch (error) {
      await this.#close();
      throw error;
    }
  }

  #receive(message: TabSays): void {
    const role = this.#role;
    if (this.#unheard !== undefined) this.#unheard.push(message);
    else if (isForLeader(message)) {
      if (role?.is === 'leading') role.leader.receive(message);
    } else if (role?.is === 'following') role.follower.receive(message);
    // Another one took over, of which nobody has told this one.
    else if (message.kind === 'lead' && role?.is === 'leading' && message.version > role.leader.version)
      this.#lostLead();
  }

  #begin(role: Role, connects: boolean): void {
    this.#role = role;
    if (role.is === 'following') {
      role.follower.begin();
      this.#waitForLead();
    } else {
      role.leader.announce();
      if (connects) this.#device().session.connection.start();
      // Whoever led before may have been given something as it died.
      role.leader.carryOutLastWords();
    }
    this.#hearAll();
  }

  async #leading(): Promise<Part> {
    const { id, name, shared, tabs, environment } = this.#deps;
    const version = await shared.lead(id);
    const store: LeadingStore = new LeadingStore(
      {
        ...{ store: shared, tab: id },
        changed: (at, changes) => leader.changed(at, changes),
        takenOver: () => {
          if (this.#role?.is === 'leading' && this.#role.leader === leader)
            this.#device().session.connection.stop('closed');
          this.#lostLead();
        },
        gave: () => this.#channel.post({ kind: 'given' }),
      },
      version,
    );
    const together = new LookedAtTogether();
    const leader: Leader = new Leader({
      ...{ tab: id, shared, store, together, clock: environment.clock, device: () => this.#device() },
      post: (message) => this.#channel.post(message),
      goOnWithDrafts: async () => {
        const left = await this.#leftDrafts();
        if (this.#lead !== undefined) this.#goOnWith(left);
      },
      watch: (tab, gone) => {
        void tabs
          .lock(lifeOf(name, tab), 'wait', () => undefined)
          .then((release) => {
            release?.();
            gone();
          });
      },
    });
    const state = await loadUnexpired(store, environment.clock.now());
    const [given, left] = [await shared.given(), await this.#leftDrafts()];
    return {
      role: { is: 'leading', leader },
      deps: {
        ...{ ...this.#around(state.identity), store, state, together },
        overheard: (frame) => leader.overheard(frame),
        lazyMs: () => (leader.isFollowed ? LAZY_FOLLOWED_MS : LAZY_ALONE_MS),
      },
      prepare: (device) => {
        leader.carryOut(device, given);
        this.#goOnWith(left);
      },
    };
  }

  async #following(): Promise<Part> {
    const { id, shared, environment } = this.#deps;
    const at = await shared.loadAt();
    const follower = new Follower(
      {
        ...{ tab: id, shared, environment, device: () => this.#device() },
        post: (message) => this.#channel.post(message),
        failed: (cause) => this.#report({ code: 'store-failed', message: 'the store failed', cause }),
        unanswered: () => this.#stealLead(),
        lostTrack: () => this.#readAnew(),
      },
      at,
    );
    const { following, store, journal } = follower;
    return {
      role: { is: 'following', follower },
      deps: { ...this.#around(at.state.identity), store, state: at.state, following },
      prepare: (device) =>
        journal.mirroring(() => {
          for (const { acts } of at.given) for (const act of acts) carryOut(device, act);
        }),
    };
  }

  #around(stored: Identity | undefined): Omit<SeatDeps, 'store' | 'state'> {
    const me = identityOf(stored, undefined);
    return {
      ...this.#deps.around(me),
      ...{ me, report: (fault) => this.#report(fault) },
      draftLog: this.#drafts,
    };
  }

  #waitForLead(): void {
    if (this.#waits || this.#closed) return;
    this.#waits = true;
    void this.#requestLead('wait').finally(() => {
      this.#waits = false;
      if (!this.#closed && this.#role?.is === 'following' && this.#lead === undefined) this.#waitForLead();
    });
  }

  /** Whoever has the connection does not answer. What it may still do, the store doesn't take (`[TABS3]`). */
  #stealLead(): void {
    void this.#requestLead('steal');
  }

  async #requestLead(how: 'wait' | 'steal'): Promise<void> {
    const { tabs, name } = this.#deps;
    // A tab that slept hears of both at once.
    let isLost = false;
    const release = await tabs.lock(leadOf(name), how, () => {
      isLost = true;
      this.#lostLead();
    });
    if (isLost) release?.();
    else this.#takeLead(release);
  }

  #takeLead(release: Release | undefined): void {
    if (this.#closed || this.#lead !== undefined) {
      release?.();
      return;
    }
    this.#lead = release;
    this.#change(async () => {
      if (this.#lead !== undefined && this.#role?.is === 'following') await this.#move(() => this.#leading());
    });
  }

  /** Another tab leads. */
  #lostLead(): void {
    this.#lead?.();
    this.#lead = undefined;
    this.#change(async () => {
      if (this.#lead === undefined && this.#role?.is === 'leading') await this.#move(() => this.#following());
    });
  }

  /** The notes of tabs that are gone, and what stands in them. */
  async #leftDrafts(): Promise<[note: string, log: string][]> {
    const { name, tabs } = this.#deps;
    const left: [string, string][] = [];
    for (const [tab] of tabs.kept(draftsOf(name))) {
      const release = await tabs.lock(lifeOf(name, tab), 'if-free', () => undefined);
      release?.();
      const note = draftsOf(name, tab);
      // Read when nobody writes there any more.
      if (release !== undefined) for (const [, log] of tabs.kept(note)) left.push([note, log]);
    }
    return left;
  }

  /** From here on what stands in them is in this tab's own note. */
  #goOnWith(left: readonly [note: string, log: string][]): void {
    for (const [note, log] of left) {
      this.#drafts.goOnWith(log);
      this.#deps.tabs.keep(note, undefined);
    }
  }

  #readAnew(): void {
    this.#change(async () => {
      if (this.#role?.is === 'following') await this.#move(() => this.#following());
    });
  }

  #change(run: () => Promise<void>): void {
    this.#turn = this.#turn
      .then(() => (this.#closed ? undefined : run()))
      .catch((cause: unknown) => this.#report({ code: 'store-failed', message: 'the store failed', cause }));
  }

  async #move(build: () => Promise<Part>): Promise<void> {
    this.#unheard = [];
    const former = this.#role;
    if (former?.is === 'leading') former.leader.end();
    let part: Part;
    try {
      part = await this.#built(build);
    } catch (error) {
      this.#hearAll();
      if (former?.is === 'following') this.#waitForLead();
      throw error;
    }
    if (this.#closed || this.#seat === undefined) return;
    const { state } = this.#device().session.status;
    if (former?.is === 'following') former.follower.end();
    if (this.#seat.move(part.deps, part.prepare))
      this.#begin(part.role, this.#deps.connects || (state !== 'idle' && state !== 'stopped'));
  }

  async #built(build: () => Promise<Part>): Promise<Part> {
    const { journal } = this.#device();
    for (;;) {
      // All that was done here is to be found where it is looked for behind this. A store that fails is told of elsewhere.
      await journal.flush().catch(() => undefined);
      const part = await build();
      if (journal.isIdle) return part;
    }
  }

  #hearAll(): void {
    const unheard = this.#unheard ?? [];
    this.#unheard = undefined;
    for (const message of unheard) this.#receive(message);
  }

  /** Of who was taken over from nobody needs to be told: it goes on as one that follows. */
  #report(fault: Fault): void {
    if (fault.cause instanceof StoreFailed && fault.cause.reason === 'taken-over') this.#lostLead();
    else {
      if (fault.code === 'store-failed') this.#drafts.stay();
      this.#deps.report(fault);
    }
  }

  #device(): Device {
    if (this.#seat === undefined) throw new Error('the tab has not begun');
    return this.#seat.device;
  }

  async #close(): Promise<void> {
    this.#closed = true;
    this.#channel.close();
    if (this.#role?.is === 'leading') this.#role.leader.end();
    else this.#role?.follower.end();
    // What was written before it was closed is stored.
    if (this.#seat !== undefined) this.#drafts.clear();
    await this.#deps.shared.close();
    this.#lead?.();
    this.#life?.();
  }
}

function leadOf(name: string): string {
  return `${name}:lead`;
}

/** A tab has its own lock as long as it lives. */
function lifeOf(name: string, tab: string): string {
  return `${name}:tab:${tab}`;
}
