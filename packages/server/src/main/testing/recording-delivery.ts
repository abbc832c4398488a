import type { DeviceId, DownFrame, RoomId, SessionId, UserId } from '@maru/protocol';
import { downFrame } from '@maru/protocol';
import type { Delivery } from '../../ports/delivery.ts';
import type { SessionInfo } from '../../ports/inboxes.ts';

/** What one session got, parsed by the protocol's own schema. */
export class RecordedSession {
  readonly info: SessionInfo;
  readonly frames: DownFrame[] = [];

  constructor(info: SessionInfo) {
    this.info = info;
  }

  /** The frames of one kind so far. */
  of<K extends DownFrame['kind']>(kind: K): (DownFrame & { kind: K })[] {
    return this.frames.filter((frame): frame is DownFrame & { kind: K } => frame.kind === kind);
  }

  /** The `seq` of every event that came in an `events` frame of the room, in the order in which they came. */
  seqs(room: RoomId): number[] {
    return this.of('events').flatMap((frame) =>
      frame.room === room ? frame.events.map((e) => e.seq as number) : [],
    );
  }

  clear(): void {
    this.frames.length = 0;
  }
}

/** Holds sessions as a gateway does, topics included, and writes down what each gets. */
export class RecordingDelivery implements Delivery {
  readonly #sessions = new Map<SessionId, RecordedSession>();
  readonly #topics = new Map<RoomId, Set<UserId>>();
  /** Frames handed over, however many sessions got them. */
  handed = 0;
  published = 0;

  add(info: SessionInfo): RecordedSession {
    const session = new RecordedSession(info);
    this.#sessions.set(info.session, session);
    return session;
  }

  remove(info: SessionInfo): void {
    this.#sessions.delete(info.session);
  }

  toUsers(users: Iterable<UserId>, frame: string, except?: DeviceId): void {
    this.handed++;
    const wanted = new Set(users);
    for (const session of this.#sessions.values()) {
      if (wanted.has(session.info.user) && session.info.device !== except) record(session, frame);
    }
  }

  toRoom(room: RoomId, frame: string): void {
    this.handed++;
    this.published++;
    const subscribed = this.#topics.get(room);
    for (const session of this.#sessions.values())
      if (subscribed?.has(session.info.user)) record(session, frame);
  }

  toSession(session: SessionId, frame: string): void {
    this.handed++;
    const recorded = this.#sessions.get(session);
    if (recorded !== undefined) record(recorded, frame);
  }

  joined(room: RoomId, users: readonly UserId[]): void {
    const subscribed = this.#topics.get(room) ?? new Set<UserId>();
    for (const user of users) subscribed.add(user);
    this.#topics.set(room, subscribed);
  }

  departed(room: RoomId, user: UserId): void {
    this.#topics.get(room)?.delete(user);
  }
}

function record(session: RecordedSession, frame: string): void {
  session.frames.push(downFrame.parse(JSON.parse(frame)));
}
