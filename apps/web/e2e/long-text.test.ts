import { afterAll, beforeAll, expect } from 'bun:test';
import { createApi, createClient, type MaruClient, MemoryStore, systemEnvironment } from '@maru/client';
import type { Page } from 'playwright-core';
import { browserTest, hasBrowser } from './browser.ts';
import { type Person, Town } from './town.ts';

const START_MS_MAX = 120_000;
const TASK_MS_MAX = 50;
/** What else the page does at a moment, as freeing memory, is no fault of the text: the best of these counts. */
const TRIES = 4;

let town: Town;
let mina: Person;
let bot: MaruClient;
beforeAll(async () => {
  if (!hasBrowser) return;
  town = await Town.start();
  mina = await town.signUp('mina');
  const { http } = systemEnvironment();
  const body = { handle: 'bot', name: 'Bot', password: 'correct horse', device: { name: 'bot' } };
  const signedIn = await createApi({ baseUrl: town.url, http }).signUp({ body });
  bot = await createClient({ baseUrl: town.url, store: new MemoryStore(), signedIn });
  const { user } = await bot.findPerson('mina');
  const { room } = await bot.commands.openDirect(user);
  const line = 'one of many lines with something in it, and 한글도 조금 섞어서\n';
  const before = line.repeat(Math.floor(99_000 / line.length));
  const end = 'the very end';
  const entities = [
    { type: 'italic', offset: line.length * 900, length: 3 },
    { type: 'bold', offset: before.length, length: end.length },
  ] as const;
  const sending = await bot.commands.send(room, before + end, { entities });
  expect((await sending.outcome()).kind).not.toBe('failed');
}, START_MS_MAX);
afterAll(async () => {
  await bot?.[Symbol.asyncDispose]();
  await town?.[Symbol.asyncDispose]();
});

/** What the browser writes down of something that it did; times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** How long a processor was at it. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/**
 * How long the longest task took a page's main thread. Only the time counts in which it ran: on a busy machine it waits,
 * in the middle of a task, for as long as others run.
 */
async function longestTaskMs(page: Page, act: () => Promise<void>): Promise<number> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('a page without a browser');
  await browser.startTracing(page, { categories: ['toplevel'] });
  await act();
  const trace: { traceEvents: TraceEvent[] } = JSON.parse((await browser.stopTracing()).toString());
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const isNaming = ({ name, args }: TraceEvent) => name === 'thread_name' && args.name === 'CrRendererMain';
  const mains = new Set(trace.traceEvents.filter(isNaming).map(threadOf));
  const tasks = trace.traceEvents.filter((one) => one.name.endsWith('RunTask') && mains.has(threadOf(one)));
  // One that is over at once has no time.
  const longest = Math.max(...tasks.map(({ tdur = 0 }) => tdur));
  // A browser that tells of no times tells nothing.
  expect(longest).toBeGreaterThan(0);
  return longest / 1_000;
}

browserTest(
  'a text of 100,000 characters is shown whole in short tasks, with its looks to the end',
  async () => {
    const { page } = mina;
    let longest = Number.POSITIVE_INFINITY;
    for (let turn = 0; turn < TRIES && longest > TASK_MS_MAX; turn++) {
      await page.goto(`${town.url}/#/`);
      await page.goto(`${town.url}/#/with/bot`);
      const show = page.getByRole('button', { name: /^Show all/ });
      await show.waitFor();
      longest = await longestTaskMs(page, async () => {
        await show.click();
        await page.locator('article strong', { hasText: 'the very end' }).waitFor({ state: 'attached' });
      });
    }
    expect(longest).toBeLessThanOrEqual(TASK_MS_MAX);
    expect(await page.locator('article em', { hasText: /^one$/ }).count()).toBe(1);
    expect(town.complaints).toEqual([]);
  },
);
