import type { KeyboardEvent } from 'react';

/**
 * The arrows go from one message to the next, once the list or one of its messages has the focus; from the list to the
 * last one in sight. Home and End are the browser's: they scroll.
 */
export function moveAmongMessages(event: KeyboardEvent<HTMLElement>): void {
  const { key, currentTarget: list, target } = event;
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return;
  const articles = [...list.querySelectorAll('article')];
  const at = articles.indexOf(target as HTMLElement);
  if (at < 0 && target !== list) return;
  const end = list.getBoundingClientRect().bottom;
  const next =
    at < 0
      ? articles.findLast((article) => article.getBoundingClientRect().bottom <= end + 1)
      : articles[at + (key === 'ArrowUp' ? -1 : 1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}
