import { linksIn, shownHost } from '@maru/protocol';

/** What turns the direction of the letters behind it: what is read then is not what is there. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/;

/**
 * The host that a link leads to, to stand beside its text; `undefined` where that tells it: nothing but addresses of this
 * host stand in it, in letters that nobody takes for others.
 *
 * @param url `http:` or `https:`
 */
export function hostBeside(text: string, url: string): string | undefined {
  const { host } = new URL(url);
  const said = linksIn(text);
  const tells = said.every(({ start, end, url: other }) => {
    return new URL(other).host === host && isWrittenAsShown(text.slice(start, end));
  });
  return said.length > 0 && tells && !TURNS.test(text) ? undefined : shownHost(url);
}

function isWrittenAsShown(address: string): boolean {
  const shown = shownHost(/^https?:/i.test(address) ? address : `https://${address}`);
  return shown !== undefined && address.normalize('NFKC').toLowerCase().includes(shown);
}
