/** Random histories of one room against a model that remembers everything. */
import { describe, expect, test } from 'bun:test';
import type { ClientMessageId, DeviceId, RelationAct, UserId } from '@maru/protocol';
import { directRoomId, limits, nextClientMessageId } from '@maru/protocol';
import * as fc from 'fast-check';
import type { CommandBody, Decision, RoomCommand } from './command.ts';
import { decide } from './decide.ts';
import { refuseUnrecorded } from './refuse.ts';
import type { RoomState, SendOutcome } from './state.ts';
import { WINDOW_DEVICES_MAX } from './state.ts';
import { ModelRoom, replay, whatIn } from './testing/model-room.ts';
import { command, content, device, group, idAt, START, seq, user } from './testing/people.ts';

const USERS = 4;
const DEVICES = 2;
/** Small, so that histories run into it. */
const GROUP_MEMBERS_MAX = 3;
const HOUR = limits.SEND_WINDOW_IDLE_MS;

/** How a command gets its id. `skip`: the edge refuses it and the device tries it again later, out of order. */
type Naming = 'next' | 'skip' | 'skipped' | 'never-seen' | 'server';

type Action =
  | {
      readonly do: 'command';
      readonly user: number;
      readonly device: number;
      readonly naming: Naming;
      readonly body: CommandBody;
    }
  | { readonly do: 'repeat'; readonly which: number }
  | { readonly do: 'clock'; readonly by: number }
  | { readonly do: 'crowd' }
  | { readonly do: 'restart' };

const aUser = fc.nat({ max: USERS - 1 });
const history = fc.constantFrom('all' as const, 'since-joined' as const);
const aTarget = fc.integer({ min: 1, max: 12 }).map(seq);

const body: fc.Arbitrary<CommandBody> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('send' as const), content: fc.constant(content('hi')) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      content: fc.constant(content('bye')),
      expiresAfter: fc.integer({ min: 1, max: 9_000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      refersTo: aTarget,
      content: fc.constant(content('no')),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), refersTo: aTarget }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('react' as const),
      refersTo: aTarget,
      reaction: fc.constantFrom('👍', '❤️'),
      on: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pin' as const), refersTo: aTarget, on: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      users: fc.array(aUser.map(user), { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), user: aUser.map(user) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'leave' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('rename' as const), name: fc.constantFrom('마루', 'floor') }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('set-history' as const), history }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('relate' as const),
      act: fc.constantFrom<RelationAct>(
        'request',
        'accept',
        'refuse',
        'cancel',
        'remove',
        'block',
        'unblock',
      ),
      basedOn: fc.nat({ max: 20 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('set-timer' as const), seconds: fc.constantFrom(0, 5, 60) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('create' as const),
      roomKind: fc.constant('direct' as const),
      user: aUser.map(user),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant({
      kind: 'create' as const,
      roomKind: 'group' as const,
      name: 'again',
      history: 'all' as const,
      users: [],
    }),
  },
);

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      do: fc.constant('command' as const),
      user: aUser,
      device: fc.nat({ max: DEVICES - 1 }),
      naming: fc.constantFrom<Naming>(
        'next',
        'next',
        'next',
        'next',
        'skip',
        'skipped',
        'never-seen',
        'server',
      ),
      body,
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('repeat' as const), which: fc.nat() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('clock' as const),
      by: fc.integer({ min: -2 * HOUR, max: 2 * HOUR }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'crowd' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
);

const opening: fc.Arbitrary<CommandBody> = fc.oneof(
  fc.record({
    kind: fc.constant('create' as const),
    roomKind: fc.constant('group' as const),
    name: fc.constant('마루'),
    history,
    users: fc.uniqueArray(aUser.map(user), { maxLength: GROUP_MEMBERS_MAX - 1 }),
  }),
  fc.constant({ kind: 'create' as const, roomKind: 'direct' as const, user: user(1) }),
  fc.record({
    kind: fc.constant('create' as const),
    roomKind: fc.constant('direct' as const),
    user: fc.constant(user(1)),
    relate: fc.record({ act: fc.constantFrom('request' as const, 'block' as const) }),
  }),
);

/** Plays actions, and checks each answer against what the protocol promises. */
class Player {
  readonly room: ModelRoom;
  readonly #ids = new Map<DeviceId, ClientMessageId>();
  readonly #skipped = new Map<DeviceId, ClientMessageId[]>();
  /** Every command that has a recorded answer, with it. */
  readonly answered: { readonly command: RoomCommand; readonly outcome: SendOutcome }[] = [];
  #now = START;
  #crowds = 0;
  #neverSeen = 0;

