/** Messages under way in rooms of two, as bench/load/traffic.c follows them. */
import type { DownFrame } from '@maru/protocol';
import type { PlannedRoom } from '../load/plan.ts';
import { Histogram } from '../measure/histogram.ts';
import { sendFrame, serialOf } from './message-ids.ts';
import type { Session, Sessions } from './sessions.ts';

/** How often an SDK says what it has stored. */
const DELIVERED_MS = 250;

interface Message {
  readonly room: number;
  /** When it should have gone out; nanoseconds. */
  readonly due: number;
  readonly measured: boolean;
  accepted: boolean;
  received: boolean;
}

export class Traffic {
  readonly toAccepted = new Histogram();
  toReceived = new Histogram();
  measuring = false;
  sent = 0;
  completed = 0;
  doubled = 0;
  deliveredFrames = 0;
  readonly #rooms: readonly PlannedRoom[];
  readonly #text: string;
  readonly #completed: (room: number) => void;
  readonly #messages = new Map<number, Message>();
  readonly #moved = new Map<number, Map<string, number>>();

  constructor(
    rooms: readonly PlannedRoom[],
    textBytes: number,
    completed: (room: number) => void = () => {},
  ) {
    this.#rooms = rooms;
    this.#text = 'x'.repeat(textBytes);
    this.#completed = completed;
  }

  get underWay(): number {
    return this.sent - this.completed;
  }

  send(sessions: Sessions, room: number, due: number): void {
    const planned = this.#rooms[room];
    if (planned === undefined) throw new Error(`there is no room ${room}`);
    this.sent += 1;
    this.#messages.set(this.sent, { room, due, measured: this.measuring, accepted: false, received: false });
    sessions.send(planned.sender, sendFrame(planned.room, this.sent, this.#text));
  }

  take(session: Session, frame: DownFrame, at: number): void {
    if (frame.kind === 'accepted') {
      this.#note(serialOf(frame.clientMessageId), 'accepted', this.toAccepted, at);
    } else if (frame.kind === 'events') {
      for (const { clientMessageId, seq } of frame.events) {
        const serial = clientMessageId === undefined ? 0 : serialOf(clientMessageId);
        const message = this.#messages.get(serial);
        const planned = message === undefined ? undefined : this.#rooms[message.room];
        if (planned?.room !== frame.room || planned.receiver !== session.number) continue;
        this.#markOf(session.number).set(frame.room, seq);
        this.#note(serial, 'received', this.toReceived, at);
      }
    }
  }

  /** Says `delivered` for the rooms whose mark moved, as often as the SDK does. */
  startReceipts(sessions: Sessions): void {
    setInterval(() => {
      for (const [number, marks] of this.#moved) {
        sessions.send(number, JSON.stringify({ kind: 'delivered', marks: [...marks] }));
        this.deliveredFrames += 1;
      }
      this.#moved.clear();
    }, DELIVERED_MS);
  }

  #markOf(session: number): Map<string, number> {
    const marks = this.#moved.get(session) ?? new Map<string, number>();
    this.#moved.set(session, marks);
    return marks;
  }

  #note(serial: number, what: 'accepted' | 'received', into: Histogram, at: number): void {
    const message = this.#messages.get(serial);
    if (message === undefined) return;
    if (message[what]) {
      if (what === 'received') this.doubled += 1;
      return;
    }
    message[what] = true;
    if (message.measured) into.add(at - message.due);
    if (!message.accepted || !message.received) return;
    // What arrives twice is noticed for a while.
    setTimeout(() => this.#messages.delete(serial), 1_000);
    this.completed += 1;
    this.#completed(message.room);
  }
}
