import { afterAll, beforeAll, expect } from 'bun:test';
import type { MaruClient } from '@maru/client';
import type { RoomId } from '@maru/protocol';
import type { Page } from 'playwright-core';
import { bareDevice } from './bare-device.ts';
import { browserTest, hasBrowser } from './browser.ts';
import { scrollUntil } from './scrolling.ts';
import { type Person, PHONE, Town } from './town.ts';

const START_MS_MAX = 120_000;
const MESSAGES = 400;
/** Beats and their answers, presence and marks: nothing that grows with what is looked at. */
const STANDING_BYTES_MAX = 6_000;

/** What a page and its server have said to each other. */
class Traffic {
  bytes = 0;
  /** Requests of the API, and what was asked for over the socket. */
  readonly asked: string[] = [];

  constructor(page: Page) {
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith('/v1/')) this.asked.push(`${request.method()} ${pathname}`);
    });
    page.on('response', async (response) => {
      if (!new URL(response.url()).pathname.startsWith('/v1/')) return;
      this.bytes += (await response.body().catch(() => Buffer.alloc(0))).length;
    });
    page.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => this.#sent(String(payload)));
      socket.on('framereceived', ({ payload }) => {
        this.bytes += Buffer.byteLength(payload);
      });
    });
  }

  /** Requests for what is looked at, the standing talk of a connection aside. */
  get fetched(): string[] {
    return this.asked.filter((one) => /history|message|event|member|sync|avatar/i.test(one));
  }

  begin(): void {
    this.bytes = 0;
    this.asked.splice(0);
  }

  #sent(frame: string): void {
    this.bytes += Buffer.byteLength(frame);
    for (const [, kind] of frame.matchAll(/"kind":"([\w-]+)"/g)) this.asked.push(`frame ${kind}`);
  }
}

let town: Town;
let reader: Person;
let writer: MaruClient;
let page: Page;
let room: RoomId;
let traffic: Traffic;
beforeAll(async () => {
  if (!hasBrowser) return;
  town = await Town.start();
  reader = await town.signUp('reader', PHONE);
  writer = await bareDevice(town.url, 'writer');
  const { user } = await writer.findPerson('reader');
  ({ room } = await writer.commands.openDirect(user));
  let last: Awaited<ReturnType<typeof writer.commands.send>> | undefined;
  for (let i = 1; i <= MESSAGES; i++)
    last = await writer.commands.send(room, `line ${i} ${'and so on '.repeat(6)}`);
  await last?.outcome();
  await reader.page.goto(`${town.url}/#/with/writer`);
  await reader.page.getByRole('button', { name: 'Accept' }).click();
  await reader.page.getByRole('button', { name: 'Accept' }).waitFor({ state: 'detached' });
  // The server has it when the writer hears that something arrived.
  await writer.open(room);
  await writer.until(() => writer.room(room)?.messages.at(-1)?.state !== 'sent');
  await reader.page.close();
  // A device that knows nothing yet.
  page = await town.visit(PHONE);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByLabel('Handle').fill('reader');
  await page.getByLabel('Password').fill('correct horse');
  traffic = new Traffic(page);
  await page.locator('form').getByRole('button', { name: 'Log in' }).click();
}, START_MS_MAX);
afterAll(async () => {
  await writer?.[Symbol.asyncDispose]();
  await town?.[Symbol.asyncDispose]();
});

const line = (n: number) => page.getByRole('article').filter({ hasText: new RegExp(`^line ${n} `) });

async function openRoom(): Promise<void> {
  await page.getByRole('link', { name: /writer/ }).click();
  await page.getByRole('article').first().waitFor();
}

browserTest('reopening a conversation and scrolling over what was read fetches nothing again', async () => {
  await openRoom();
  await scrollUntil(page, line(1), -0.8);
  await scrollUntil(page, line(MESSAGES), 0.8);
  // The first time it did.
  expect(traffic.fetched).toContain('frame history');
  expect(traffic.bytes).toBeGreaterThan(MESSAGES * 60);
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('heading', { name: 'Chats' }).waitFor();

  traffic.begin();
  await openRoom();
  await scrollUntil(page, line(1), -0.8);
  await scrollUntil(page, line(MESSAGES), 0.8);
  expect(traffic.fetched).toEqual([]);
  expect(traffic.bytes).toBeLessThan(STANDING_BYTES_MAX);
  expect(town.complaints).toEqual([]);
});

browserTest('nor does it after the page was loaded again, but for what has changed meanwhile', async () => {
  traffic.begin();
  await page.reload();
  await line(MESSAGES).waitFor();
  await scrollUntil(page, line(1), -0.8);
  await scrollUntil(page, line(MESSAGES), 0.8);
  await page.getByRole('status').filter({ hasText: /\S/ }).waitFor({ state: 'detached' });
  expect(traffic.asked.filter((one) => /history|messages|events/.test(one))).toEqual([]);
  // The greeting and one sync in which nothing came.
  expect(traffic.bytes).toBeLessThan(3 * STANDING_BYTES_MAX);
  traffic.begin();
  await (await writer.commands.send(room, 'line 401 is new')).outcome();
  await line(MESSAGES + 1).waitFor();
  expect(traffic.bytes).toBeGreaterThan(100);
  expect(traffic.bytes).toBeLessThan(STANDING_BYTES_MAX);
  expect(town.complaints).toEqual([]);
});
