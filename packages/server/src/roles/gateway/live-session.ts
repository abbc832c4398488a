import type { DeviceId, ErrorBody, RoomId } from '@maru/protocol';
import type { SignOutReason } from '../../ports/session-control.ts';
import type { FrameName } from './down-frames.ts';

/** A session as those see it who look after many: deliver to it, watch over it, end it. */
export interface LiveSession {
  /** Absent until it has said who it is. */
  readonly device: DeviceId | undefined;
  /** Queues a frame for the client; it goes out with all others of this tick. */
  send(frame: string): void;
  /** A publication, for a session that subscribes as soon as it is open. */
  sendPublished(room: RoomId, frame: string): void;
  /** Writes what is queued, in one write. */
  flush(): void;
  /** Cuts the session off if the client leaves too much unread (`[SLOW1]`). */
  checkBacklog(): void;
  subscribe(room: RoomId): void;
  unsubscribe(room: RoomId): void;
  /** Ends the session: what waits is sent, then the code. */
  close(code: number, reason: string): void;
  /** The device is signed out: nothing more goes to it (`[PRIV9]`). */
  signOut(why: SignOutReason): void;
  helloTimedOut(): void;
}

/** A session as its own parts see it: the way to the client. */
export interface Replies {
  send(frame: string): void;
  /** As `send`, for what the client asked for: it may be large. */
  answer(frame: string): void;
  /** Answers a frame with an error; the session goes on, unless nobody can speak with such a client. */
  refuse(error: ErrorBody, name?: FrameName): void;
  /** Says what is wrong, and ends the session with the code for it. */
  refuseForGood(error: ErrorBody): void;
}
