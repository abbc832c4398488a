import { expect, test } from 'bun:test';
import type { RoomId, Seq } from '@maru/protocol';
import fc from 'fast-check';
import type { CommandBody } from '../../core/room/command.ts';
import type { RoomEvent } from '../../core/room/event.ts';
import { content, group, user } from '../../core/room/testing/people.ts';
import { createFloor, type TestDevice } from '../../main/testing/floor.ts';
import { StorageUnavailable } from '../../ports/log.ts';
import type { Answer, SubmittedCommand } from '../../ports/rooms.ts';

const DEVICES = 4;
const ROOMS = 2;

/** A disk that answers when it is told to. */
class HeldDisk {
  readonly #held: PromiseWithResolvers<void>[] = [];
  readonly sync = (): Promise<void> => {
    const held = Promise.withResolvers<void>();
    this.#held.push(held);
    return held.promise;
  };

  answer(fails: boolean): void {
    const held = this.#held.shift();
    if (fails) held?.reject(new StorageUnavailable('the disk is full'));
    else held?.resolve();
  }
}

interface Sent {
  readonly command: SubmittedCommand;
  readonly from: TestDevice;
  /** All but those that leave no trace: to try again, and to who is no member. */
  readonly answers: Answer[];
}

const who = fc.nat({ max: DEVICES - 1 });
const where = fc.nat({ max: ROOMS - 1 });
const number = fc.nat({ max: 30 });
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('send' as const), who, where }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('edit' as const, 'delete' as const), who, where, number }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('react' as const), who, where, on: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('add' as const, 'remove' as const), who, where, number }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('again' as const), number }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('disk' as const), fails: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), written: fc.nat({ max: 1 }) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function bodyOf(taken: Extract<Step, { who: number }>): CommandBody {
  switch (taken.do) {
    case 'send':
      return { kind: 'send', content: content('안녕') };
    case 'edit':
      return { kind: 'edit', refersTo: (taken.number + 1) as Seq, content: content('고침') };
    case 'delete':
      return { kind: 'delete', refersTo: (taken.number + 1) as Seq };
    case 'react': {
      // The same one mostly, so that they meet before the disk answers.
      return { kind: 'react', refersTo: 2 as Seq, reaction: '👍', on: taken.on };
    }
    case 'add':
      return { kind: 'add', users: [user(taken.number % DEVICES)] };
    case 'remove':
      return { kind: 'remove', user: user(taken.number % DEVICES) };
  }
}

/** Plays the steps; a disk that fails, crashes, and everybody repeating whatever they like at any time. */
async function play(steps: readonly Step[]) {
  let disk = new HeldDisk();
  let floor = createFloor({ sync: () => disk.sync() });
  const devices = Array.from({ length: DEVICES }, (_, i) => floor.device(i));
  let live = devices;
  const sent: Sent[] = [];

  const submit = (one: Sent) => {
    void floor.rooms.submit(one.command).then((answer) => {
      const isFinal =
        answer.kind === 'accepted' || !(answer.error.retryable || answer.error.code === 'not-found');
      if (isFinal) one.answers.push(answer);
    });
  };
  const enqueue = (from: TestDevice, room: RoomId, body: CommandBody) => {
    const one: Sent = { from, command: from.command(room, body), answers: [] };
    sent.push(one);
    submit(one);
  };
  const settle = async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };

  for (let room = 0; room < ROOMS; room++) {
    const users = Array.from({ length: DEVICES }, (_, i) => user(i)).slice(1);
    const [creator] = devices;
    if (creator === undefined) throw new Error('no devices');
    enqueue(creator, group(room), { kind: 'create', roomKind: 'group', name: '마루', history: 'all', users });
  }
  await settle();
  disk.answer(false);
  await settle();
  for (const device of live) await device.open();
  for (const taken of steps) {
    if (taken.do === 'disk') disk.answer(taken.fails);
    else if (taken.do === 'restart') {
      disk = new HeldDisk();
      floor = createFloor({ engine: floor.engine.crash(taken.written) });
      live = devices.map((_, i) => floor.device(i));
      for (const device of live) await device.open();
    } else if (taken.do === 'again') {
      const one = sent[taken.number];
      if (one !== undefined) submit(one);
    } else {
      const device = devices[taken.who];
      if (device !== undefined) enqueue(device, group(taken.where), bodyOf(taken));
    }
    await settle();
  }
  for (let i = 0; i < 10; i++) {
    disk.answer(false);
    await settle();
  }
  return { floor, sent, live };
}

test('[ORD1][DUR1][DUR3][ONCE1] whatever fails, what is acknowledged is stored, once, in order and without gaps', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), async (steps) => {
      const { floor, sent, live } = await play(steps);
      expect(floor.faults).toEqual([]);
      for (let number = 0; number < ROOMS; number++) {
        const room = group(number);
        const events = await floor.engine.rooms.events(room, 1, 10_000);
        expect(events.map(({ seq }) => seq as number)).toEqual(events.map((_, i) => i + 1));
        const ids = events.map(({ device, clientMessageId }) => `${device} ${clientMessageId}`);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { command, answers } of sent) {
          if (command.room !== room || answers.length === 0) continue;
          const { device, clientMessageId } = command;
          const made = events.find(
            (event) => event.device === device && event.clientMessageId === clientMessageId,
          );
          // What changed nothing is answered by the head of the moment, and stored nowhere.
          const mayChangeNothing = ['add', 'remove', 'react'].includes(command.kind);
          if (made !== undefined && !mayChangeNothing) {
            for (const answer of answers)
              expect(answer).toEqual({ kind: 'accepted', seq: made.seq, at: made.at });
          } else if (made === undefined && command.kind === 'send') {
            expect(answers.map(({ kind }) => kind)).not.toContain('accepted');
          }
        }
        expect(reactedTwice(events)).toEqual([]);
        for (const device of live) {
          const seqs = device.got.seqs(room);
          expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
          for (const seq of seqs) expect(seq).toBeLessThanOrEqual(events.length); // [DUR2]
        }
      }
    }),
    { numRuns: 150 },
  );
});

/** Reactions that put on what stood there, or took off what did not: decided on what was not stored. */
function reactedTwice(events: readonly RoomEvent[]): Seq[] {
  const standing = new Map<string, Seq>();
  return events.flatMap(({ seq, sender, refersTo, change }) => {
    if (change?.type !== 'reacted') return [];
    const key = `${refersTo} ${sender}`;
    const put = standing.get(key);
    if (change.on) standing.set(key, seq);
    else standing.delete(key);
    return change.on === (put === undefined) && change.put === (change.on ? undefined : put) ? [] : seq;
  });
}
