import type { Locator, Page } from 'playwright-core';

/** How often it is scrolled at most. */
const TURNS_MAX = 400;
/** Rows that came into the page are measured by then. */
const TURN_MS = 30;

/** Scrolls a conversation by parts of its view, up where that is negative, until a message is in sight. */
export async function scrollUntil(page: Page, message: Locator, by: number): Promise<void> {
  const list = page.getByRole('log');
  for (let turns = 0; turns < TURNS_MAX && !(await isInSight(message)); turns++) {
    await list.evaluate((element, part) => element.scrollBy(0, element.clientHeight * part), by);
    await page.waitForTimeout(TURN_MS);
  }
  await message.waitFor();
}

/** Whether it is in the page, and some of it, or all, in what can be seen of its list. */
export function isInSight(message: Locator, much: 'some' | 'all' = 'some'): Promise<boolean> {
  return message.evaluateAll(([first], wanted) => {
    const list = first?.closest('[role=log]')?.getBoundingClientRect();
    if (first === undefined || list === undefined) return false;
    const { top, bottom } = first.getBoundingClientRect();
    return wanted === 'all'
      ? top >= list.top && bottom <= list.bottom + 1
      : bottom > list.top && top < list.bottom;
  }, much);
}

/** Waits until the view has found its place: whoever scrolls sooner than a hand can is taken for the app itself. */
export async function isStill(page: Page): Promise<void> {
  const offset = () => page.getByRole('log').evaluate((log) => log.scrollTop);
  for (let before = -1, now = await offset(); now !== before; now = await offset()) {
    before = now;
    await page.waitForTimeout(300);
  }
}
