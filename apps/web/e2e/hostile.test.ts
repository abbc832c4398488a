import { afterAll, beforeAll, expect } from 'bun:test';
import { createApi, type MaruClient, systemEnvironment } from '@maru/client';
import { type Content, countCodePoints, type Entity, type RoomId, type UserId } from '@maru/protocol';
import type { Locator, Page } from 'playwright-core';
import { bareDevice } from './bare-device.ts';
import { browserTest, hasBrowser } from './browser.ts';
import { scrollUntil } from './scrolling.ts';
import { type Person, PHONE, Town } from './town.ts';

const START_MS_MAX = 120_000;

const NAME = 'שלום 42 <img src=x onerror=alert(1)>';
const STATUS = 'javascript:alert(2) <b onclick=alert(3)>مرحبا 17</b>';
const GROUP = `קבוצה 7 <script>alert(4)</script> Z${'\u0301'.repeat(28)}`;

/** Nobody writes so by accident; each is a message of its own. */
const MESSAGES = [
  '<script>alert(5)</script><img src=x onerror=alert(6)><svg onload=alert(7)>',
  'javascript:alert(8) data:text/html,<script>alert(9)</script> vbscript:x JaVaScRiPt://www.example.com/%0aalert(10)',
  'turned \u202etxt.exe\u202d \u2067bank\u2066 left open',
  'homoglyphs https://www.p\u0430ypal.example/login and https://xn--pypal-4ve.example/',
  'named before it https://bank.example@evil.example/ and https://bank.example:443@evil.example/',
  'zero\u200bwidth\u200d\u2060\ufeff\u00ad of all kinds https://ba\u200bnk.example/',
  `storm Z${'\u0301\u0335\u0489\u20dd'.repeat(500)} end`,
  `unbroken ${'W'.repeat(99_000)} end`,
  `flags ${'\ufdfd'.repeat(400)} ${'𒐫'.repeat(60)}`,
  `[my bank](https://evil.example/) **<b>** ||<i>|| \`\${alert(11)}\``,
  'مرحبا 123 שלום (45) https://عربي.example/أ?1=2',
  '{name} %s {{constructor.constructor("alert(12)")()}}',
];

/** A link whose text says that it leads elsewhere. */
const MASKS = [
  { text: 'https://bank.example/', url: 'https://evil.example/' },
  { text: 'https://bank.example/?evil.example', url: 'https://evil.example/' },
  { text: '\u202e/elpmaxe.knab//:sptth', url: 'https://evil.example/' },
];

/** Said to be links, of schemes that open other programs or run. */
const SCHEMES = ['javascript://evil.example/%0aalert(17)', 'intent://evil.example/#Intent;scheme=x;end'];

/** Of a kind that nobody has checked, with what a text has in other shapes. */
const MISSHAPEN = { type: 'later', text: 'here', line: 'here', entities: 5, forwarded: 7 } as Content;

let town: Town;
let reader: Person;
let client: MaruClient;
let group: RoomId;
const ran: string[] = [];
const asked: string[] = [];

beforeAll(async () => {
  if (!hasBrowser) return;
  town = await Town.start();
  reader = await town.signUp('reader', PHONE);
  const { page } = reader;
  watch(page);
  await page.reload();
  client = await bareDevice(town.url, 'mallory', NAME);
  await client.updateProfile({ status: STATUS });
  const person = await client.findPerson('reader');
  const { room } = await client.commands.openDirect(person.user);
  for (const text of MESSAGES) await client.commands.send(room, text);
  for (const { text, url } of MASKS) {
    const entities: Entity[] = [{ type: 'link', offset: 0, length: countCodePoints(text), url }];
    await client.commands.send(room, text, { entities });
  }
  for (const text of SCHEMES) {
    const entities: Entity[] = [{ type: 'link', offset: 0, length: countCodePoints(text) }];
    await client.commands.send(room, text, { entities });
  }
  await page.goto(`${town.url}/#/with/mallory`);
  await page.getByRole('button', { name: 'Accept' }).click();
  await askMisshapen('stranger', person.user);
  ({ room: group } = await client.commands.createGroup(GROUP, [person.user]));
  await (await client.commands.send(group, `${MESSAGES[2]} @reader`)).outcome();
}, START_MS_MAX);
afterAll(async () => {
  await client?.[Symbol.asyncDispose]();
  await town?.[Symbol.asyncDispose]();
});

