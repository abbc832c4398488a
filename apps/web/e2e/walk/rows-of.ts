import type { Page } from 'playwright-core';

/** How high each conversation of a list is, and its picture, in CSS pixels at the normal text size. */
export function rowsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const unit = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const heightOf = (element: Element | null) =>
      Math.round((element?.getBoundingClientRect().height ?? 0) / unit);
    return [...document.querySelectorAll('nav a[data-room]')]
      .filter((row) => row.checkVisibility())
      .map((row) => `${heightOf(row)} px with ${heightOf(row.querySelector('.rounded-full, img'))} px`);
  });
}
