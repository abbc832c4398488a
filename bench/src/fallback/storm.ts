/** As bench/load/storm.c. */
import { limits } from '@maru/protocol';
import type { LoadResults } from '../load/generator.ts';
import type { Plan } from '../load/plan.ts';
import { Histogram } from '../measure/histogram.ts';
import type { Options } from './options.ts';
import { pace } from './pace.ts';
import { latencyOf, type Told, tellPhase } from './report.ts';
import { type Session, Sessions } from './sessions.ts';
import { Traffic } from './traffic.ts';

const BYSTANDERS = 2;
const DRAIN_POLL_MS = 5;

export async function storm(options: Options, plan: Plan, told: Told): Promise<LoadResults['storm']> {
  const traffic = new Traffic(plan.rooms, options.number('textBytes', 100));
  const [signIn, sync] = [new Histogram(), new Histogram()];
  const allSynced = Promise.withResolvers<void>();
  let [storming, synced, empty] = [false, 0, 0];
  function saySync(session: Session): void {
    session.openedAt = Bun.nanoseconds();
    session.socket?.send(JSON.stringify({ kind: 'sync', id: 1, cursor: session.cursor }));
  }
  const sessions = new Sessions(options, plan.tokens, {
    signedIn(session) {
      if (!storming) return;
      signIn.add(Bun.nanoseconds() - session.openedAt);
      saySync(session);
    },
    message(session, frame, at) {
      if (frame.kind !== 'synced') return traffic.take(session, frame, at);
      sync.add(at - session.openedAt);
      if (frame.rooms.every(({ events }) => events.length === 0)) empty += 1;
      if (frame.more) saySync(session);
      else if (++synced === plan.tokens.length - BYSTANDERS) allSynced.resolve();
    },
  });
  const talk = () =>
    pace(options.number('rate', 100), (due) => {
      if (traffic.underWay >= limits.SENDS_IN_FLIGHT_MAX) return false;
      traffic.send(sessions, 0, due);
      return true;
    });
  sessions.startBeats();
  await sessions.open();
  tellPhase('ready');
  await told.once();
  traffic.startReceipts(sessions);
  traffic.measuring = true;
  const stopCalm = talk();
  await Bun.sleep(options.number('calmS', 3) * 1_000);
  stopCalm();
  // From here no cursor may pass the messages that are to be fetched.
  sessions.quiet = true;
  for (let room = 1; room < plan.rooms.length; room++) traffic.send(sessions, room, Bun.nanoseconds());
  while (traffic.underWay > 0) await Bun.sleep(DRAIN_POLL_MS);
  const calm = latencyOf(traffic.toReceived);
  traffic.toReceived = new Histogram();
  storming = true;
  const began = performance.now();
  const stop = talk();
  sessions.cut(BYSTANDERS);
  await sessions.comeBack(BYSTANDERS, options.number('jitterMs', 1_000));
  await allSynced.promise;
  const seconds = (performance.now() - began) / 1_000;
  stop();
  while (traffic.underWay > 0) await Bun.sleep(DRAIN_POLL_MS);
  return {
    sessions: plan.tokens.length - BYSTANDERS,
    seconds,
    empty,
    calm,
    bystander: latencyOf(traffic.toReceived),
    signIn: latencyOf(signIn),
    sync: latencyOf(sync),
  };
}
