import type { DeviceId, RoomId, SessionId, UserId } from '@maru/protocol';
import { closeCodes } from '@maru/protocol';
import type { Cancel, Clock } from '../../ports/clock.ts';
import type { Delivery } from '../../ports/delivery.ts';
import type { SessionControl, SignOutReason } from '../../ports/session-control.ts';
import { DeviceLine, type DeviceRates, deviceRates } from './device-line.ts';
import type { LiveSession } from './live-session.ts';
import { SessionIndex } from './session-index.ts';
import type { Publisher } from './session-sink.ts';

/** Sessions of one device at a time: its browser tabs, or connections that have not been missed yet. */
export const SESSIONS_PER_DEVICE_MAX = 32;
/** Published to topics, after so many bytes or so long the subscribers' backlogs are looked at. */
const PUBLISHED_BYTES_MAX = 262_144;
const BACKLOG_CHECK_MS = 250;
/** Devices that have left are forgotten after this time, if their buckets are full again. */
const SWEEP_MS = 30_000;

export interface LiveSessionsOptions {
  readonly clock: Clock;
  readonly rates?: DeviceRates;
  /** A device's last session has ended. */
  readonly onLeft?: (device: DeviceId) => void;
  /** Runs something behind all that is already to run in this tick, and soon. */
  readonly defer?: (run: () => void) => void;
}

interface SignOut {
  readonly epoch: number;
  /** By the monotonic clock. */
  readonly at: number;
  readonly why: SignOutReason;
}

/**
 * All sessions that live here, by what they are looked for: the workers' way to them, and the API's. What is given for
 * a session in one tick goes out in one write; publications and direct frames keep their order for each session.
 */
export class LiveSessions implements Delivery, SessionControl {
  readonly #clock: Clock;
  readonly #rates: DeviceRates;
  readonly #onLeft: (device: DeviceId) => void;
  readonly #defer: (run: () => void) => void;
  readonly #sessions = new Map<SessionId, LiveSession>();
  /** Registered and not welcomed yet. */
  readonly #greeting = new Set<LiveSession>();
  readonly #users = new SessionIndex<UserId>();
  readonly #devices = new Map<DeviceId, DeviceLine>();
  readonly #signedOut = new Map<DeviceId, SignOut>();
  /** By the kind of carrier. */
  readonly #publishers = new Map<'sockets' | 'polls', Publisher>();
  #touched: LiveSession[] = [];
  #flushing = false;
  #publishedBytes = 0;
  #backlogCheck: Cancel | undefined;
  #sweep: Cancel | undefined;
  #signOuts = 0;

