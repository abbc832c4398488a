import type { Flags } from '../../command.ts';
import { printable, printableJson } from '../../terminal/printable.ts';
import { patiently } from './patiently.ts';

interface Page {
  /** Where the next page begins; absent where there is none. */
  readonly next?: string | undefined;
}

/**
 * Prints the page that `--after` begins, or with `--all` that one and all behind it; says where there are more. With
 * `--json` a page is a line, as the API answers it.
 *
 * @param ask for the page behind `after`
 * @param linesOf a page, with a heading first, which is printed once
 */
export async function printPages<P extends Page>(
  flags: Flags,
  ask: (after: { readonly after?: string }) => Promise<P>,
  linesOf: (page: P) => readonly string[],
): Promise<void> {
  let after = typeof flags.after === 'string' ? flags.after : undefined;
  for (let isFirst = true; ; isFirst = false) {
    const from = after === undefined ? {} : { after };
    const page = await patiently(() => ask(from));
    if (flags.json === true) console.log(printableJson(page));
    else for (const line of linesOf(page).slice(isFirst ? 0 : 1)) console.log(line);
    after = page.next;
    if (after === undefined) return;
    if (flags.all !== true) {
      if (flags.json !== true) console.error(`There are more: --after ${printable(after)}, or --all.`);
      return;
    }
  }
}
