/**
 * Short texts beside a store, in Web Storage: what a page puts there is with the browser when the call returns, where a
 * transaction of IndexedDB dies with its page.
 */

/** @param text `undefined`: nothing more */
export function keepNote(name: string, text: string | undefined): void {
  try {
    if (text === undefined) localStorage.removeItem(name);
    else localStorage.setItem(name, text);
  } catch {
    // The browser keeps nothing, or has no space left: what it said before is not true any more.
    if (text !== undefined) keepNote(name, undefined);
  }
}

/** The notes whose names begin so: the rest of the name, and the text. */
export function keptNotes(prefix: string): [name: string, text: string][] {
  try {
    return Object.entries(localStorage).flatMap(([name, text]: [string, string]): [string, string][] =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), text]] : [],
    );
  } catch {
    return [];
  }
}
