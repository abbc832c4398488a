import type { Page } from 'playwright-core';
import type { Language } from '../../src/i18n/language.ts';
import type { TextKey } from '../../src/i18n/translator.ts';
import { isStill, scrollUntil } from '../scrolling.ts';
import { shareAsSystem } from '../share-as-system.ts';
import type { Town } from '../town.ts';
import { labelsOf } from './labels.ts';
import type { Townsfolk } from './townsfolk.ts';

/** What comes late, by the network or from another file, is there by then. */
const BUSY_MS_MAX = 30_000;
/** Half pages of the list, at most, and how often it is scrolled by one. */
const HALVES_MAX = 20;
const TURNS_MAX = 10 * HALVES_MAX;

/** Somebody before a page, who goes through the app by what it says, in either language. */
export class Walker {
  readonly page: Page;
  /** Who else is there. */
  readonly folk: Townsfolk;
  readonly #town: Town;
  /** What the app says, as a pattern. */
  readonly label: (key: TextKey) => RegExp;

  constructor(
    page: Page,
    folk: Townsfolk,
    { town, language }: { readonly town: Town; readonly language: Language },
  ) {
    this.page = page;
    this.folk = folk;
    this.#town = town;
    this.label = labelsOf(language);
  }

  async go(place = ''): Promise<void> {
    await this.page.goto(`${this.#town.url}/#/${place}`);
  }

  /** Follows a link into the app: `join=…`. */
  async follow(link: string): Promise<void> {
    await this.page.goto(`${this.#town.url}/#${link}`);
  }

  button(key: TextKey) {
    return this.page.getByRole('button', { name: this.label(key) });
  }

  async press(key: TextKey): Promise<void> {
    await this.button(key).first().click();
  }

  /** Presses a row by its title. */
  async pressRow(key: TextKey): Promise<void> {
    await this.page.getByText(this.label(key)).last().click();
  }

  /** Presses it in what lies over the panes. */
  async pressAbove(key: TextKey): Promise<void> {
    const above = this.page.locator('[role=dialog], [role=alertdialog]').last();
    await above.getByRole('button', { name: this.label(key) }).click();
  }

  async choose(key: TextKey): Promise<void> {
    await this.page.getByRole('menuitem', { name: this.label(key) }).click();
  }

  async tab(key: TextKey): Promise<void> {
    await this.page.getByRole('tab', { name: this.label(key) }).click();
  }

  field(key: TextKey) {
    return this.page.getByLabel(this.label(key));
  }

  async sees(key: TextKey): Promise<void> {
    await this.page.getByText(this.label(key)).locator('visible=true').first().waitFor();
  }

  async seesDialog(): Promise<void> {
    await this.page.locator('[role=dialog], [role=alertdialog]').last().waitFor();
  }

  /** Opens a conversation from the list. */
  async open(title: string): Promise<void> {
    await this.#bring(title);
    const row = this.row(title);
    const address = (await row.getAttribute('href')) ?? '';
    const isOpen = () => this.page.url().endsWith(address);
    // A row that another one overtakes under the finger is pressed again, as people do.
    for (let presses = 0; presses < 3 && !isOpen(); presses += 1) {
      await row.click();
      for (let turns = 0; turns < 20 && !isOpen(); turns += 1) await Bun.sleep(100);
    }
    await this.page.getByRole('log').waitFor();
  }

  /** Scrolls a conversation that was opened up to what may not be in the page yet. */
  async seek(key: TextKey): Promise<void> {
    // It may be in the page for a moment, until the view is where it was left.
    await isStill(this.page);
    await scrollUntil(this.page, this.button(key).first(), -0.5);
    // While a list is scrolled nothing in it can be touched.
    await isStill(this.page);
  }

  /**
   * Scrolls the list to what is not in the page yet: from its top downwards, half a page at a time, and again from its top,
   * for who has just logged in gets it little by little.
   */
  async #bring(title: string): Promise<void> {
    const list = this.page.getByRole('navigation').locator('> div').first();
    for (let turns = 0; turns < TURNS_MAX && !(await this.row(title).isVisible()); turns += 1) {
      await list.evaluate(
        (scroller, times) => scroller.scrollTo(0, (times * scroller.clientHeight) / 2),
        turns % HALVES_MAX,
      );
      await this.settled();
    }
  }

  row(title: string) {
    // Not a row where somebody of that name has written.
    const name = this.page.locator('bdi.truncate').getByText(title, { exact: true });
    return this.page.getByRole('navigation').getByRole('link').filter({ has: name }).first();
  }

  async details(title: string): Promise<void> {
    await this.open(title);
    await this.page.locator('[role=main] a[href^="#/details/"]').click();
    await this.page.getByRole('heading', { name: this.label('room.detailsTitle') }).waitFor();
  }

  async messageMenu(text: string): Promise<void> {
    await this.page.getByRole('article').getByText(text).first().click({ button: 'right' });
    await this.page.getByRole('menu').waitFor();
  }

  async roomMenu(title: string): Promise<void> {
    await this.row(title).click({ button: 'right' });
    await this.page.getByRole('menu').waitFor();
  }

  async logIn(handle: string, password: string): Promise<void> {
    await this.press('signIn.logIn');
    await this.field('signIn.handle').fill(handle);
    await this.field('signIn.password').fill(password);
    await this.page.locator('form button[type=submit]').click();
    await this.page.getByRole('navigation').waitFor();
  }

  async write(text: string): Promise<void> {
    await this.#composer.fill(text);
  }

  get #composer() {
    return this.page.locator('section textarea');
  }

  /** From the next start of the page on its store fails with an error of that name; `undefined`: it does no more. */
  async storeFails(name: string | undefined): Promise<void> {
    await this.page.evaluate((said) => sessionStorage.setItem('walk.store', said), name ?? '');
    await this.page.addInitScript(() => {
      const { open } = IDBFactory.prototype;
      IDBFactory.prototype.open = function (...options) {
        const failure = sessionStorage.getItem('walk.store') ?? '';
        if (failure !== '') throw new DOMException('as it was asked to', failure);
        return open.apply(this, options);
      };
    });
    await this.page.reload();
  }

  /** There is no server any more. */
  async cutOff(): Promise<void> {
    await this.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await this.#town.killServer();
  }

  /** Starts the app anew without a way to the server, which goes on. */
  async cutLine(): Promise<void> {
    await this.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await this.page.context().setOffline(true);
    await this.page.reload();
    await this.page.getByRole('log').waitFor();
  }

  async mendLine(): Promise<void> {
    await this.page.context().setOffline(false);
  }

  /** As a system does that shares to the installed app: a form, by navigation. */
  async share(parts: Readonly<Record<string, string>>): Promise<void> {
    await shareAsSystem(this.page, parts);
  }

  /** Waits for what comes late, and for what moves. */
  async settled(): Promise<void> {
    await this.page.waitForFunction(
      () => [...document.querySelectorAll('[aria-busy=true]')].every((one) => !one.checkVisibility()),
      undefined,
      { timeout: BUSY_MS_MAX },
    );
    await this.page.evaluate(async () => {
      const moving = document.getAnimations().map(({ finished }) => finished.catch(() => undefined));
      await Promise.all([
        ...moving,
        new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
      ]);
    });
  }

  /** Out of what is open, and back to the list. */
  async home(): Promise<void> {
    for (let times = 0; times < 3; times += 1) {
      await this.page.keyboard.press('Escape');
      if ((await this.page.locator('[role=menu], [role=dialog], [role=alertdialog]').count()) === 0) break;
    }
    if (await this.#composer.isVisible()) await this.write('');
    await this.go();
  }
}
