import type { Page } from 'playwright-core';

/** What is seen of an imported log in the open conversation. */
export interface Seen {
  /** The numbers of its lines that are in view, from above; quoted ones are none. */
  readonly lines: readonly number[];
  /** Messages in the page. */
  readonly articles: number;
  /** How high all that is loaded is, in pixels. */
  readonly height: number;
}

/** Scrolls by so many pixels, and tells what is seen then. */
export function scrollAndLook(page: Page, pixels: number): Promise<Seen> {
  return page.getByRole('log').evaluate(async (log, by) => {
    log.scrollBy(0, by);
    // Drawn, and measured once it was.
    for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
    const said = /line (\d+) what was said/;
    const { top, bottom } = log.getBoundingClientRect();
    const articles = [...log.querySelectorAll('article')];
    const lines = articles.flatMap((article) => {
      const box = article.getBoundingClientRect();
      const isQuoted = [...article.querySelectorAll('button')].some((one) =>
        said.test(one.textContent ?? ''),
      );
      const number = isQuoted ? undefined : said.exec(article.textContent ?? '')?.[1];
      return number === undefined || box.bottom <= top || box.top >= bottom ? [] : [Number(number)];
    });
    return { lines, articles: articles.length, height: log.scrollHeight };
  }, pixels);
}
