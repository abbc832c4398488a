import { type Change, factsAfter, NO_FACTS, type RoomFacts } from '@maru/protocol';
import type { ReaderChange, RoomEvent, RoomFact } from './event.ts';
import { firstRelation, relationAfter } from './evolve-relation.ts';
import { memberChanges, memberDelta } from './member-changes.ts';
import { withCommand } from './send-window.ts';
import { type SlowSends, withSend } from './slow-sends.ts';
import { FIRST_RULES_VERSION, type RoomState, type SendWindow, type SentCommand } from './state.ts';

/**
 * The state after one fact of the log. A room's state is made by this alone, so that replaying a log gives the state
 * that decided (`[ORD5]`). What did not change is shared with the former state, the members above all.
 *
 * @param window the device's window by the store at this fact, where the state does not hold it (`null`: it had sent
 *   nothing): what was stamped on the command. Without it the state goes on without a window of the device.
 * @throws when the fact does not follow from the state: a log with a hole
 */
export function evolve(state: RoomState | undefined, fact: RoomFact, window?: SendWindow | null): RoomState {
  if (fact.type === 'event') return afterEvent(state, fact, window);
  if (state === undefined) throw new Error(`a ${fact.type} of a room that was not created`);
  if (fact.type === 'reader') return afterReader(state, fact.reader, window);
  const { device, clientMessageId, code } = fact.refusal;
  const at = Math.max(state.at, fact.refusal.at);
  const command: SentCommand = { clientMessageId, outcome: { kind: 'refusal', code } };
  return { ...state, at, windows: withCommand(state.windows, device, command, at, window) };
}

function afterEvent(
  former: RoomState | undefined,
  fact: RoomFact & { type: 'event' },
  window: SendWindow | null | undefined,
): RoomState {
  // Nobody has sent anything to a room that is not there.
  const looked = former === undefined ? null : window;
  const state = former ?? before(fact);
  const { event } = fact;
  if (event.seq !== state.seq + 1) throw new Error(`event ${event.seq} does not follow ${state.seq}`);
  const { device, clientMessageId, seq, at, change } = event;
  const facts = factsAfter(state.facts, event);
  return {
    room: state.room,
    rulesVersion: Math.max(state.rulesVersion, event.rulesVersion ?? 0),
    roomKind: state.roomKind,
    name: change?.type === 'renamed' ? change.name : state.name,
    creator: state.creator,
    history: change?.type === 'history-set' ? change.history : state.history,
    facts,
    relation: relationAfter(state.relation, event, state.creator),
    ...(change === undefined ? sameMembers(state) : membersAfter(event, state)),
    seq,
    ordinal: event.ordinal,
    at,
    slowSends: slowSendsAfter(state, facts, event),
    windows:
      device === undefined || clientMessageId === undefined
        ? state.windows
        : withCommand(
            state.windows,
            device,
            { clientMessageId, outcome: { kind: 'event', seq, at } },
            at,
            looked,
          ),
  };
}

function afterReader(
  state: RoomState,
  { how, device, clientMessageId, seq, at: given }: ReaderChange,
  window: SendWindow | null | undefined,
): RoomState {
  if (seq !== state.seq) throw new Error(`a reader at ${seq}, where the newest event is ${state.seq}`);
  const at = Math.max(state.at, given);
  const memberCount = state.memberCount + (how === 'joined' ? 1 : -1);
  if (device === undefined || clientMessageId === undefined) return { ...state, at, memberCount };
  const command: SentCommand = { clientMessageId, outcome: { kind: 'event', seq, at: given } };
  return { ...state, at, memberCount, windows: withCommand(state.windows, device, command, at, window) };
}

function slowSendsAfter(
  { slowSends }: RoomState,
  { slowMode }: RoomFacts,
  event: RoomEvent,
): SlowSends | undefined {
  if (slowMode === undefined) return undefined;
  return event.kind === 'message' ? withSend(slowSends, event.sender, event.at) : slowSends;
}

/** The empty room that a `created` event comes into. */
function before({ room, event }: RoomFact & { type: 'event' }): RoomState {
  const { change } = event;
  if (change?.type !== 'created') throw new Error('the first event of a room is not its creation');
  return {
    room,
    rulesVersion: event.rulesVersion ?? FIRST_RULES_VERSION,
    roomKind: change.roomKind,
    name: change.name,
    creator: event.sender,
    history: change.history,
    facts: NO_FACTS,
    relation: firstRelation(event),
    members: new Map(),
    memberCount: 0,
    seq: 0 as RoomState['seq'],
    ordinal: 0,
    at: event.at,
    windows: [],
    slowSends: undefined,
  };
}

const CHANGES_MEMBERS: readonly Change['type'][] = ['created', 'joined', 'left', 'removed'];

type Members = Pick<RoomState, 'members' | 'memberCount'>;

function sameMembers({ members, memberCount }: RoomState): Members {
  return { members, memberCount };
}

function membersAfter(event: RoomEvent, state: RoomState): Members {
  if (event.change === undefined || !CHANGES_MEMBERS.includes(event.change.type)) return sameMembers(state);
  const changes = memberChanges(event, state);
  if (state.roomKind === 'channel') {
    return { members: state.members, memberCount: state.memberCount + memberDelta(changes) };
  }
  const members = new Map(state.members);
  for (const change of changes) {
    if (change.type === 'closed') members.delete(change.user);
    else members.set(change.user, { joined: change.joined, visibleFrom: change.visibleFrom });
  }
  return { members, memberCount: members.size };
}
