import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RoomId } from '@maru/protocol';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { Actor } from '../demo/actor.ts';
import { serveDemo } from '../demo/serve-demo.ts';
import { startBrowser } from '../e2e/browser.ts';
import type { Figure } from './figure.ts';

export interface BenchTown extends AsyncDisposable {
  readonly url: string;
  /** Who writes; who reads has the browser. */
  readonly writer: Actor;
  /** The room of many messages, and one of few. */
  readonly big: RoomId;
  readonly small: RoomId;
  /** How long it took to put the messages in. */
  readonly filling: Figure;
  readonly page: Page;
  readonly context: BrowserContext;
}

export interface BenchTownOptions {
  /** The program `maru`, and the folder of the built app. */
  readonly maru: string;
  readonly web: string;
  /** In the big room. */
  readonly messages: number;
}

export const PASSWORD = 'correct horse';
const SMALL_MESSAGES = 60;
/** Given at once: as many as may be in flight. */
const BATCH = 64;
/** The figures are of the page: the server's rates stand in nobody's way. */
const RATES = ['--rate-commands', '100000', '--rate-bytes', '100000000'];

/** A server, a room of many messages, and a browser that is signed in on a desktop. */
export async function makeBenchTown({ maru, web, messages }: BenchTownOptions): Promise<BenchTown> {
  await using resources = new AsyncDisposableStack();
  const data = mkdtempSync(path.join(tmpdir(), 'maru-bench-web-'));
  resources.defer(() => rmSync(data, { recursive: true, force: true }));
  const more = ['--web', web, ...RATES];
  const { url } = resources.use(await serveDemo({ maru, data, port: 0, more }));
  const join = (handle: string, name: string) =>
    Actor.signUp({ url, password: PASSWORD, character: { handle, name, language: 'en' } });
  const writer = resources.use(await join('writer', 'Writer'));
  const reader = await join('reader', 'Reader');
  const small = await makeGroup(writer, 'Small room', reader);
  const big = await makeGroup(writer, 'Big room', reader);
  await reader[Symbol.asyncDispose]();
  await fill(writer, small, SMALL_MESSAGES);
  const begin = performance.now();
  await fill(writer, big, messages);
  const filling: Figure = {
    ...{ metric: 'filling the big room', value: (performance.now() - begin) / 1000, unit: 's' },
    note: `${messages} messages`,
  };
  const browser: Browser = await startBrowser();
  resources.defer(() => browser.close());
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
  });
  await logIn(context, url);
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('link', { name: /Big room/ }).waitFor();
  const all = resources.move();
  const dispose = () => all.disposeAsync();
  return { url, writer, big, small, filling, page, context, [Symbol.asyncDispose]: dispose };
}

/** Signs who reads in with one more browser. */
export async function logIn(context: BrowserContext, url: string): Promise<void> {
  await context.request.post(`${url}/v1/sessions`, {
    headers: { origin: url },
    data: { handle: 'reader', password: PASSWORD, device: { name: 'bench', credential: 'cookie' } },
  });
}

async function makeGroup(writer: Actor, name: string, reader: Actor): Promise<RoomId> {
  if (writer.client === undefined) throw new Error('the writer is away');
  const sending = await writer.client.commands.createGroup(name, [reader.user]);
  await sending.outcome();
  return sending.room;
}

/** Lines of several lengths, so that rows are of several heights. */
function lineOf(at: number): string {
  return `${at}: ${'마루에서 나눈 이야기 and what was said on it. '.repeat(1 + ((at * 7) % 5))}`;
}

async function fill(writer: Actor, room: RoomId, messages: number): Promise<void> {
  for (let from = 0; from < messages; from += BATCH) {
    const some = Array.from({ length: Math.min(BATCH, messages - from) }, (_, at) => lineOf(from + at));
    await Promise.all(some.map((text) => writer.say(room, text)));
  }
}
