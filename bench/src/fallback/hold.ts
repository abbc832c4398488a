/** As bench/load/hold.c. */
import type { LoadResults } from '../load/generator.ts';
import type { Plan } from '../load/plan.ts';
import { Histogram } from '../measure/histogram.ts';
import type { Options } from './options.ts';
import { latencyOf, type Told, tellPhase } from './report.ts';
import { Sessions } from './sessions.ts';

export async function hold(options: Options, plan: Plan, told: Told): Promise<LoadResults['hold']> {
  const sessions = new Sessions(options, plan.tokens, { message() {} });
  sessions.startBeats();
  await sessions.open();
  tellPhase('ready');
  const before = { sent: sessions.beatsSent, answered: sessions.beatsAnswered };
  sessions.beat = new Histogram();
  await told.once();
  return {
    sessions: sessions.all.length,
    beatsSent: sessions.beatsSent - before.sent,
    beatsAnswered: sessions.beatsAnswered - before.answered,
    signIn: latencyOf(sessions.signIn),
    beat: latencyOf(sessions.beat),
  };
}
