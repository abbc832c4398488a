import type { Flags } from '../../command.ts';
import { printable, printableJson } from '../../terminal/printable.ts';
import { patiently } from './patiently.ts';

interface Page {
  /** Where the next page begins; absent where there is none. */
  readonly next?: string | number | undefined;
}

/**
 * Prints the page that `--after` (where the newest come first, `--before`) begins, or with `--all` that one and all behind it; says where there are more. With
 * `--json` a page is a line, as the API answers it.
 *
 * @param where the option that says where a page begins
 * @param ask for the page that begins there
 * @param linesOf a page, with a heading first, which is printed once
 */
export async function printPages<P extends Page>(
  flags: Flags,
  where: 'after' | 'before',
  ask: (from: string | undefined) => Promise<P>,
  linesOf: (page: P) => readonly string[],
): Promise<void> {
  const given = flags[where];
  let from = typeof given === 'string' ? given : undefined;
  for (let isFirst = true; ; isFirst = false) {
    const begin = from;
    const page = await patiently(() => ask(begin));
    if (flags.json === true) console.log(printableJson(page));
    else for (const line of linesOf(page).slice(isFirst ? 0 : 1)) console.log(line);
    if (page.next === undefined) return;
    from = String(page.next);
    if (flags.all !== true) {
      if (flags.json !== true) console.error(`There are more: --${where} ${printable(from)}, or --all.`);
      return;
    }
  }
}
