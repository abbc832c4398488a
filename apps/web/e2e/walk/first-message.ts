import type { Page } from 'playwright-core';

/** What somebody does with their hands. */
export interface Hands {
  readonly fields: number;
  readonly presses: number;
}

export interface FirstVisit {
  readonly handle: string;
  /** The handle of whom they write to. */
  readonly to: string;
  readonly text: string;
}

/**
 * From the first page to the first message that the server has, by somebody who has no account and knows a handle:
 * everything that has to be done, each as soon as it can be. The page is open, in English.
 */
export async function firstMessage(page: Page, { handle, to, text }: FirstVisit): Promise<Hands> {
  let [fields, presses] = [0, 0];
  const fill = async (label: string, value: string) => {
    await page.getByLabel(label, { exact: true }).fill(value);
    fields++;
  };
  const press = async (name: string) => {
    await page.getByRole('button', { name, exact: true }).click();
    presses++;
  };
  await fill('Handle', handle);
  await fill('Password', 'correct horse');
  await press('Sign up');
  await press('I have kept them');
  await press('Find somebody');
  await fill('Find somebody by handle', to);
  await press('Find');
  await fill('Message', text);
  await press('Send');
  await page
    .getByRole('article')
    .filter({ hasText: text })
    .getByLabel(/^(Sent|Delivered|Read)$/)
    .waitFor();
  return { fields, presses };
}
