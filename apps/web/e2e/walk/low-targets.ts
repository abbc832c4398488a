import type { Page } from 'playwright-core';

/** What docs/design.md promises, in CSS pixels, and a hair less, for what is rounded. */
const LEAST = { anywhere: 39.5, edge: 43.5, edgeWithin: 4 } as const;

/**
 * What can be pressed, and is lower than a finger wants it: what counts is from where to where a touch is taken for it,
 * by itself, by what enlarges it, or by its label. Left out is what docs/design.md excepts.
 */
export function lowTargetsOf(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const CONTROLS =
      'a[href], button, select, textarea, input, summary, [role^=menuitem], [role=option], [role=tab]';
    const OVER = '[role=menu], [role=alert], [role=status], [role=listbox], [role=toolbar]';
    const { clientWidth: width } = document.documentElement;
    const heightOf = (element: Element) => element.getBoundingClientRect().height;

    /** Links and covers in a running text, and what a message's menu has, too. */
    const isExcepted = (control: Element) =>
      control.matches('article [aria-haspopup=dialog]') ||
      (/^inline/.test(getComputedStyle(control).display) &&
        control.closest('article [dir=auto], p') !== null);

    const leastOf = (control: Element): number => {
      const { left, right } = control.getBoundingClientRect();
      return Math.min(left, width - right) < least.edgeWithin ? least.edge : least.anywhere;
    };

    /** How far up and down from its middle a touch reaches it; all where something lies over it for the moment. */
    const reachOf = (control: Element): number => {
      // Not to an edge: what enlarges it would be cut there.
      control.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
      const { left, right, top, bottom } = control.getBoundingClientRect();
      const [x, middle] = [(left + right) / 2, (top + bottom) / 2];
      const isHit = (y: number) => control.contains(document.elementFromPoint(x, y));
      if (!isHit(middle)) return document.elementFromPoint(x, middle)?.closest(OVER) ? Infinity : 0;
      let [up, down] = [middle, middle];
      while (isHit(up - 1)) up -= 1;
      while (isHit(down + 1)) down += 1;
      return down - up + 1;
    };

    /** Does it, and leaves everything scrolled as it was. */
    const unmoved = <T>(element: Element, act: () => T): T => {
      const kept: (() => void)[] = [];
      for (let one = element.parentElement; one !== null; one = one.parentElement) {
        const [scroller, x, y] = [one, one.scrollLeft, one.scrollTop];
        kept.push(() => scroller.scrollTo({ left: x, top: y, behavior: 'instant' }));
      }
      try {
        return act();
      } finally {
        for (const restore of kept) restore();
      }
    };

    const isLow = (control: HTMLElement): boolean => {
      const labels = control instanceof HTMLInputElement ? [...(control.labels ?? [])] : [];
      const wanted = leastOf(control);
      return (
        [control, ...labels].every((one) => heightOf(one) < wanted) &&
        unmoved(control, () => reachOf(control)) < wanted
      );
    };

    // Nothing behind a dialog can be touched.
    const dialog = [...document.querySelectorAll('[role=dialog], [role=alertdialog]')].at(-1);
    return [...(dialog ?? document).querySelectorAll<HTMLElement>(CONTROLS)]
      .filter((control) => control.checkVisibility({ visibilityProperty: true }))
      .filter((control) => !control.closest('[aria-hidden=true], [inert]') && !isExcepted(control))
      .filter(isLow)
      .map(
        (control) => `is only ${Math.round(heightOf(control))} px high: ${control.outerHTML.slice(0, 160)}`,
      );
  }, LEAST);
}
