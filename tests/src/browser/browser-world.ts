import path from 'node:path';
import type { MaruClient } from '@maru/client';
import { APP_PAGE, type AppPage } from '@maru/client/testing/app-page';
import { type BrowserUnderTest, startBrowser } from '@maru/client/testing/chromium';
import type { RoomId } from '@maru/protocol';
import type { Route } from 'playwright-core';
import { Devices } from '../processes/devices.ts';
import { type DeviceIdentity, seedPeople } from '../processes/people.ts';
import { FREE_RATES, ServerProcess } from '../processes/server-process.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';

declare const app: AppPage;

/** Less than a test has: what waits on behind its end would disturb the next one. */
const WAITED_MS_MAX = 50_000;

/** A page of the person's, with what its connections said. */
export interface OpenTab {
  readonly page: Awaited<ReturnType<BrowserUnderTest['openPage']>>;
  /** Frames that it sent over sockets, of all its connections. */
  readonly up: string[];
  readonly down: string[];
  sockets: number;
  /** Everything that was asked by HTTP, but for the page itself. */
  readonly requests: string[];
  call<K extends keyof AppPage>(
    method: K,
    ...args: Parameters<AppPage[K]>
  ): Promise<Awaited<ReturnType<AppPage[K]>>>;
  /** Waits until it gives this. Rejects at once where something fails in the page, as a message does, or time is over. */
  until<K extends keyof AppPage>(
    method: K,
    args: Parameters<AppPage[K]>,
    isSo: (given: Awaited<ReturnType<AppPage[K]>>) => boolean,
  ): Promise<void>;
  /** Its process dies. */
  crash(): Promise<void>;
  /** Nothing in it runs, with all that it holds, until what this gives is called. */
  sleep(): Promise<() => Promise<void>>;
}

/** A real server, somebody in a browser, and somebody else whom they talk with. */
export interface BrowserWorld extends AsyncDisposable {
  readonly browser: BrowserUnderTest;
  readonly server: ServerProcess;
  readonly other: MaruClient;
  readonly room: RoomId;
  openTab(): Promise<OpenTab>;
}

/** @param over what its tabs wait for they don't wait for any longer */
export async function browserWorld(over = AbortSignal.timeout(WAITED_MS_MAX)): Promise<BrowserWorld> {
  const stack = new AsyncDisposableStack();
  const folder = stack.use(temporaryFolder());
  const dataFolder = path.join(folder.path, 'data');
  const [person, friend] = await seedPeople(dataFolder, ['가영', 'Bo'], 1);
  const [mine, theirs] = [person?.devices[0], friend?.devices[0]];
  if (person === undefined || mine === undefined || theirs === undefined) throw new Error('two people');
  const server = stack.use(await ServerProcess.start({ dataFolder, flags: FREE_RATES }));
  const devices = stack.use(new Devices(server.url));
  const other = await devices.open(theirs);
  const { room, sending } = await other.commands.openDirect(person.user);
  await sending?.outcome();
  const browser = stack.use(await startBrowser(APP_PAGE, server.url));
  let opened = 0;
  return {
    ...{ browser, server, other, room },
    // The user signs in in the first one.
    openTab: () => openTab(browser, over, opened++ === 0 ? mine : undefined),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function openTab(
  browser: BrowserUnderTest,
  over: AbortSignal,
  identity?: DeviceIdentity,
): Promise<OpenTab> {
  const page = await browser.openPage();
  const [failed, isOver] = [Promise.withResolvers<never>(), Promise.withResolvers<never>()];
  // Nobody may be waiting.
  for (const { promise } of [failed, isOver]) promise.catch(() => undefined);
  page.on('pageerror', failed.reject);
  over.addEventListener('abort', () => isOver.reject(over.reason));
  const opened: OpenTab = {
    ...{ page, up: [], down: [], requests: [], sockets: 0 },
    call: (method, ...args) => {
      const called = page.evaluate(([name, given]) => (app[name] as (...all: unknown[]) => never)(...given), [
        method,
        args as unknown[],
      ] as const);
      return Promise.race([isOver.promise, called]);
    },
    until: async (method, args, isSo) => {
      let given: unknown;
      const asked = async () => {
        const now = await opened.call(method, ...args);
        given = now;
        return isSo(now);
      };
      try {
        while (!(await Promise.race([failed.promise, asked()]))) await Bun.sleep(5);
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : cause;
        throw new Error(`waited in vain (${why}): ${method} gave ${JSON.stringify(given)}`, { cause });
      }
    },
    sleep: async () => {
      const held = Promise.withResolvers<Route>();
      await page.route('**/sleep', held.resolve);
      const sleeping = page.evaluate(() => app.sleep());
      // Where the test ends while it sleeps nobody waits for it.
      sleeping.catch(() => undefined);
      const route = await held.promise;
      return async () => {
        await route.fulfill({ body: '' });
        await sleeping;
      };
    },
    crash: async () => {
      const session = await browser.context.newCDPSession(page);
      const crashed = new Promise((resolve) => page.once('crash', resolve));
      session.send('Page.crash').catch(() => undefined);
      await crashed;
      await page.close();
    },
  };
  page.on('request', (request) => opened.requests.push(request.url()));
  page.on('websocket', (socket) => {
    opened.sockets++;
    socket.on('framesent', ({ payload }) => opened.up.push(String(payload)));
    socket.on('framereceived', ({ payload }) => opened.down.push(String(payload)));
  });
  const gateway = { url: '', ticket: '', expiresAt: 0 };
  if (identity === undefined) await opened.call('start');
  else await opened.call('start', { ...identity, gateway });
  return opened;
}
