/**
 * What is shared is kept here until somebody has chosen where it goes: never in an address, which others may see.
 * The service worker needs no more than this file for that.
 */
const CACHE = 'maru-shared';
const KEY = '/shared-text';
/** What the manifest calls the parts. */
const PARTS = ['title', 'text', 'url'] as const;
/** UTF-16 units of a part, as many as any message has: any page may send a form here, of whatever size. */
const PART_UNITS_MAX = 200_000;

/** What a form of another app says, a part a line, each once; `undefined`: nothing. */
export function textOf(form: Pick<FormData, 'get'>): string | undefined {
  const lines: string[] = [];
  for (const part of PARTS) {
    const given = form.get(part);
    const said = typeof given === 'string' ? given.slice(0, PART_UNITS_MAX).trim() : '';
    // Many say the address in the text, too.
    if (said !== '' && !lines.some((line) => line.includes(said))) lines.push(said);
  }
  const text = lines.join('\n').toWellFormed();
  return text === '' ? undefined : text;
}

export async function keepShared(text: string | undefined): Promise<void> {
  if (text === undefined) await dropShared();
  else await (await caches.open(CACHE)).put(KEY, new Response(text));
}

export async function readShared(): Promise<string | undefined> {
  const kept = await caches.match(KEY, { cacheName: CACHE });
  return kept?.text();
}

export async function dropShared(): Promise<void> {
  // Without a secure origin there are none, and nothing can be shared to it.
  if ('caches' in globalThis) await caches.delete(CACHE);
}
