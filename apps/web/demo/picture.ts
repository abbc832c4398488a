/**
 * Makes the picture of the README, from the demonstration: `npm run picture -- FILE.webp`. A desktop in light with a
 * phone in dark before it, both signed in as people are.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startBrowser } from '../e2e/browser.ts';
import { runDemo } from './run-demo.ts';

const MARU = path.resolve(import.meta.dir, '..', '..', 'cli', 'src', 'main.ts');
const DESKTOP = { viewport: { width: 1180, height: 720 }, locale: 'ko-KR', colorScheme: 'light' } as const;
const PHONE = { viewport: { width: 340, height: 600 }, locale: 'en-US', colorScheme: 'dark' } as const;
/** People have read and answered by then. */
const SETTLED_MS = 2_500;
const QUALITY = 82;

const file = path.resolve(process.argv[2] ?? 'docs/maru-web.webp');
await using demo = await runDemo({ maru: MARU, port: 0, seed: 3, pace: 2, onFault: console.error });
const browser = await startBrowser();
try {
  const [first, second] = demo.links;
  const desktop = await enter(browser, first, DESKTOP);
  const phone = await enter(browser, second, PHONE);
  await desktop
    .getByRole('link', { name: /토요일 산행 모임/ })
    .first()
    .click();
  await phone
    .getByRole('link', { name: /Seoul in spring/ })
    .first()
    .click();
  // The click has scrolled the list to the row: back to where a visitor finds it.
  await desktop.mouse.move(160, 400);
  await desktop.mouse.wheel(0, -5_000);
  await desktop.mouse.move(700, 20);
  await Bun.sleep(SETTLED_MS);
  const shots = [await desktop.screenshot(), await phone.screenshot()] as const;
  writeFileSync(file, await composed(browser, shots));
} finally {
  await browser.close();
}

async function enter(browser: Browser, link: string, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ ...options, deviceScaleFactor: 1.5 });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole('link').first().waitFor();
  return page;
}

/** Both on one sheet. */
async function composed(browser: Browser, [desktop, phone]: readonly [Buffer, Buffer]): Promise<Buffer> {
  const { width, height } = DESKTOP.viewport;
  const page = await browser.newPage({
    viewport: { width: width + 190, height: height + 96 },
    deviceScaleFactor: 1.25,
  });
  const source = (picture: Buffer) => `data:image/png;base64,${picture.toString('base64')}`;
  await page.setContent(`<style>
    body { margin: 0; background: #ebe5d8 }
    img { position: absolute; display: block; box-shadow: 0 10px 36px #3a30203d, 0 0 0 1px #3a302026 }
    .desktop { left: 32px; top: 32px; width: ${width}px; border-radius: 12px }
    .phone { right: 28px; bottom: 26px; width: ${PHONE.viewport.width * 0.86}px; border-radius: 26px;
      box-shadow: 0 14px 44px #3a302066, 0 0 0 7px #1b1916 }
  </style><img class="desktop" src="${source(desktop)}"><img class="phone" src="${source(phone)}">`);
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  return Buffer.from(data, 'base64');
}