  constructor(create: CommandBody & { kind: 'create' }) {
    this.room = new ModelRoom(create.roomKind === 'direct' ? directRoomId(user(0), user(1)) : group());
    this.#submit(this.#command(0, 0, 'next', create));
    expect(this.room.state?.seq).toBe(seq(1));
  }

  play(action: Action): void {
    switch (action.do) {
      case 'clock':
        this.#now += action.by;
        break;
      case 'restart':
        this.room.restart();
        break;
      case 'crowd':
        this.#crowd();
        break;
      case 'repeat':
        this.#repeat(action.which);
        break;
      case 'command':
        this.#submit(this.#command(action.user, action.device, action.naming, action.body), action.naming);
        break;
    }
  }

  /** So many other devices send that none that was in the state before is still there. */
  #crowd(): void {
    const [member] = this.room.state?.members.keys() ?? [];
    if (member === undefined) return;
    this.#crowds++;
    for (let i = 0; i < WINDOW_DEVICES_MAX; i++) {
      const stamp = {
        room: this.room.room,
        sender: member,
        device: device(9, this.#crowds * 100 + i),
        now: this.#now,
      };
      this.#submit(
        command({ kind: 'rename', name: `name ${i}` }, { ...stamp, clientMessageId: idAt(START, i) }),
      );
    }
  }

  #repeat(which: number): void {
    const first = this.answered[which % this.answered.length];
    if (first === undefined) return;
    const before = this.room.state;
    const answer = this.room.submit({ ...first.command, now: this.#now });
    expect(answer).toEqual({ kind: 'repeat', outcome: first.outcome });
    expect(this.room.state).toBe(before);
  }

  #command(ofUser: number, number: number, naming: Naming, body: CommandBody): RoomCommand {
    const sender = user(ofUser);
    const stamp = { room: this.room.room, sender, now: this.#now, groupMembersMax: GROUP_MEMBERS_MAX };
    if (naming === 'server') {
      const { device: _device, clientMessageId: _id, ...unnamed } = command(body, stamp);
      return unnamed;
    }
    const from = device(ofUser, number);
    return command(body, { ...stamp, device: from, clientMessageId: this.#mint(from, naming) });
  }

  #mint(from: DeviceId, naming: Naming): ClientMessageId {
    const skipped = this.#skipped.get(from) ?? [];
    // Below all that any device has sent.
    if (naming === 'never-seen') return idAt(1, 1_000_000 - ++this.#neverSeen);
    const retried = naming === 'skipped' ? skipped.shift() : undefined;
    if (retried !== undefined) return retried;
    const next = () => {
      const id = nextClientMessageId(this.#ids.get(from), this.#now, new Uint8Array(10));
      this.#ids.set(from, id);
      return id;
    };
    if (naming === 'skip') this.#skipped.set(from, [...skipped, next()]);
    return next();
  }

  #submit(command: RoomCommand, naming: Naming = 'next'): void {
    const before = this.room.state;
    const facts = this.room.facts.length;
    const wasMember = before?.members.has(command.sender) === true;
    const decision = this.room.submit(command);
    const after = this.room.state;
    if (before !== undefined && !wasMember && decision.kind !== 'repeat') {
      const asIfThereWereNone = decide(undefined, command);
      const makesARoom = asIfThereWereNone.kind !== 'refused';
      expect<Decision>(decision).toEqual(makesARoom ? refuseUnrecorded('not-found') : asIfThereWereNone);
    }
    if (naming === 'never-seen' && wasMember && this.#hasSent(command, facts)) {
      expect(decision.kind === 'refused' ? decision.error.code : decision.kind).toMatch(
        /^(id-too-old|unchanged)$/,
      );
    }
    if (decision.kind === 'event') this.#checkEvent(decision, command, before, after);
    else expect(after?.seq).toBe(before?.seq as never);
    if (this.room.facts.length === facts) {
      expect(after).toBe(before);
      return;
    }
    expect(after?.at).toBe(Math.max(before?.at ?? 0, command.now));
    this.#remember(command, decision);
  }

  #hasSent(command: RoomCommand, facts: number): boolean {
    return this.room.facts.slice(0, facts).some((fact) => whatIn(fact).device === command.device);
  }

  #checkEvent(
    { event }: Decision & { kind: 'event' },
    command: RoomCommand,
    before: RoomState | undefined,
    after: RoomState | undefined,
  ): void {
    expect(event.seq).toBe(seq((before?.seq ?? 0) + 1));
    expect(event.at).toBe(Math.max(before?.at ?? 0, command.now));
    const messages = this.room.events.filter((known) => known.kind === 'message').length;
    expect(event.ordinal).toBe(messages);
    expect(event.counts).toBe(event.kind === 'message');
    expect(after).toMatchObject({ seq: event.seq, at: event.at, ordinal: event.ordinal });
  }

  #remember(command: RoomCommand, decision: Decision): void {
    const { device: from, clientMessageId: id } = command;
    if (from === undefined || id === undefined) return;
    const outcome = this.room.recorded().find((sent) => sent.device === from && sent.id === id)?.outcome;
    expect(outcome?.kind).toBe(decision.kind === 'event' ? 'event' : 'refusal');
    if (outcome !== undefined) this.answered.push({ command, outcome });
  }
}

