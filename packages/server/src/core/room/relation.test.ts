import { describe, expect, test } from 'bun:test';
import type { LinkSecret, RelationAct, RelationState } from '@maru/protocol';
import type { CommandBody, Decision } from './command.ts';
import { isHiddenFrom, isShownToOther, OPEN, STRANGERS, sidesOf, stateOf } from './relation.ts';
import type { RoomState } from './state.ts';
import { replay } from './testing/model-room.ts';
import type { Stamp } from './testing/people.ts';
import { command, content, user } from './testing/people.ts';
import { by, createDirect, createGroup, DIRECT, refused, roomOf, send } from './testing/room-of.ts';

const [MINA, JUN] = [0, 1];

/** A direct room of Mina (who made it) and Jun. */
function scene(create: CommandBody = createDirect) {
  const { room, submit } = roomOf(create);
  const state = (): RoomState => {
    if (room.state === undefined) throw new Error('no room');
    return room.state;
  };
  const told = (person: number) => {
    const mine = sidesOf(state(), user(person))?.mine;
    return mine && { state: stateOf(mine), seq: mine.seq };
  };
  return {
    ...{ room, submit, state, told },
    write: (person: number, stamp: Stamp = {}) => submit(send, { ...by(person), ...stamp }),
    /** On the relation as the person is told it, unless said otherwise. */
    act(
      person: number,
      act: RelationAct,
      basedOn: number = told(person)?.seq ?? 0,
      stamp: Stamp = {},
    ): Decision {
      return submit({ kind: 'relate', act, basedOn }, { ...by(person), ...stamp });
    },
    states: (): [RelationState | undefined, RelationState | undefined] => [
      told(MINA)?.state,
      told(JUN)?.state,
    ],
    shown: (person: number) => isShownToOther(state(), user(person)),
  };
}

const request: CommandBody = {
  kind: 'create',
  roomKind: 'direct',
  user: user(1),
  relate: { act: 'request', note: content('hello') },
};
const block: CommandBody = { kind: 'create', roomKind: 'direct', user: user(1), relate: { act: 'block' } };
const unchanged = { kind: 'unchanged' };

describe('who writes', () => {
  test('[REL5] is refused by who does not want them, once, and hears nothing of it', () => {
    const { act, write, states, told } = scene();
    write(MINA);
    const seq = told(MINA)?.seq;
    expect(act(JUN, 'refuse')).toMatchObject({ event: { change: { type: 'related', act: 'refuse' } } });
    expect([states(), told(MINA)?.seq]).toEqual([['writing', 'none'], seq]);
    expect(act(JUN, 'refuse')).toMatchObject(unchanged);
  });

  test('[REL3] is a stranger to the other until they answer, and the message says so', () => {
    const { write, states, shown } = scene();
    expect(states()).toEqual(['none', 'none']);
    expect(write(MINA)).toMatchObject({
      event: { kind: 'message', change: { type: 'related', act: 'write' } },
    });
    expect(states()).toEqual(['writing', 'stranger']);
    expect([shown(MINA), shown(JUN)]).toEqual([true, false]);
    const second = write(MINA);
    expect(second.kind === 'event' && second.event.change).toBeUndefined();
    write(JUN);
    expect(states()).toEqual(['open', 'open']);
    expect([shown(MINA), shown(JUN)]).toEqual([true, true]);
    const later = write(MINA);
    expect(later.kind === 'event' && later.event.change).toBeUndefined();
  });

  test('[REL3] accepts a request that stands, by the answer itself', () => {
    const { write, states, told, state } = scene(request);
    expect(states()).toEqual(['requested-by-me', 'requested-by-them']);
    write(JUN);
    expect(states()).toEqual(['contact', 'contact']);
    expect([told(MINA)?.seq, told(JUN)?.seq]).toEqual([state().seq, state().seq]);
  });

  test('[REL3] may be taken in without a word', () => {
    const { write, act, states } = scene();
    write(MINA);
    act(JUN, 'accept');
    expect(states()).toEqual(['open', 'open']);
  });

  test('[REL12] is not made a stranger in rooms of the first rules', () => {
    const { room, submit } = roomOf(createDirect);
    const [created] = room.facts;
    if (created?.type !== 'event') throw new Error('not created');
    const { rulesVersion: _none, ...old } = created.event;
    room.state = replay([{ ...created, event: old }]);
    expect(room.state?.relation).toBe(OPEN);
    expect(submit(send, by(JUN))).toMatchObject({ event: { kind: 'message' } });
    expect(room.state?.relation).toBe(OPEN);
    expect(submit({ kind: 'relate', act: 'block', basedOn: 0 })).toMatchObject({
      event: { kind: 'related', rulesVersion: 2 },
    });
  });
});

