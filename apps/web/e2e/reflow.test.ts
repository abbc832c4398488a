import { afterAll, beforeAll, expect } from 'bun:test';
import type { Page } from 'playwright-core';
import { browserTest, hasBrowser } from './browser.ts';
import { PHONE, Town } from './town.ts';
import { lowTargetsOf } from './walk/low-targets.ts';
import { rowsOf } from './walk/rows-of.ts';
import { CHAPTERS } from './walk/screens.ts';
import { makeTownsfolk, type Townsfolk } from './walk/townsfolk.ts';
import { type WalkOptions, walk } from './walk/walk.ts';

/** Many people and all that they have said, on a busy machine. */
const START_MS_MAX = 300_000;

const STILL = { reducedMotion: 'reduce' } as const;
/** What makes a page narrow, or what stands in it wide; and, in the last two, all of it from right to left. */
const TIGHT: Readonly<Record<string, WalkOptions>> = {
  'a phone with very large text': {
    context: { ...PHONE, ...STILL },
    language: 'ko',
    kept: { 'maru.preferences': JSON.stringify({ textSize: 'huge' }) },
  },
  'a desktop at 200 %': { context: { viewport: { width: 720, height: 450 }, ...STILL }, language: 'en' },
  'a phone, from right to left': {
    context: { ...PHONE, ...STILL },
    language: 'en',
    kept: { 'maru.direction': 'rtl' },
  },
};

let town: Town;
let folk: Townsfolk;
beforeAll(async () => {
  if (!hasBrowser) return;
  town = await Town.start();
  folk = await makeTownsfolk(town);
}, START_MS_MAX);
afterAll(async () => {
  await folk?.[Symbol.asyncDispose]();
  await town?.[Symbol.asyncDispose]();
});

for (const [where, options] of Object.entries(TIGHT)) {
  for (const chapter of CHAPTERS) {
    browserTest(
      `nothing is cut off, out of reach or hard to touch on ${where}: ${chapter.name}`,
      async () => {
        const found: string[] = [];
        const rows = new Set<string>();
        await walk({ town, folk }, chapter, options, async (page, screen) => {
          const faults = await overflowsOf(page);
          if ('hasTouch' in options.context) faults.push(...(await lowTargetsOf(page)));
          for (const fault of faults) found.push(`${screen}: ${fault}`);
          for (const row of await rowsOf(page)) rows.add(row);
        });
        expect(found).toEqual([]);
        if (chapter.name === 'talk') expect([...rows]).toEqual(['68 px with 48 px']);
      },
    );
  }
}

/** What is wider than its place, and controls that no scrolling brings into sight. */
function overflowsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    /** What is scrolled to its side. */
    const SIDEWAYS = 'pre, .overflow-x-auto';
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    const tell = (fault: string, { outerHTML }: Element) =>
      faults.push(`${fault}: ${outerHTML.slice(0, 160)}`);
    for (const element of document.querySelectorAll<HTMLElement>('body, body *')) {
      const { overflowX, overflowClipMargin, textOverflow } = getComputedStyle(element);
      const shownBeside = overflowX === 'clip' ? Number.parseFloat(overflowClipMargin) || 0 : 0;
      // Code has lines as long as they are, folders a row of their own; a name or a line that is cut ends in dots.
      const mayBeWider =
        element.matches(SIDEWAYS) || textOverflow === 'ellipsis' || element.closest('.sr-only');
      const isCut = overflowX !== 'visible' && element.scrollWidth > element.clientWidth + shownBeside + 1;
      if (isCut && !mayBeWider && element.clientWidth > 0) tell('is wider than its place', element);
    }
    for (const control of document.querySelectorAll<HTMLElement>('a, button, input, select, textarea')) {
      if (!control.checkVisibility({ visibilityProperty: true }) || control.closest(`${SIDEWAYS}, .sr-only`))
        continue;
      if (control.matches('.sr-only')) continue;
      const { left, right, top, bottom } = control.getBoundingClientRect();
      if (left < -1 || right > width + 1) tell('sticks out at a side', control);
      let scroller = control.parentElement;
      while (scroller !== null && !/auto|scroll/.test(getComputedStyle(scroller).overflowY))
        scroller = scroller.parentElement;
      if (scroller === null && (top < -1 || bottom > height + 1)) tell('is out of reach', control);
    }
    return faults;
  });
}