  constructor({
    clock,
    rates = deviceRates(),
    onLeft = () => {},
    defer = setImmediate,
  }: LiveSessionsOptions) {
    this.#clock = clock;
    this.#rates = rates;
    this.#onLeft = onLeft;
    this.#defer = defer;
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** Rises with every sign-out: whoever was identified before one may be signed out. */
  get signOuts(): number {
    return this.#signOuts;
  }

  /**
   * Where topics are published: the first publisher of each kind of carrier; that of sockets is known once the server
   * listens.
   */
  publishThrough(publisher: Publisher, to: 'sockets' | 'polls'): void {
    if (!this.#publishers.has(to)) this.#publishers.set(to, publisher);
  }

  // --- Delivery

  toUsers(users: Iterable<UserId>, frame: string, except?: DeviceId): void {
    // The answer went to one session: where the device has others (tabs of a browser), they have not heard of it.
    const shared = except !== undefined && (this.#devices.get(except)?.sessions.length ?? 0) > 1;
    const spared = shared ? undefined : except;
    for (const user of users) {
      const there = this.#users.get(user);
      if (there === undefined) continue;
      if (!Array.isArray(there)) this.#toOne(there as LiveSession, frame, spared);
      else for (const session of there) this.#toOne(session, frame, spared);
    }
  }

  toRoom(room: RoomId, frame: string): void {
    // Topics overtake what waits here, so that goes first.
    if (this.#touched.length > 0) this.#flush();
    for (const publisher of this.#publishers.values()) publisher.publish(room, frame);
    for (const session of this.#greeting) session.sendPublished(room, frame);
    this.#publishedBytes += frame.length;
    if (this.#publishedBytes > PUBLISHED_BYTES_MAX) {
      this.#publishedBytes = 0;
      // Behind this tick: only then has the runtime written what was published.
      this.#defer(() => this.#checkBacklogs());
    }
    this.#backlogCheck ??= this.#clock.after(BACKLOG_CHECK_MS, () => this.#checkBacklogs());
  }

  toSession(session: SessionId, frame: string): void {
    this.#sessions.get(session)?.send(frame);
  }

  joined(room: RoomId, users: readonly UserId[]): void {
    for (const user of users) for (const session of this.#of(user)) session.subscribe(room);
  }

  departed(room: RoomId, user: UserId): void {
    for (const session of this.#of(user)) session.unsubscribe(room);
  }

  // --- SessionControl

  signOut(devices: readonly DeviceId[], why: SignOutReason): void {
    const now = this.#clock.monotonic();
    this.#signOuts++;
    for (const device of devices) {
      this.#signedOut.set(device, { epoch: this.#signOuts, at: now, why });
      for (const session of [...(this.#devices.get(device)?.sessions ?? [])]) session.signOut(why);
    }
    this.#sweepLater();
  }

  isConnected(device: DeviceId): boolean {
    return (this.#devices.get(device)?.sessions.length ?? 0) > 0;
  }

  /** Why a device identified at `epoch` (see {@link signOuts}) has been signed out since; `undefined` if it was not. */
  signedOutSince(device: DeviceId, epoch: number): SignOutReason | undefined {
    const signOut = this.#signedOut.get(device);
    return signOut !== undefined && signOut.epoch > epoch ? signOut.why : undefined;
  }

  // --- for sessions

  add(session: LiveSession, id: SessionId, user: UserId, device: DeviceId): DeviceLine {
    let line = this.#devices.get(device);
    if (line === undefined) {
      line = new DeviceLine(device, this.#rates, this.#clock.monotonic());
      this.#devices.set(device, line);
    }
    const [oldest] = line.sessions;
    if (oldest !== undefined && line.sessions.length >= SESSIONS_PER_DEVICE_MAX) {
      oldest.close(closeCodes.replaced.code, 'too many sessions of this device');
    }
    line.sessions.push(session);
    this.#sessions.set(id, session);
    this.#users.add(user, session);
    this.#greeting.add(session);
    return line;
  }

  remove(session: LiveSession, id: SessionId, user: UserId, line: DeviceLine): void {
    this.#sessions.delete(id);
    this.#users.delete(user, session);
    this.#greeting.delete(session);
    line.sessions.splice(line.sessions.indexOf(session), 1);
    if (line.sessions.length > 0) return;
    this.#onLeft(line.device);
    if (line.isIdle(this.#clock.monotonic())) this.#devices.delete(line.device);
    else this.#sweepLater();
  }

  welcomed(session: LiveSession): void {
    this.#greeting.delete(session);
  }

  /** The session has something to write. */
  touch(session: LiveSession): void {
    this.#touched.push(session);
    if (this.#flushing) return;
    this.#flushing = true;
    this.#defer(() => {
      this.#flushing = false;
      this.#flush();
    });
  }

  all(): Iterable<LiveSession> {
    return this.#sessions.values();
  }

  stop(): void {
    this.#sweep?.();
    this.#backlogCheck?.();
  }

  #toOne(session: LiveSession, frame: string, spared: DeviceId | undefined): void {
    if (spared === undefined || session.device !== spared) session.send(frame);
  }

  #of(user: UserId): readonly LiveSession[] {
    const there = this.#users.get(user);
    if (there === undefined) return [];
    return Array.isArray(there) ? there : [there as LiveSession];
  }

  #flush(): void {
    const touched = this.#touched;
    this.#touched = [];
    for (const session of touched) session.flush();
  }

  #checkBacklogs(): void {
    this.#backlogCheck?.();
    this.#backlogCheck = undefined;
    for (const session of this.#sessions.values()) session.checkBacklog();
  }

  #sweepLater(): void {
    this.#sweep ??= this.#clock.after(SWEEP_MS, () => this.#forget());
  }

  /** Forgets devices that left and sign-outs that no connection under way can have missed. */
  #forget(): void {
    this.#sweep = undefined;
    const now = this.#clock.monotonic();
    let left = false;
    for (const [device, line] of this.#devices) {
      if (line.isIdle(now)) this.#devices.delete(device);
      else if (line.sessions.length === 0) left = true;
    }
    for (const [device, { at }] of this.#signedOut) {
      if (now - at > SWEEP_MS) this.#signedOut.delete(device);
    }
    if (left || this.#signedOut.size > 0) this.#sweepLater();
  }
}

/** Made first: the workers deliver through it, and the gateway, which needs the workers, fills it with sessions. */
export function createDelivery(options: LiveSessionsOptions): LiveSessions {
  return new LiveSessions(options);
}
