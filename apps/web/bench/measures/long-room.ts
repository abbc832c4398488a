import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RoomId, Seq } from '@maru/protocol';
import type { Page } from 'playwright-core';
import { Actor } from '../../demo/actor.ts';
import { serveDemo } from '../../demo/serve-demo.ts';
import { startBrowser } from '../../e2e/browser.ts';
import { importLog } from '../../e2e/import-log.ts';
import { isStill } from '../../e2e/scrolling.ts';
import { scrollAndLook } from '../../e2e/walk/line-numbers.ts';
import { type BenchTownOptions, logIn, PASSWORD } from '../bench-town.ts';
import type { Figure } from '../figure.ts';
import { heapBytes, megabytes } from './memory.ts';
import { openRoom } from './open-room.ts';

const STEP_PIXELS = 1_000;
/** Where it is scrolled before the heap is looked at for the first time: as far as what is kept reaches. */
const WARM_LINES = 1_500;

export interface LongRoom {
  readonly messages: number;
  readonly scrolled: number;
}

/**
 * A room of very many messages, made by the program's own import: opened, jumped into by what answers its beginning and
 * its middle, and scrolled on from there, back, and at the end.
 */
export async function measureLongRoom(
  { maru, web }: BenchTownOptions,
  { messages, scrolled }: LongRoom,
): Promise<Figure[]> {
  await using resources = new AsyncDisposableStack();
  const folder = mkdtempSync(path.join(tmpdir(), 'maru-bench-long-'));
  resources.defer(() => rmSync(folder, { recursive: true, force: true }));
  const data = path.join(folder, 'data');
  const serve = (port: number) => serveDemo({ maru, data, port, more: ['--web', web] });
  const character = { handle: 'reader', name: 'Reader', language: 'en' } as const;
  const before = await serve(0);
  const { port } = new URL(before.url);
  const reader = resources.use(await Actor.signUp({ url: before.url, password: PASSWORD, character }));
  await reader.leave();
  await before[Symbol.asyncDispose]();
  const begin = performance.now();
  await importLog({ data, folder, name: 'long', lines: messages, member: 'reader' });
  const filling = (performance.now() - begin) / 1000;
  const { url } = resources.use(await serve(Number(port)));
  await answerPlaces(reader, messages);
  const browser = await startBrowser();
  resources.defer(() => browser.close());
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
  await logIn(context, url);
  const page = await context.newPage();
  await page.goto(url);
  const href = await page.getByRole('link', { name: /long/ }).getAttribute('href');
  const room = href?.replace('#/room/', '') as RoomId;
  const opening = await openRoom(page, room);
  const { jumps, articles, growth, note } = await walk(page, { messages, scrolled });
  const many = messages.toLocaleString('en-US');
  return [
    { metric: 'importing the long room', value: filling, unit: 's', note: `${many} messages` },
    { metric: 'opening the long room', value: opening, unit: 'ms', target: { most: 1_000 } },
    { metric: 'jumping into the long room', value: jumps, unit: 'ms', target: { most: 1_000 } },
    { metric: 'messages in the page', value: articles, unit: 'rows', target: { most: 100 } },
    { metric: 'heap after scrolling the long room', value: growth, unit: '%', target: { most: 10 }, note },
  ];
}

/** Answers the first line and the one in the middle: quotes, by which one comes to them. */
async function answerPlaces(reader: Actor, messages: number): Promise<void> {
  await reader.come();
  const [{ room } = { room: undefined }] = reader.client?.rooms ?? [];
  if (room === undefined) throw new Error('the long room is not there');
  const page = await reader.client?.api.getEvents({
    params: { room },
    query: { direction: 'newer', from: 1 },
  });
  // Before the lines are those who came.
  const first = page?.events.find(({ kind }) => kind === 'message')?.seq ?? 0;
  await reader.say(room, 'about the first', first as Seq);
  await reader.say(room, 'about the middle', (first + Math.floor(messages / 2)) as Seq);
}

/** What is seen of a room on the way through it. `jumps`: ms of the slower one; `growth`: of the heap, in percent. */
async function walk(page: Page, { messages, scrolled }: LongRoom) {
  const session = await page.context().newCDPSession(page);
  const middle = Math.floor(messages / 2);
  const toEnd = page.getByRole('button', { name: 'To the newest message' });
  const jumpTo = async (text: string, line: number) => {
    const begin = performance.now();
    await page
      .getByRole('article')
      .filter({ hasText: text })
      .getByRole('button', { name: /line \d+/ })
      .click();
    await page
      .getByRole('article')
      .filter({ hasText: new RegExp(`line ${line + 1} `) })
      .waitFor();
    return performance.now() - begin;
  };
  const first = await jumpTo('about the first', 0);
  await toEnd.click();
  const jumps = Math.max(first, await jumpTo('about the middle', middle));
  const warm = Math.min(WARM_LINES, Math.floor(messages / 8));
  let articles = await scrollTo(page, middle + warm);
  const before = await heapBytes(session);
  articles = Math.max(articles, await scrollTo(page, middle + warm + scrolled));
  const after = await heapBytes(session);
  articles = Math.max(articles, await scrollTo(page, middle));
  await toEnd.click();
  await page.getByRole('article').filter({ hasText: 'about the middle' }).waitFor();
  const growth = Math.max(0, (after / before - 1) * 100);
  const note = `${scrolled} messages, from ${megabytes(before)} to ${megabytes(after)} MB`;
  return { jumps, articles, growth, note };
}

/** Scrolls until a line is in view, forth or back. Resolves with how many messages were in the page at most. */
async function scrollTo(page: Page, wanted: number): Promise<number> {
  await isStill(page);
  let seen = await scrollAndLook(page, 0);
  const isBack = (seen.lines[0] ?? 0) > wanted;
  let most = 0;
  for (;;) {
    most = Math.max(most, seen.articles);
    const at = isBack ? seen.lines[0] : seen.lines.at(-1);
    if (at !== undefined && (isBack ? at <= wanted : at >= wanted)) return most;
    seen = await scrollAndLook(page, isBack ? -STEP_PIXELS : STEP_PIXELS);
  }
}
