import type { Page } from 'playwright-core';

/** An address that the service worker leaves to the server. */
const ELSEWHERE = '/docs/another-app';

/**
 * Shares something to the installed app as a system does: a form, by navigation. It comes from no page of the app, whose
 * policy lets none send a form.
 */
export async function shareAsSystem(page: Page, parts: Readonly<Record<string, string>>): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const address = new URL(ELSEWHERE, page.url()).href;
  // Systems share in UTF-8, as a form does whose page is.
  const body = '<title>-</title>';
  await page.route(address, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
  await page.goto(address);
  await page.unroute(address);
  await page.evaluate((given) => {
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', enctype: 'multipart/form-data', action: '/share' });
    for (const [name, value] of Object.entries(given)) {
      const input = document.createElement('input');
      Object.assign(input, { type: 'hidden', name, value });
      form.append(input);
    }
    document.body.append(form);
    form.submit();
  }, parts);
}
