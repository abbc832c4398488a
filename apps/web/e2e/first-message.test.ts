import { afterAll, beforeAll, expect } from 'bun:test';
import { browserTest, hasBrowser } from './browser.ts';
import { DESKTOP, PHONE, Town } from './town.ts';
import { firstMessage } from './walk/first-message.ts';

const START_MS_MAX = 120_000;

let town: Town;
beforeAll(async () => {
  if (!hasBrowser) return;
  town = await Town.start();
  await town.signUp('mina');
}, START_MS_MAX);
afterAll(() => town?.[Symbol.asyncDispose]());

for (const [what, options] of [
  ['phone', PHONE],
  ['desktop', DESKTOP],
] as const) {
  browserTest(
    `on a ${what} four fields and five presses lead from the first page to the first message`,
    async () => {
      const page = await town.visit(options);
      const done = await firstMessage(page, { handle: `new.${what}`, to: 'mina', text: 'is it you?' });
      expect(done).toEqual({ fields: 4, presses: 5 });
      expect(town.complaints).toEqual([]);
    },
  );
}
