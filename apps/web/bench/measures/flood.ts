import type { BenchTown } from '../bench-town.ts';
import type { Figure } from '../figure.ts';
import { type Answer, answerTimes, keyTimes, typeInto, watchAnswers, watchKeys } from './key-times.ts';
import { openRoom } from './open-room.ts';

const MESSAGES_A_SECOND = 500;
const TICK_MS = 20;
/** A key takes 30 ms by itself. */
const KEYS_A_SECOND = 20;
/** Of the quiet before: enough for a quantile. */
const QUIET_KEYS = 60;
/** INP leaves out the slowest of each fifty interactions. */
const LEFT_OUT = 1 / 50;
/** What was sent is in view by then, on a machine that does other things, too. */
const SHOWN_MS_MAX = 120_000;

/** How the page answers to keys while so many messages a second come into view; beside it the same page before. */
export async function measureFlood(
  { page, writer, small, big }: BenchTown,
  seconds: number,
): Promise<Figure[]> {
  await openRoom(page, big);
  await openRoom(page, small);
  await page.mouse.move(800, 400);
  await page.mouse.wheel(0, 1_000_000);
  await watchAnswers(page);
  await typeInto(page, 'Message', QUIET_KEYS);
  const quiet = await answerTimes(page);
  await watchAnswers(page);
  await watchKeys(page);
  const begin = performance.now();
  const sends: Promise<unknown>[] = [];
  const send = async () => {
    for (let sent = 0; performance.now() - begin < seconds * 1000; ) {
      const due = ((performance.now() - begin) / 1000) * MESSAGES_A_SECOND;
      for (; sent < due; sent++) sends.push(writer.say(small, `and ${sent}`));
      await Bun.sleep(TICK_MS);
    }
  };
  await Promise.all([send(), typeInto(page, 'Message', seconds * KEYS_A_SECOND)]);
  await Promise.all(sends);
  const rate = sends.length / ((performance.now() - begin) / 1000);
  // In view they were only if the last has come there, too.
  await page
    .getByRole('article')
    .filter({ hasText: `and ${sends.length - 1}` })
    .last()
    .waitFor({ timeout: SHOWN_MS_MAX });
  const answers = await answerTimes(page);
  const keys = await keyTimes(page);
  const keyCount = seconds * KEYS_A_SECOND;
  const own = slowestOf(
    answers.map((answer) => answer.page),
    keyCount,
  );
  return [
    {
      ...{ metric: 'INP under 500 messages/s', value: inpOf(answers, keyCount), unit: 'ms' },
      ...{ target: { most: 200 }, reference: { of: 'before', value: inpOf(quiet, QUIET_KEYS) } },
      note: `of it the page's ${own.toFixed(0)} ms; ${Math.round(rate)} messages/s until the last was accepted`,
    },
    {
      ...{ metric: 'key to frame under 500 messages/s', unit: 'ms', target: { most: 200 } },
      value: slowestOf(
        keys.map(({ all }) => all),
        keyCount,
      ),
      note: 'as the page sees it, without what the browser takes to show its frame',
    },
  ];
}

function inpOf(answers: readonly Answer[], keyCount: number): number {
  return slowestOf(
    answers.map(({ all }) => all),
    keyCount,
  );
}

/** The slowest time but one of each fifty keys; 0 where it is too short to be told of. */
function slowestOf(times: readonly number[], keyCount: number): number {
  const slowest = times.toSorted((a, b) => b - a);
  return slowest[Math.floor(keyCount * LEFT_OUT)] ?? 0;
}
