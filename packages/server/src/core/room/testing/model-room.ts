/** A room with the simplest store that can be: everything is a list, and every look-up reads all of it. For tests. */
import {
  type ClientMessageId,
  type DeviceId,
  limits,
  messagesHiddenBy,
  type RoomId,
  type Seq,
  type UserId,
} from '@maru/protocol';
import type { Decision, ReactionFacts, RoomCommand, TargetFacts } from '../command.ts';
import { decide } from '../decide.ts';
import type { MemberChange, RoomEvent, RoomFact } from '../event.ts';
import { evolve } from '../evolve.ts';
import { memberChanges, readerMemberChange } from '../member-changes.ts';
import type { RoomState, SendOutcome, SendWindow } from '../state.ts';

type Lacking = Extract<Decision, { kind: 'lookup' }>['of'];

interface Recorded {
  readonly device: DeviceId;
  readonly id: ClientMessageId;
  readonly outcome: SendOutcome;
  readonly at: number;
}

export class ModelRoom {
  readonly room: RoomId;
  state: RoomState | undefined;
  readonly facts: RoomFact[] = [];
  /** Whether the other of a direct room lets everybody write. */
  mayWrite = true;
  /** In how many channels of the creator's making somebody is. */
  channelsMade = 0;

  constructor(room: RoomId) {
    this.room = room;
  }

  get events(): RoomEvent[] {
    return this.facts.flatMap((fact) => (fact.type === 'event' ? [fact.event] : []));
  }

  /** Decides, with whatever the decision asks the store for, and takes in what came of it. */
  submit(command: RoomCommand): Decision {
    let stamped = command;
    let decision = decide(this.state, stamped);
    for (let asked = 0; decision.kind === 'lookup'; asked++) {
      if (asked === 5) throw new Error(`asks for '${decision.of}' again`);
      stamped = this.#stamp(stamped, decision.of);
      decision = decide(this.state, stamped);
    }
    const fact = this.#factOf(command, decision);
    if (fact !== undefined) {
      this.state = evolve(this.state, fact, stamped.window);
      this.facts.push(fact);
    }
    return decision;
  }

  /** Decides, and takes nothing in. */
  decideOnly(command: RoomCommand): Decision {
    return decide(this.state, command);
  }

  /** What a load from the store gives: the state without windows. */
  restart(): void {
    if (this.state !== undefined) this.state = { ...this.state, windows: [], slowSends: undefined };
  }

  recorded(): Recorded[] {
    return this.facts.flatMap((fact) => recordedBy(fact) ?? []);
  }

  /** The device's newest ids. */
  window(device: DeviceId): SendWindow | null {
    return windowOf(this.facts, device);
  }