/** Who is a member and from where they read, by the events alone, told as simply as can be. */
function naiveMembers(room: ModelRoom): Map<UserId, { joined: number; visibleFrom: number }> {
  const members = new Map<UserId, { joined: number; visibleFrom: number }>();
  let setting = 'all';
  for (const { change, seq: at, sender } of room.events) {
    if (change?.type === 'created') {
      setting = change.history;
      for (const one of change.members) members.set(one, { joined: at, visibleFrom: 1 });
    } else if (change?.type === 'joined') {
      for (const one of change.users)
        members.set(one, { joined: at, visibleFrom: setting === 'all' ? 1 : at });
    } else if (change?.type === 'left') members.delete(sender);
    else if (change?.type === 'removed') members.delete(change.user);
    else if (change?.type === 'history-set') setting = change.history;
  }
  return members;
}

function play(create: CommandBody, actions: readonly Action[]): Player {
  if (create.kind !== 'create') throw new Error('a history begins with a creation');
  const player = new Player(create);
  for (const one of actions) player.play(one);
  return player;
}

function histories(check: (player: Player) => void): void {
  void fc.assert(
    fc.property(opening, fc.array(action, { maxLength: 80, size: 'max' }), (create, actions) => {
      check(play(create, actions));
    }),
    { numRuns: 60 },
  );
}

describe('any history of a room', () => {
  test('[ORD1][ORD2] numbers its events without a gap, in a time that never goes back', () => {
    histories(({ room }) => {
      const { events } = room;
      expect(events.map((event) => Number(event.seq))).toEqual(events.map((_, index) => index + 1));
      for (const [index, event] of events.entries())
        expect(event.at).toBeGreaterThanOrEqual(events[index - 1]?.at ?? 0);
    });
  });

  test('[ORD5] gives the same state when it is replayed', () => {
    const withoutRestart = fc.array(
      action.filter((one) => one.do !== 'restart'),
      { maxLength: 80, size: 'max' },
    );
    void fc.assert(
      fc.property(opening, withoutRestart, (create, actions) => {
        const { room } = play(create, actions);
        expect(replay(room.facts)).toEqual(room.state);
      }),
      { numRuns: 60 },
    );
  });

  test('[ORD5] gives the same state, but for the windows, when it was loaded from a store in between', () => {
    histories(({ room }) => {
      expect({ ...replay(room.facts), windows: undefined }).toEqual({
        ...room.state,
        windows: undefined,
      } as never);
    });
  });

  test('[ONCE1][ONCE5] gives every repetition its first answer, and takes no command twice', () => {
    histories(({ room, answered }) => {
      const names = room.recorded().map(({ device: from, id }) => `${from} ${id}`);
      expect(new Set(names).size).toBe(names.length);
      for (const { command: first, outcome } of answered) {
        expect(room.submit({ ...first, now: START + 9 * HOUR })).toEqual({ kind: 'repeat', outcome });
      }
    });
  });

  test('[ONCE3] keeps windows that hold every id above their lowest, and no more than they may', () => {
    histories(({ room }) => {
      const windows = room.state?.windows ?? [];
      expect(windows.length).toBeLessThanOrEqual(WINDOW_DEVICES_MAX);
      for (const [from, window] of windows) {
        const ids = window.sent.map((sent) => sent.clientMessageId);
        expect(ids.length).toBeLessThanOrEqual(limits.SEND_WINDOW_IDS);
        const all = room.recorded().flatMap((sent) => (sent.device === from ? [sent.id] : []));
        const above = all.filter((id) => id >= (ids[0] ?? '')).sort();
        expect(ids).toEqual(above);
      }
    });
  });

  test('[PRIV4] knows its members and from where each may read', () => {
    histories(({ room }) => {
      const members = new Map(
        [...(room.state?.members ?? [])].map(([one, member]) => [one, { ...member } as unknown]),
      );
      expect(members).toEqual(naiveMembers(room) as never);
    });
  });

  test('[LIMIT4] never has more members than it may', () => {
    histories(({ room }) => {
      expect(room.state?.members.size).toBeLessThanOrEqual(GROUP_MEMBERS_MAX);
    });
  });
});
