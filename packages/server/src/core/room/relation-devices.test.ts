import { expect, test } from 'bun:test';
import type { RelationAct } from '@maru/protocol';
import * as fc from 'fast-check';
import { sidesOf, stateOf } from './relation.ts';
import type { RoomState } from './state.ts';
import { ModelRoom, replay } from './testing/model-room.ts';
import { command, device, idAt, START, user } from './testing/people.ts';
import { createDirect, DIRECT, send } from './testing/room-of.ts';

/** Two people with three devices each, all of which act while they are offline and say so later. */
const DEVICES = 3;

type Step =
  | { readonly do: 'act'; readonly who: number; readonly on: number; readonly act: RelationAct }
  | { readonly do: 'write'; readonly who: number; readonly on: number }
  /** The device says what it has done, in order, and hears how things are. */
  | { readonly do: 'sync'; readonly who: number; readonly on: number };

const who = fc.nat({ max: 1 });
const on = fc.nat({ max: DEVICES - 1 });
const act = fc.constantFrom<RelationAct>(
  'request',
  'accept',
  'refuse',
  'cancel',
  'remove',
  'block',
  'unblock',
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('act' as const), who, on, act }),
  fc.record({ do: fc.constant('write' as const), who, on }),
  fc.record({ do: fc.constant('sync' as const), who, on }),
);

interface Told {
  readonly state: string;
  readonly seq: number;
}

function toldOf(state: RoomState | undefined, person: number): Told {
  const mine = state && sidesOf(state, user(person))?.mine;
  if (mine === undefined) throw new Error('no relation');
  return { state: stateOf(mine), seq: mine.seq };
}

/** A device: what it was told, and what it has done since. */
interface Offline {
  readonly person: number;
  readonly number: number;
  told: Told;
  readonly todo: { readonly act: RelationAct | undefined; readonly basedOn: number }[];
}

test('[REL2] devices that act while they are offline end alike, and no act but a block overrides what its user did not see', () => {
  void fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const room = new ModelRoom(DIRECT);
      let minted = 0;
      const submit = (person: number, number: number, body: Parameters<typeof command>[0]) =>
        room.submit(
          command(body, {
            room: DIRECT,
            sender: user(person),
            device: device(person, number),
            clientMessageId: idAt(START, ++minted),
          }),
        );
      submit(0, 0, createDirect);
      const devices: Offline[] = [0, 1].flatMap((person) =>
        Array.from({ length: DEVICES }, (_, number) => ({
          person,
          number,
          told: toldOf(room.state, person),
          todo: [],
        })),
      );
      /** Which device made the newest change that each person is told. */
      const newest: (number | undefined)[] = [undefined, undefined];

      function say({ person, number, todo }: Offline): void {
        for (const { act, basedOn } of todo.splice(0)) {
          const before = [toldOf(room.state, 0), toldOf(room.state, 1)] as const;
          const decision = submit(
            person,
            number,
            act === undefined ? send : { kind: 'relate', act, basedOn },
          );
          const after = [toldOf(room.state, 0), toldOf(room.state, 1)] as const;
          const mine = person === 0 ? 0 : 1;
          const others = person === 0 ? 1 : 0;
          const seen = basedOn === before[mine].seq || newest[mine] === number;
          if (act === 'block') expect(after[mine].state).toBe('blocked');
          else if (act !== undefined && decision.kind === 'event') expect(seen).toBe(true);
          if (act !== undefined && !seen && act !== 'block') expect(after).toEqual(before);
          if (act === 'refuse' || act === 'remove' || act === 'block')
            expect(after[others]).toEqual(before[others]);
          if (decision.kind === 'refused') expect(after).toEqual(before);
          if (after[mine].seq !== before[mine].seq) newest[mine] = number;
          if (after[others].seq !== before[others].seq) newest[others] = undefined;
        }
      }

      for (const step of steps) {
        const offline = devices.find(({ person, number }) => person === step.who && number === step.on);
        if (offline === undefined) continue;
        if (step.do === 'sync') {
          say(offline);
          offline.told = toldOf(room.state, step.who);
        } else {
          offline.todo.push({ act: step.do === 'act' ? step.act : undefined, basedOn: offline.told.seq });
        }
      }
      for (const offline of devices) say(offline);
      for (const offline of devices) offline.told = toldOf(room.state, offline.person);
      for (const { person, told } of devices) {
        expect(told).toEqual(devices.find((other) => other.person === person)?.told as Told);
      }
      expect(replay(room.facts)?.relation).toEqual(room.state?.relation);
    }),
    { numRuns: 300 },
  );
});
