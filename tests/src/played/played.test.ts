import { describe, expect, test } from 'bun:test';
import { ircConversations, koreanPairs } from '../processes/conversations.ts';
import { findIrcLogs, findKoreanPairs, NO_CONVERSATIONS } from '../real-data.ts';
import type { Figures } from './count-played.ts';
import { ircScenes } from './irc-scenes.ts';
import { koreanScenes } from './korean-scenes.ts';
import { madeScenes } from './made-scenes.ts';
import { type MakeScenes, playSession } from './play-session.ts';

/** Sessions of each set in one run of the gate; more with MARU_PLAYED_SEEDS, from MARU_PLAYED_FIRST on. */
const SEEDS_IN_GATE = 6;
const SEEDS = Number(process.env.MARU_PLAYED_SEEDS ?? SEEDS_IN_GATE);
const FIRST = Number(process.env.MARU_PLAYED_FIRST ?? 1);
/** Lines of a conversation in a session. */
const LINES = Number(process.env.MARU_PLAYED_LINES ?? 90);

const irc = findIrcLogs();
const korean = findKoreanPairs();
const conversations = ircConversations(irc);
const pairs = korean === undefined ? [] : koreanPairs(korean);

/** What has to come to pass in the sessions of a set together, so that it is known to have been tested. */
const NEVER_MISSING = [
  ...(['edits', 'deletions', 'answers', 'reactions', 'forwards', 'removals', 'arrivals', 'roles'] as const),
  ...(['blocks', 'requests', 'restarts', 'deaths', 'cuts', 'lost', 'kept'] as const),
] as const satisfies readonly (keyof Figures)[];

async function playAll(make: MakeScenes): Promise<void> {
  const sums: Record<string, number> = {};
  for (let seed = FIRST; seed < FIRST + SEEDS; seed++) {
    const figures = await playSession(seed, LINES, make);
    for (const [what, count] of Object.entries(figures)) sums[what] = (sums[what] ?? 0) + count;
  }
  console.log(`seeds ${FIRST} to ${FIRST + SEEDS - 1}: ${JSON.stringify(sums)}`);
  // Every line was given to a device, whatever came of it.
  expect(sums.lines).toBe(SEEDS * LINES);
  // One session alone need not have all of it.
  if (SEEDS < SEEDS_IN_GATE) return;
  expect(NEVER_MISSING.filter((what) => sums[what] === 0)).toEqual([]);
  expect(sums.heard).toBeGreaterThan((SEEDS * LINES) / 2);
}

const OPTIONS = { timeout: 60_000 * SEEDS };

describe('[ORD1][ORD5][ORD8][DUR1][ONCE1][SYNC8][UNREAD5][PRIV3][OWN2][REL3][TALK2][TALK8][TALK11] a session that is played ends equal on all devices, on the server and in a replay of its log', () => {
  test.skipIf(irc.length === 0)(
    irc.length > 0 ? 'of a channel' : `of a channel (skipped: ${NO_CONVERSATIONS})`,
    () => playAll((random, lines) => ircScenes(conversations, random, lines)),
    OPTIONS,
  );

  test.skipIf(korean === undefined)(
    korean !== undefined ? 'of Korean sentences' : `of Korean sentences (skipped: ${NO_CONVERSATIONS})`,
    () => playAll((random, lines) => koreanScenes(pairs, random, lines)),
    OPTIONS,
  );

  // Wherever the tests run, some session is played.
  test('of what is made up', () => playAll(madeScenes), OPTIONS);
});

describe('sessions that once failed', () => {
  const told = irc.length > 0 ? '' : ` (skipped: ${NO_CONVERSATIONS})`;

  test.skipIf(irc.length === 0).each([
    [46, 'who wrote a message was counted among those who have read it'],
    [94, 'a message was read as at first whose newest edit was made while the reader was away'],
  ])(`%d: %s${told}`, async (seed) => {
    await playSession(seed, 90, (random, lines) => ircScenes(conversations, random, lines));
  });
});
