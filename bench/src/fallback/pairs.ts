/** As bench/load/pairs.c. */
import { limits } from '@maru/protocol';
import type { LoadResults } from '../load/generator.ts';
import type { Plan } from '../load/plan.ts';
import type { Options } from './options.ts';
import { pace } from './pace.ts';
import { latencyOf, type Told, tellPhase } from './report.ts';
import { Sessions } from './sessions.ts';
import { Traffic } from './traffic.ts';

const DRAIN_POLL_MS = 5;

/** A session that writes, and its turn over its rooms. */
interface Sender {
  readonly rooms: number[];
  next: number;
  inFlight: number;
}

export async function pairs(options: Options, plan: Plan, told: Told): Promise<LoadResults['pairs']> {
  const rate = options.number('rate', 0);
  const senders = sendersOf(plan);
  const active = [...senders.values()];
  let sending = true;
  const traffic = new Traffic(plan.rooms, options.number('textBytes', 100), (room) => {
    const sender = senders.get(plan.rooms[room]?.sender ?? -1);
    if (sender === undefined) return;
    sender.inFlight -= 1;
    if (rate === 0 && sending) sendNext(sender, Bun.nanoseconds());
  });
  const sessions = new Sessions(options, plan.tokens, { message: (...args) => traffic.take(...args) });
  function sendNext(sender: Sender, due: number): void {
    const room = sender.rooms[sender.next++ % sender.rooms.length];
    if (room === undefined) return;
    sender.inFlight += 1;
    traffic.send(sessions, room, due);
  }
  sessions.startBeats();
  await sessions.open();
  tellPhase('ready');
  await told.once();
  traffic.startReceipts(sessions);
  const stop = rate > 0 ? paceOver(active, rate, sendNext) : () => {};
  if (rate === 0) {
    for (let i = 0; i < options.number('window', 8); i++) {
      for (const sender of active) sendNext(sender, Bun.nanoseconds());
    }
  }
  await Bun.sleep(options.number('warmupS', 1) * 1_000);
  traffic.measuring = true;
  const [before, began] = [traffic.completed, performance.now()];
  await Bun.sleep(options.number('seconds', 5) * 1_000);
  const perSecond = ((traffic.completed - before) * 1_000) / (performance.now() - began);
  stop();
  traffic.measuring = false;
  sending = false;
  tellPhase('ended');
  while (traffic.underWay > 0) await Bun.sleep(DRAIN_POLL_MS);
  return {
    perSecond,
    sent: traffic.sent,
    doubled: traffic.doubled,
    deliveredFrames: traffic.deliveredFrames,
    toAccepted: latencyOf(traffic.toAccepted),
    toReceived: latencyOf(traffic.toReceived),
  };
}

function sendersOf({ rooms }: Plan): Map<number, Sender> {
  const senders = new Map<number, Sender>();
  for (const [index, { sender }] of rooms.entries()) {
    const known = senders.get(sender) ?? { rooms: [], next: 0, inFlight: 0 };
    known.rooms.push(index);
    senders.set(sender, known);
  }
  return senders;
}

/** A sender at its limit is passed over; when all are at it, the message waits and stays due. */
function paceOver(
  active: readonly Sender[],
  rate: number,
  send: (sender: Sender, due: number) => void,
): () => void {
  let turn = 0;
  return pace(rate, (due) => {
    for (let passed = 0; passed < active.length; passed++) {
      const sender = active[turn++ % active.length];
      if (sender === undefined || sender.inFlight >= limits.SENDS_IN_FLIGHT_MAX) continue;
      send(sender, due);
      return true;
    }
    return false;
  });
}