describe('a request', () => {
  test('[REL1] is one event, also where it begins the room; its note is the content', () => {
    const { room, states } = scene(request);
    expect(room.events).toHaveLength(1);
    expect(room.events[0]).toMatchObject({
      kind: 'created',
      change: { act: 'request' },
      content: content('hello'),
    });
    expect(states()).toEqual(['requested-by-me', 'requested-by-them']);
    const later = scene();
    expect(
      later.submit({ kind: 'relate', act: 'request', basedOn: 0, note: content('hi') }, by(JUN)),
    ).toMatchObject({ event: { kind: 'related', change: { act: 'request' }, content: content('hi') } });
    expect(later.states()).toEqual(['requested-by-them', 'requested-by-me']);
  });

  test('[REL1] in a room that is there by then is made there, based on nothing', () => {
    const { submit, states } = scene();
    expect(submit({ ...request, user: user(0) } as CommandBody, by(JUN))).toMatchObject({
      event: { seq: 2 },
    });
    expect(states()).toEqual(['requested-by-them', 'requested-by-me']);
    const met = scene(request);
    expect(met.submit({ ...request, user: user(0) } as CommandBody, by(JUN))).toMatchObject(
      refused('relation-changed'),
    );
  });

  test('[REL3] that is accepted, or met by one, makes contacts', () => {
    for (const answer of ['accept', 'request'] as const) {
      const { act, states } = scene(request);
      expect(act(JUN, answer)).toMatchObject({ event: { change: { act: 'accept' } } });
      expect(states()).toEqual(['contact', 'contact']);
    }
  });

  test('[REL5] that is refused stands for who made it, and another meets it', () => {
    const { act, states, told, shown } = scene(request);
    act(JUN, 'refuse');
    expect(states()).toEqual(['requested-by-me', 'none']);
    expect(told(MINA)?.seq).toBe(1);
    expect(shown(JUN)).toBe(false);
    expect(act(MINA, 'request')).toMatchObject(unchanged);
    act(JUN, 'request');
    expect(states()).toEqual(['contact', 'contact']);
  });

  test('that is taken back stands for nobody', () => {
    const { act, states } = scene(request);
    act(MINA, 'cancel');
    expect(states()).toEqual(['none', 'none']);
    expect(act(JUN, 'accept')).toMatchObject(refused('relation-changed'));
  });
});

test('[REL5] a removal leaves the other a contact, who is a stranger when they write', () => {
  const { act, write, states, told, shown } = scene(request);
  act(JUN, 'accept');
  const seq = told(JUN)?.seq;
  act(MINA, 'remove');
  expect(states()).toEqual(['none', 'contact']);
  expect([told(JUN)?.seq, shown(MINA), shown(JUN)]).toEqual([seq, false, true]);
  write(JUN);
  expect(states()).toEqual(['stranger', 'contact']);
  act(MINA, 'request');
  expect(states()).toEqual(['contact', 'contact']);
});

