import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Language } from '../../src/i18n/language.ts';
import type { Town } from '../town.ts';
import type { Chapter } from './screen.ts';
import { PASSWORD, type Townsfolk } from './townsfolk.ts';
import { Walker } from './walker.ts';

export interface WalkOptions {
  readonly context: BrowserContextOptions;
  readonly language: Language;
  /** What the browser was told before, by the keys of its storage. */
  readonly kept?: Readonly<Record<string, string>>;
}

/** Goes through a chapter's screens and looks at each. What a screen could not be brought to is said with its name. */
export async function walk(
  { town, folk }: { readonly town: Town; readonly folk: Townsfolk },
  chapter: Chapter,
  { context, language, kept = {} }: WalkOptions,
  look: (page: Page, screen: string) => Promise<void>,
): Promise<void> {
  const localStorage = Object.entries({ 'maru.language': language, ...kept }).map(([name, value]) => ({
    name,
    value,
  }));
  const page = await town.visit({
    ...context,
    storageState: { cookies: [], origins: [{ origin: town.url, localStorage }] },
  });
  page.setDefaultTimeout(SCREEN_MS_MAX);
  const walker = new Walker(page, folk, { town, language });
  await page.locator('form').waitFor();
  if (chapter.as === 'mina') await walker.logIn('mina', PASSWORD);
  for (const { name, show } of chapter.screens) {
    try {
      if (chapter.as === 'mina') await walker.home();
      await show(walker);
      await walker.settled();
    } catch (error) {
      const instead = await page.locator('body').innerText();
      throw new Error(
        `no way to the screen ${name}: ${error}; there is: ${instead}; it complains: ${town.complaints.join()}`,
        { cause: error },
      );
    }
    await look(page, name);
  }
  await page.context().close();
  if (chapter.name === 'trouble') await town.restartServer();
}

const SCREEN_MS_MAX = 30_000;