  #stamp(command: RoomCommand, of: Lacking): RoomCommand {
    const { device, clientMessageId } = command;
    if (of === 'target' && (command.kind === 'edit' || command.kind === 'delete')) {
      return { ...command, target: this.#target(command.refersTo) };
    }
    if (command.kind === 'expire')
      return { ...command, targets: command.messages.map(({ seq }) => this.#target(seq)) };
    if (of === 'channels-made') return { ...command, channelsMade: this.channelsMade };
    if (of === 'removal') return { ...command, removedAt: this.#removedAt(command.sender) };
    if (of === 'reading') {
      const user = 'user' in command && this.#isReader(command.user);
      return { ...command, reading: { sender: this.#isReader(command.sender), user } };
    }
    if (of === 'last-message') return { ...command, lastMessage: this.#lastMessage(command.sender) };
    if (of === 'target' && command.kind === 'react') {
      const target = this.#target(command.refersTo);
      return { ...command, target: target && { ...target, ...this.#reactions(command), wasSeen: false } };
    }
    if (of === 'target' && command.kind === 'pin') {
      const target = this.#target(command.refersTo);
      return { ...command, target: target && { ...target, wasSeen: false } };
    }
    if (device === undefined) throw new Error(`asks for '${of}' of a command without a name`);
    if (of === 'policy') return { ...command, mayWrite: this.mayWrite };
    if (of === 'window') return { ...command, window: this.window(device) };
    const earlier = this.recorded().find((sent) => sent.device === device && sent.id === clientMessageId);
    return { ...command, earlier: earlier?.outcome ?? null };
  }

  /** The newest event that took somebody out, if it was a removal. */
  #removedAt(user: UserId): Seq | null {
    const last = this.#changes().findLast((change) => change.user === user);
    return last?.type === 'closed' && last.how === 'removed' ? last.left : null;
  }

  #isReader(user: UserId): boolean {
    return this.#changes().findLast((change) => change.user === user)?.type === 'opened';
  }

  #changes(): MemberChange[] {
    return this.facts.flatMap((fact) => {
      if (fact.type === 'reader') return [readerMemberChange(fact.reader)];
      return fact.type === 'event' ? memberChanges(fact.event, this.state) : [];
    });
  }

  #lastMessage(user: UserId): number | null {
    return this.events.findLast(({ kind, sender }) => kind === 'message' && sender === user)?.at ?? null;
  }

  #target(seq: Seq): TargetFacts | null {
    const target = this.events.find((event) => event.seq === seq);
    if (target === undefined) return null;
    const deleted = this.events.some((event) => messagesHiddenBy(event).some((hidden) => hidden.seq === seq));
    const { sender, kind, expiresAt } = target;
    return { sender, kind, deleted, ...(expiresAt !== undefined && { expiresAt }) };
  }

  #reactions({ refersTo, sender }: RoomCommand & { kind: 'react' }): ReactionFacts {
    const standing = this.events.filter(({ seq, sender: by, refersTo: on, change }) => {
      if (on !== refersTo || change?.type !== 'reacted' || !change.on) return false;
      return !this.events.some(
        (later) =>
          later.seq > seq &&
          later.sender === by &&
          later.refersTo === refersTo &&
          later.change?.type === 'reacted' &&
          later.change.reaction === change.reaction,
      );
    });
    const all = standing.flatMap(({ seq, sender: by, change }) =>
      change?.type === 'reacted' ? [{ reaction: change.reaction, seq, by }] : [],
    );
    return {
      kinds: [...new Set(all.map(({ reaction }) => reaction))],
      own: all.flatMap(({ by, ...one }) => (by === sender ? one : [])),
    };
  }

  #factOf(command: RoomCommand, decision: Decision): RoomFact | undefined {
    const { room } = this;
    if (decision.kind === 'event') return { type: 'event', room, event: decision.event };
    if (decision.kind === 'reader') return { type: 'reader', room, reader: decision.reader };
    if (decision.kind !== 'refused' || !decision.recorded) return undefined;
    const { device, clientMessageId } = command;
    if (device === undefined || clientMessageId === undefined) throw new Error('records what has no name');
    const at = Math.max(this.state?.at ?? 0, command.now);
    return { type: 'refusal', room, refusal: { device, clientMessageId, code: decision.error.code, at } };
  }
}

/** What a store tells of a device's window after these facts. */
function windowOf(facts: readonly RoomFact[], device: DeviceId): SendWindow | null {
  const sent = facts.flatMap((fact) => recordedBy(fact) ?? []).filter((command) => command.device === device);
  if (sent.length === 0) return null;
  const rising = sent.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(-limits.SEND_WINDOW_IDS);
  return {
    at: Math.max(...rising.map((command) => command.at)),
    sent: rising.map(({ id, outcome }) => ({ clientMessageId: id, outcome })),
  };
}

/** The state that a log gives, each device's window looked up in the log so far. */
export function replay(facts: readonly RoomFact[]): RoomState | undefined {
  let state: RoomState | undefined;
  for (const [index, fact] of facts.entries()) {
    const { device } = whatIn(fact);
    const window = device === undefined ? null : windowOf(facts.slice(0, index), device);
    state = evolve(state, fact, window);
  }
  return state;
}

/** What a fact says beside its room. */
export function whatIn(fact: RoomFact) {
  return fact.type === 'event' ? fact.event : fact.type === 'reader' ? fact.reader : fact.refusal;
}

function recordedBy(fact: RoomFact): Recorded | undefined {
  if (fact.type === 'refusal') {
    const { device, clientMessageId, code, at } = fact.refusal;
    return { device, id: clientMessageId, outcome: { kind: 'refusal', code }, at };
  }
  const { device, clientMessageId, seq, at } = fact.type === 'event' ? fact.event : fact.reader;
  if (device === undefined || clientMessageId === undefined) return undefined;
  return { device, id: clientMessageId, outcome: { kind: 'event', seq, at }, at };
}