/** A request of somebody new whose note is of no kind that this version knows. */
async function askMisshapen(handle: string, user: UserId): Promise<void> {
  const { http } = systemEnvironment();
  const body = { handle, name: handle, password: 'correct horse', device: { name: 'bare' } };
  const { token = '' } = await createApi({ baseUrl: town.url, http }).signUp({ body });
  const api = createApi({ baseUrl: town.url, http, credential: { kind: 'bearer', token } });
  await api.requestContact({ params: { user }, body: { note: MISSHAPEN } });
}

/** Notes what runs that should not, what the policy reports, and what is asked of whom. */
function watch(page: Page): void {
  page.on('dialog', (dialog) => {
    ran.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('popup', (popup) => ran.push(`opened ${popup.url()}`));
  page.on('request', (request) => asked.push(request.url()));
  page.on('websocket', (socket) => asked.push(socket.url()));
  page.on('framenavigated', (frame) => asked.push(frame.url()));
  void page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`the policy reports ${violatedDirective} ${blockedURI}`),
    );
  });
}

/** Nothing ran, nothing was reported, and no word of what people wrote stands in an address. */
function expectQuiet(): void {
  expect(ran).toEqual([]);
  expect(town.complaints).toEqual([]);
  expect(asked.filter((url) => /evil|bank|alert|example|javascript|שלום|%D7/i.test(url))).toEqual([]);
}

/** How far the page, or anything in it that is not made to, can be moved sideways, in CSS pixels. */
function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = [...document.querySelectorAll('html, body, main, header, nav, section, article')];
    return wide
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .map((element) => `${element.tagName} ${element.textContent?.slice(0, 60)}`);
  });
}

/** The time of a message is read from left to right, whatever was written before it. */
async function expectTimeFromLeft(article: Locator): Promise<void> {
  const { first, last, time } = await article.locator('time').evaluate((element) => {
    const range = document.createRange();
    const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode() as Text;
    const leftOf = (from: number) => {
      range.setStart(text, from);
      range.setEnd(text, from + 1);
      return range.getBoundingClientRect().left;
    };
    return { first: leftOf(0), last: leftOf(text.length - 1), time: text.data };
  });
  expect(time).toMatch(/^\d/);
  expect(first).toBeLessThan(last);
}

/** Waits until what was scrolled to is in the page and measured: for some frames nothing about the list changes. */
function isDrawn(list: Locator): Promise<void> {
  return list.evaluate(
    (element) =>
      new Promise((done) => {
        let [before, same] = ['', 0];
        const look = () => {
          const rows = [...element.querySelectorAll('article')].map(({ offsetTop }) => offsetTop);
          const now = [element.scrollTop, element.scrollHeight, ...rows].join();
          same = now === before ? same + 1 : 0;
          before = now;
          if (same < 4) requestAnimationFrame(look);
          else done();
        };
        requestAnimationFrame(look);
      }),
  );
}

/** Scrolls through the whole conversation, and looks at it after each step. */
async function throughAll(page: Page, look: () => Promise<void>): Promise<void> {
  const list = page.getByRole('log');
  await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  for (let turns = 0; turns < 60; turns++) {
    await isDrawn(list);
    await look();
    const isOver = await list.evaluate((element) => {
      const before = element.scrollTop;
      element.scrollBy(0, -element.clientHeight / 2);
      return element.scrollTop === before;
    });
    if (isOver) return;
  }
}

