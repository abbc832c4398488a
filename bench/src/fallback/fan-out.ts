/** As bench/load/fan-out.c. */
import type { DownFrame } from '@maru/protocol';
import type { LoadResults } from '../load/generator.ts';
import type { Plan, PlannedRoom } from '../load/plan.ts';
import { Histogram } from '../measure/histogram.ts';
import { sendFrame } from './message-ids.ts';
import type { Options } from './options.ts';
import { latencyOf, type Told, tellPhase } from './report.ts';
import { type Session, Sessions } from './sessions.ts';

interface Room extends PlannedRoom {
  readonly members: number;
  readonly sentAt: number[];
  completed: number;
  deliveries: number;
}

export async function fanOut(options: Options, plan: Plan, told: Told): Promise<LoadResults['fan-out']> {
  const window = options.number('window', 16);
  const text = 'x'.repeat(options.number('textBytes', 100));
  const rooms = plan.rooms.map((planned): Room => {
    const members = planned.receiver - planned.sender + 1;
    return { ...planned, members, sentAt: [], completed: 0, deliveries: 0 };
  });
  const roomOf = rooms.flatMap((room) => Array.from({ length: room.members }, () => room));
  const latency = new Histogram();
  const drained = Promise.withResolvers<void>();
  let [sending, measuring, deliveries, serial, frameBytes] = [true, false, 0, 0, 0];
  function sendNext(room: Room): void {
    const talkers = Math.min(window, room.members);
    sessions.send(room.sender + (room.sentAt.length % talkers), sendFrame(room.room, ++serial, text));
    room.sentAt.push(Bun.nanoseconds());
  }
  function take(session: Session, frame: DownFrame, at: number): void {
    const room = roomOf[session.number];
    if (frame.kind !== 'events' || room === undefined) return;
    if (frameBytes === 0 && frame.events.length === 1) frameBytes = JSON.stringify(frame).length;
    deliveries += frame.events.length;
    room.deliveries += frame.events.length;
    for (; room.deliveries >= (room.completed + 1) * room.members; room.completed++) {
      if (measuring) latency.add(at - (room.sentAt[room.completed] ?? at));
      if (sending) sendNext(room);
    }
    if (!sending && rooms.every(({ completed, sentAt }) => completed === sentAt.length)) drained.resolve();
  }
  const sessions = new Sessions(options, plan.tokens, { message: take });
  sessions.startBeats();
  await sessions.open();
  tellPhase('ready');
  await told.once();
  for (const room of rooms) for (let i = 0; i < window; i++) sendNext(room);
  await Bun.sleep(options.number('warmupS', 1) * 1_000);
  measuring = true;
  const [before, began] = [deliveries, performance.now()];
  await Bun.sleep(options.number('seconds', 4) * 1_000);
  const perSecond = ((deliveries - before) * 1_000) / (performance.now() - began);
  [measuring, sending] = [false, false];
  await drained.promise;
  return { perSecond, frameBytes, toAll: latencyOf(latency) };
}
