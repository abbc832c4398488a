/**
 * Writes pictures of the screens, for people to look at: `npm run shots -- FOLDER [WORD…]`. On a phone, a tablet and a
 * desktop, light and dark, Korean and English, and from right to left. Words choose pictures by their names, which are
 * `SIZE-LOOK-CHAPTER-SCREEN`; `--help` lists what these can be.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DESKTOP, PHONE, Town } from './town.ts';
import { CHAPTERS } from './walk/screens.ts';
import { makeTownsfolk } from './walk/townsfolk.ts';
import { type WalkOptions, walk } from './walk/walk.ts';

const SIZES = {
  phone: PHONE,
  tablet: { viewport: { width: 820, height: 1180 }, hasTouch: true },
  desktop: DESKTOP,
} as const;
const LOOKS = {
  'light-ko': { colorScheme: 'light', language: 'ko' },
  'dark-en': { colorScheme: 'dark', language: 'en' },
  'dark-ko': { colorScheme: 'dark', language: 'ko' },
  'light-en': { colorScheme: 'light', language: 'en' },
  rtl: { colorScheme: 'light', language: 'en', kept: { 'maru.direction': 'rtl' } },
} as const satisfies Record<string, Omit<WalkOptions, 'context'> & { colorScheme: 'light' | 'dark' }>;

const HELP = `npm run shots -- FOLDER [WORD…]

Takes the pictures whose names have every WORD in them; without one, all. A name is SIZE-LOOK-CHAPTER-SCREEN:
  size     ${Object.keys(SIZES).join(', ')}
  look     ${Object.keys(LOOKS).join(', ')}
${CHAPTERS.map(({ name, screens }) => `  ${name.padEnd(8)} ${screens.map((one) => one.name).join(', ')}`).join('\n')}`;

const [, , given = 'shots', ...words] = process.argv;
const isWanted = (name: string) => words.every((word) => name.includes(word));

/** What each walk has to show, by the names of its pictures. */
const walks = Object.entries(SIZES).flatMap(([size, device]) =>
  Object.entries(LOOKS).flatMap(([look, { colorScheme, ...options }]) =>
    CHAPTERS.map((chapter) => {
      const nameOf = (screen: string) => `${size}-${look}-${chapter.name}-${screen}`;
      const context = { ...device, colorScheme, reducedMotion: 'reduce' } as const;
      const count = chapter.screens.filter(({ name }) => isWanted(nameOf(name))).length;
      return { chapter, nameOf, options: { context, ...options }, count };
    }),
  ),
);
const count = walks.reduce((sum, one) => sum + one.count, 0);

if (given === '--help') console.log(HELP);
else if (count === 0) {
  console.error(`No picture is called so: ${words.join(' ')}\n\n${HELP}`);
  process.exitCode = 1;
} else await take(path.resolve(given));

async function take(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await using town = await Town.start();
  await using folk = await makeTownsfolk(town);
  for (const { chapter, nameOf, options } of walks.filter((one) => one.count > 0)) {
    await walk({ town, folk }, chapter, options, async (page, screen) => {
      if (isWanted(nameOf(screen)))
        await page.screenshot({ path: path.join(folder, `${nameOf(screen)}.png`) });
    });
  }
  console.log(`${count} ${count === 1 ? 'picture' : 'pictures'} in ${folder}`);
}