browserTest('hostile messages run nothing, mislead nobody, and fit on a phone', async () => {
  const { page } = reader;
  await page.goto(`${town.url}/#/with/mallory`);
  const arabic = page.getByRole('article').filter({ hasText: 'مرحبا 123' });
  // It opens where the new ones begin, some screens above.
  await scrollUntil(page, arabic, 0.5);
  await expectTimeFromLeft(arabic);
  const links = new Map<string, { text: string; rel: string; target: string; beside: string }>();
  const wide = new Set<string>();
  await throughAll(page, async () => {
    for (const each of await sideways(page)) wide.add(each);
    const found = await page.locator('article a').evaluateAll((anchors) =>
      anchors.map((anchor) => ({
        href: (anchor as HTMLAnchorElement).href,
        text: anchor.textContent ?? '',
        rel: anchor.getAttribute('rel') ?? '',
        target: anchor.getAttribute('target') ?? '',
        beside: anchor.nextElementSibling?.textContent ?? '',
      })),
    );
    for (const { href, ...link } of found) links.set(`${href} ${link.text}`, link);
  });
  expect([...wide]).toEqual([]);
  expect(links.size).toBeGreaterThan(4);
  for (const [address, { text, rel, target, beside }] of links) {
    expect(address).toMatch(/^https?:/);
    expect(rel.split(' ')).toContain('noopener');
    expect(rel.split(' ')).toContain('noreferrer');
    expect(target).toBe('_blank');
    // What does not show where it leads has the host beside it, in letters that can't be mistaken.
    const { host } = new URL(address.split(' ')[0] ?? '');
    if (beside === '') expect(new URL(text.replace(/^www/, 'https://www')).host).toBe(host);
    else expect(beside).toMatch(/^ \([a-z0-9.-]+\)$/);
  }
  for (const { text } of MASKS) {
    const masked = [...links.values()].filter((link) => link.text === text);
    expect(masked.map(({ beside }) => beside)).toEqual([' (evil.example)']);
  }
  const homoglyph = [...links.values()].find(({ text }) => text.includes('p\u0430ypal'));
  expect(homoglyph?.beside).toMatch(/xn--/);
  expectQuiet();
});

browserTest('what has the shape of nothing that is known breaks no list', async () => {
  const { page } = reader;
  await page.goto(`${town.url}/#/requests`);
  await page.getByRole('link', { name: 'stranger' }).click();
  await page.getByRole('button', { name: 'Accept' }).waitFor();
  expectQuiet();
});

browserTest('a turned text turns nothing around it: neither its time nor the name before it', async () => {
  const { page } = reader;
  await page.goto(`${town.url}/#/room/${group}`);
  const turned = page.getByRole('article').filter({ hasText: 'left open' });
  await turned.waitFor();
  await expectTimeFromLeft(turned);
  expect(await sideways(page)).toEqual([]);

  // In the list the name, what was said and the time stay apart.
  await page.goto(`${town.url}/#/`);
  const row = page.getByRole('link').filter({ hasText: 'קבוצה' }).first();
  await row.waitFor();
  const places = await row.evaluate((element) => {
    const name = element.querySelector('bdi')?.getBoundingClientRect();
    const at = element.querySelector('time')?.getBoundingClientRect();
    return { name: name?.right ?? 0, at: at?.left ?? 0, height: element.getBoundingClientRect().height };
  });
  expect(places.name).toBeLessThanOrEqual(places.at);
  expect(places.height).toBeLessThan(80);
  expect(await sideways(page)).toEqual([]);
  expectQuiet();
});

browserTest('hostile names of people and groups are text wherever they stand', async () => {
  const { page } = reader;
  await page.goto(`${town.url}/#/with/mallory`);
  await page.getByRole('heading', { name: NAME }).waitFor();
  expect(await sideways(page)).toEqual([]);
  await page.getByRole('link', { name: 'שלום' }).first().click();
  await page.getByText(STATUS).waitFor();
  expect(await sideways(page)).toEqual([]);
  await page.goto(`${town.url}/#/details/${group}`);
  await page.getByText('<script>alert(4)</script>').locator('visible=true').first().waitFor();
  expect(await sideways(page)).toEqual([]);
  await page.goto(`${town.url}/#/people`);
  await page.getByRole('heading', { name: 'People' }).waitFor();
  expect(await sideways(page)).toEqual([]);
  const sign = await page.title();
  expect(sign).not.toContain('alert');
  expectQuiet();
});

browserTest('addresses that are no places of the app lead to the list, and run nothing', async () => {
  const { page } = reader;
  const places = [
    '#join=<script>alert(13)</script>',
    '#user=javascript:alert(14)',
    '#invite=%22%3E%3Cimg%20src=x%20onerror=alert(15)%3E',
    '#/with/<img src=x onerror=alert(16)>',
    '#/room/../../v1/me',
    `#/channels-${'x'.repeat(10_000)}`,
  ];
  const before = asked.length;
  for (const place of places) {
    await page.goto(`${town.url}/${place}`);
    await page.getByRole('heading', { name: 'Chats' }).waitFor();
  }
  // The frame's own address is what was typed: it goes nowhere.
  asked.splice(before);
  expectQuiet();
});
