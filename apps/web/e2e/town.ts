import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { buildApp } from '../build/build-app.ts';
import { becomes } from './becomes.ts';
import { startBrowser } from './browser.ts';
import { importLog } from './import-log.ts';
import { type Running, runMaru, startServer } from './processes.ts';

export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const;
export const DESKTOP = { viewport: { width: 1440, height: 900 } } as const;

/**
 * How long a page is waited for: longer than a device may wait before it tries again to reach a server that was down, and
 * less than a test has.
 */
const PAGE_MS_MAX = 60_000;

/** What Chromium writes into the console when there is no answer, or one that says no. */
const NO_ANSWER = /^Failed to load resource|^WebSocket connection to '[^']+' failed/;

/** Somebody with a browser of their own. */
export interface Person {
  readonly page: Page;
  readonly handle: string;
}

/** What is done to somebody's browser before its first page. */
export type Prepare = (context: BrowserContext) => Promise<void>;
const unprepared: Prepare = () => Promise.resolve();

/** A real server with the built app, and people with browsers of their own. What pages complain of is kept. */
export class Town implements AsyncDisposable {
  readonly url: string;
  /**
   * What pages have thrown or logged as errors, and what they asked others than their server for; an answer that says no
   * is none.
   */
  readonly complaints: string[] = [];
  readonly #browser: Browser;
  readonly #folder: string;
  #web: string;
  #versions = 0;
  #server: Running;
  readonly #more: readonly string[];
  readonly #resources: AsyncDisposableStack;

  private constructor(
    parts: { browser: Browser; folder: string; web: string; server: Running; more: readonly string[] },
    resources: AsyncDisposableStack,
  ) {
    this.url = parts.server.url;
    this.#browser = parts.browser;
    this.#folder = parts.folder;
    this.#web = parts.web;
    this.#server = parts.server;
    this.#more = parts.more;
    this.#resources = resources;
  }

  /** @param more what its server is told beside its folders and its port */
  static async start(more: readonly string[] = []): Promise<Town> {
    const resources = new AsyncDisposableStack();
    const folder = mkdtempSync(path.join(tmpdir(), 'maru-e2e-'));
    resources.defer(() => rmSync(folder, { recursive: true, force: true }));
    const { path: web } = resources.use(await buildApp());
    const server = await startServer({ data: path.join(folder, 'data'), web, more });
    const browser = await startBrowser();
    resources.defer(() => browser.close());
    return new Town({ browser, folder, web, server, more }, resources);
  }

  /** Makes who signs up with it the administrator, once. */
  get invite(): string | undefined {
    return this.#server.invite;
  }

  /** Ends the server as a machine without power does. Where it listened nobody does then. */
  async killServer(): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
  }

  /**
   * The server again, at the same address, with what it has stored.
   *
   * @param aheadMs how much later it is for it
   */
  async restartServer(aheadMs = 0): Promise<void> {
    await this.killServer();
    const { port } = new URL(this.url);
    this.#server = await startServer({
      data: path.join(this.#folder, 'data'),
      web: this.#web,
      port: Number(port),
      aheadMs,
      more: this.#more,
    });
  }

  /** The server again, with an app that was changed since. */
  async serveChanged(change: (folder: string) => void): Promise<void> {
    const folder = path.join(this.#folder, `web-${this.#versions++}`);
    cpSync(this.#web, folder, { recursive: true });
    change(folder);
    this.#web = folder;
    await this.restartServer();
  }

  /** Makes somebody an administrator of the server, as `maru admin promote` does; the server is down meanwhile. */
  async promote(handle: string): Promise<void> {
    await this.killServer();
    await runMaru(['admin', 'promote', handle, '--data', path.join(this.#folder, 'data')]);
    await this.restartServer();
  }

  /**
   * Makes a group of a log, called after it, with as many lines as wanted, which somebody reads; as `maru import irc`
   * does. The server is down meanwhile.
   */
  async importLog(name: string, lines: number, member: string): Promise<void> {
    await this.killServer();
    await importLog({ data: path.join(this.#folder, 'data'), folder: this.#folder, name, lines, member });
    await this.restartServer();
  }

  /** A page of somebody new, in English unless said otherwise. */
  async visit(
    options: BrowserContextOptions = DESKTOP,
    fragment = '',
    prepare: Prepare = unprepared,
  ): Promise<Page> {
    const context = await this.#browser.newContext({ locale: 'en-US', colorScheme: 'light', ...options });
    context.setDefaultTimeout(PAGE_MS_MAX);
    await prepare(context);
    return this.openTab(context, fragment);
  }

  /** One more page in somebody's browser. */
  async openTab(context: BrowserContext, fragment = ''): Promise<Page> {
    const page = await context.newPage();
    page.on('pageerror', (error) => this.complaints.push(error.stack || String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !NO_ANSWER.test(message.text())) this.complaints.push(message.text());
    });
    page.on('request', (request) => this.#asked(request.url()));
    page.on('websocket', (socket) => this.#asked(socket.url()));
    await page.goto(`${this.url}/${fragment}`);
    return page;
  }

  /** Pages ask their own server for everything, and nobody else for anything. */
  #asked(url: string): void {
    const { protocol, host } = new URL(url);
    if (protocol === 'blob:' || protocol === 'data:' || host === new URL(this.url).host) return;
    this.complaints.push(`asked somebody else: ${url}`);
  }

  /** Signs somebody up who has nothing yet; in English. */
  async signUp(
    handle: string,
    options: BrowserContextOptions = DESKTOP,
    fragment = '',
    prepare?: Prepare,
  ): Promise<Person> {
    const page = await this.visit(options, fragment, prepare);
    await page.getByLabel('Handle').fill(handle);
    await page.getByLabel('Password').fill('correct horse');
    await page.getByRole('button', { name: 'Sign up' }).click();
    await page.getByRole('button', { name: 'I have kept them' }).click();
    return { page, handle };
  }

  /** Mina, and Jun who came by a link to her and wrote first; both have the conversation open. */
  async signUpTwo(
    words: readonly string[] = ['first'],
    options: BrowserContextOptions = DESKTOP,
  ): Promise<readonly [mina: Person, jun: Person]> {
    const mina = await this.signUp('mina', options);
    const jun = await this.signUp('jun', DESKTOP, '#/with/mina');
    for (const text of words) await say(jun, text);
    await mina.page.goto(`${this.url}/#/with/jun`);
    await mina.page.getByRole('button', { name: 'Accept' }).click();
    return [mina, jun];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.killServer();
    await this.#resources.disposeAsync();
  }
}

/** Follows a link to somebody with whom there is no conversation yet, such as `#/with/jun`. */
export async function meet({ page }: Pick<Person, 'page'>, fragment: string): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/${fragment}`);
  await page.getByRole('dialog').getByRole('button', { name: 'Open the conversation' }).click();
}

/** Where a message is written. */
export const field = (page: Page) => page.getByRole('textbox', { name: 'Message' });

/** Messages that say something. */
export const bubble = (page: Page, text: string | RegExp) =>
  page.getByRole('article').filter({ hasText: text });

/** Writes a message as people do, and sends it. */
export async function say({ page }: Pick<Person, 'page'>, text: string): Promise<void> {
  await field(page).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

/** Expects that so much comes to be written there: a draft is put there a moment after the field is in the page. */
export function holds(page: Page, text: string): Promise<void> {
  return becomes(() => field(page).inputValue(), text);
}