describe('a block', () => {
  test('[REL6][REL8] ends all on one side, and tells the other nothing', () => {
    const { act, states, told, shown } = scene(request);
    act(JUN, 'accept');
    const before = told(MINA);
    act(JUN, 'block');
    expect(states()).toEqual(['contact', 'blocked']);
    expect(told(MINA)).toEqual(before);
    expect([shown(MINA), shown(JUN)]).toEqual([false, false]);
    act(JUN, 'unblock');
    expect(states()).toEqual(['contact', 'none']);
    expect(shown(JUN)).toBe(false);
  });

  test('[REL7] answers as a deleted account does, to every command', () => {
    const acts: CommandBody[] = [
      send,
      { kind: 'edit', refersTo: 2 as RoomState['seq'], content: content('anew') },
      { kind: 'delete', refersTo: 2 as RoomState['seq'] },
      { kind: 'rename', name: 'x' },
      ...(['request', 'accept', 'refuse', 'cancel', 'remove', 'unblock', 'block'] as const).map(
        (act): CommandBody => ({ kind: 'relate', act, basedOn: 0 }),
      ),
    ];
    const answers = (end: (at: ReturnType<typeof scene>) => unknown) => {
      const at = scene();
      at.write(MINA);
      at.write(JUN);
      end(at);
      return acts.map((body) => {
        const decision = at.submit(body);
        return decision.kind === 'refused' ? decision.error : decision.kind;
      });
    };
    const blocked = answers(({ act }) => act(JUN, 'block'));
    const gone = answers(({ room }) =>
      room.submit({
        ...command({ kind: 'leave' }),
        room: DIRECT,
        sender: user(1),
        device: undefined,
        clientMessageId: undefined,
      } as never),
    );
    expect(blocked).toEqual(gone);
    expect(blocked[0]).toMatchObject({ code: 'recipient-unavailable' });
  });

  test('[REL7] lets who blocks write no more either, until it ends', () => {
    const { write, act } = scene();
    write(MINA);
    act(MINA, 'block');
    expect(write(MINA)).toMatchObject(refused('recipient-unavailable'));
    expect(act(MINA, 'request')).toMatchObject(refused('relation-changed'));
    act(MINA, 'unblock');
    expect(write(MINA)).toMatchObject({ kind: 'event' });
  });

  test('[REL7] lets neither say how long messages of both stay, as often as they like', () => {
    const { write, act, submit, room } = scene();
    write(MINA);
    act(MINA, 'block');
    const events = room.events.length;
    for (const person of [MINA, JUN])
      expect(submit({ kind: 'set-timer', seconds: 60 }, by(person))).toMatchObject(
        refused('recipient-unavailable'),
      );
    expect(room.events).toHaveLength(events);
  });

  test('[REL6] with which a room begins hides it from the other until it ends', () => {
    const { act, submit, state, states, room } = scene(block);
    expect(room.events).toHaveLength(1);
    expect(states()).toEqual(['blocked', 'none']);
    expect(isHiddenFrom(state(), user(JUN))).toBe(true);
    expect(act(JUN, 'block')).toMatchObject(refused('not-found', false));
    expect(submit(send, by(JUN))).toMatchObject(refused('not-found', false));
    // As by a link into a room that was never made.
    const join = { kind: 'join', secret: '0000000000000000000000000a' as LinkSecret } as const;
    expect(submit(join, by(JUN))).toMatchObject(refused('link-invalid', false));
    for (const body of [createDirect, request, block]) {
      const create = { ...body, user: user(0) } as CommandBody;
      expect(submit(create, by(JUN))).toMatchObject(refused('recipient-unavailable', false));
    }
    act(MINA, 'unblock');
    expect(isHiddenFrom(state(), user(JUN))).toBe(false);
    expect(submit(send, by(JUN))).toMatchObject({ kind: 'event' });
  });
});

describe('what a command is based on', () => {
  test('[REL2] has to hold still, but for a block and what is so already', () => {
    const at = scene(request);
    at.act(JUN, 'accept', 1);
    expect(at.act(MINA, 'cancel', 1)).toMatchObject(refused('relation-changed'));
    expect(at.act(JUN, 'refuse', 1)).toMatchObject(refused('relation-changed'));
    expect(at.act(MINA, 'request', 1)).toMatchObject(unchanged);
    expect(at.act(MINA, 'block', 1)).toMatchObject({ kind: 'event' });
    expect(at.act(MINA, 'block', 1)).toMatchObject(unchanged);
    expect(at.act(MINA, 'unblock', 1, { device: undefined } as never)).toMatchObject(
      refused('relation-changed', false),
    );
    expect(at.states()).toEqual(['blocked', 'contact']);
  });

  test('[REL2] a device that acts several times before it hears of the first has seen what it did', () => {
    const { submit, states } = scene();
    const act = (act: RelationAct, stamp: Stamp = {}) => submit({ kind: 'relate', act, basedOn: 0 }, stamp);
    act('block');
    act('unblock');
    expect(states()).toEqual(['none', 'none']);
    act('block');
    const other = { device: by(7).device } as Stamp;
    expect(act('unblock', other)).toMatchObject(refused('relation-changed'));
    expect(states()).toEqual(['blocked', 'none']);
  });

  test('[REL2] is not changed by what the other does unseen', () => {
    const { act, told, states } = scene(request);
    const { seq } = told(MINA) ?? {};
    act(JUN, 'refuse');
    act(JUN, 'block');
    expect(act(MINA, 'cancel', seq)).toMatchObject({ kind: 'event' });
    expect(states()).toEqual(['none', 'blocked']);
  });
});

test('relations in which nobody has related are shared objects, and a group has none', () => {
  const { write, state } = scene();
  expect(state().relation).toBe(STRANGERS);
  write(MINA);
  write(JUN);
  expect(state().relation).toBe(OPEN);
  const { room, submit } = roomOf(createGroup(3));
  expect(room.state?.relation).toBeUndefined();
  expect(submit({ kind: 'relate', act: 'block', basedOn: 0 })).toMatchObject(refused('forbidden'));
});
