import { type ClientMessageId, limits, type RoomId, type Schedule } from '@maru/protocol';
import { createMemoryEngine, type MemoryEngine } from '../../engines/memory/memory-engine.ts';
import { ManualClock } from '../../ports/testing/manual-clock.ts';
import { createIntake } from '../../roles/edge/intake.ts';
import { Scheduler } from '../../roles/time/scheduler.ts';
import { SteadyClock } from '../../roles/time/steady-clock.ts';
import { createFloor, type TestDevice } from './floor.ts';

interface Options {
  readonly engine?: MemoryEngine;
  readonly clock?: ManualClock;
  readonly messageCharsMax?: number;
  readonly accountsOf?: readonly number[];
}

/** A floor with a scheduler, its people known to the directory. */
export async function floorWithScheduler(options: Options = {}) {
  const failures: Error[] = [];
  const sync = async () => {
    const failure = failures.shift();
    if (failure !== undefined) throw failure;
  };
  const engine = options.engine ?? createMemoryEngine({ sync });
  const floor = createFloor({ engine, clock: options.clock ?? new ManualClock() });
  const { rooms, clock, delivery, committer, faults } = floor;
  const { directory, schedules } = engine;
  const { GROUP_MEMBERS_DEFAULT: groupMembersMax, CHANNEL_MEMBERS_MAX: channelMembersMax } = limits;
  const { messageCharsMax = limits.MESSAGE_CHARS_MAX } = options;
  const intake = createIntake({
    directory,
    relations: floor.inboxes,
    clock,
    messageCharsMax,
    groupMembersMax,
    channelMembersMax,
  });
  const onFault = (error: unknown) => faults.push(error);
  const later = new Scheduler({
    ...{ schedules, directory, rooms, intake, delivery, committer, clock, onFault, onBroken: onFault },
    time: new SteadyClock(clock),
  });
  const people = [0, 1, 2].map((number) => floor.device(number));
  if (options.engine === undefined) {
    const accounts = people.map(({ user }, n) => ({ user, handle: `person_${n}`, name: `${n}`, at: 1 }));
    await directory.createPlaceholders(accounts);
  }
  const schedule = (
    device: TestDevice,
    room: RoomId,
    at: number,
    text = '안녕',
    id = minted(device, room),
    more: Pick<Schedule, 'replyTo'> = {},
  ) => {
    const frame: Schedule = {
      kind: 'schedule',
      room,
      clientMessageId: id,
      at,
      content: { type: 'text', text },
      ...more,
    };
    return later.take({ ...device, administrator: false }, frame);
  };
  const texts = async (room: RoomId) => {
    const events = await engine.rooms.events(room, 1, 100);
    return events.flatMap(({ content }) => (content === undefined ? [] : [JSON.parse(content).text]));
  };
  return {
    ...floor,
    engine,
    later,
    failures,
    people: people as [TestDevice, TestDevice, TestDevice],
    schedule,
    texts,
  };
}

function minted(device: TestDevice, room: RoomId): ClientMessageId {
  return device.mint(room);
}

type SchedulingFloor = Awaited<ReturnType<typeof floorWithScheduler>>;

/** Lets time pass, in steps that all has its turn in. */
export async function pass({ clock }: Pick<SchedulingFloor, 'clock'>, ms: number, step = 100): Promise<void> {
  for (let i = 0; i < 100; i++) await Promise.resolve();
  for (let passed = 0; passed < ms; passed += step) {
    clock.advance(step);
    for (let i = 0; i < 100; i++) await Promise.resolve();
  }
}

/** `accepted`, or the code of a refusal. */
export const codeOf = (answer: Awaited<ReturnType<Scheduler['take']>>) =>
  answer.kind === 'refused' ? answer.error.code : answer.kind;
