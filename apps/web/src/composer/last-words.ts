import type { MaruClient } from '@maru/client';
import { type Draft, type RoomId, roomId, settingValues } from '@maru/protocol';
import { knownDevice } from '../state/known-device.ts';

/** Begins the keys: behind it come the device, a dot, and the room. */
const PREFIX = 'maru.words.';

/**
 * Keeps what is being written over the end of the page. What a page writes into IndexedDB as it ends may be lost (in
 * Chromium every second reload right behind a key loses it); what it puts into `localStorage` is there at once. It is taken
 * away again when the store has it.
 */
export async function keepLastWords(client: MaruClient, room: RoomId): Promise<void> {
  const key = `${PREFIX}${knownDevice()}.${room}`;
  const draft = client.room(room)?.draft;
  const words = JSON.stringify(draft);
  try {
    if (draft !== undefined) localStorage.setItem(key, words);
  } catch {
    // The browser keeps nothing, or has no space left.
  }
  try {
    await client.settings.flushDraft(room);
  } catch {
    // The store failed, which is told of elsewhere: the words stay.
    return;
  }
  if (localStorage.getItem(key) === words) localStorage.removeItem(key);
}

/**
 * Takes over what pages have kept that ended, before this one or beside it. Gives the function that ends it.
 */
export function takeLastWords(client: MaruClient): () => void {
  const take = (key: string | null) => {
    const words = key?.startsWith(PREFIX) ? localStorage.getItem(key) : null;
    if (key === null || words === null) return;
    const [device, id] = key.slice(PREFIX.length).split('.');
    const room = roomId.safeParse(id).data;
    const draft = draftIn(words);
    localStorage.removeItem(key);
    // Of another account of this browser they are nobody's any more.
    if (device !== knownDevice() || room === undefined || draft === undefined) return;
    if (client.room(room) !== undefined) client.settings.setDraft(room, draft);
  };
  const heard = ({ key }: StorageEvent) => take(key);
  for (const key of Object.keys(localStorage)) take(key);
  window.addEventListener('storage', heard);
  return () => window.removeEventListener('storage', heard);
}

/** Nothing is left of an account that was signed out. */
export function dropLastWords(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
}

function draftIn(words: string): Draft | undefined {
  try {
    return settingValues.draft.safeParse(JSON.parse(words)).data;
  } catch {
    return undefined;
  }
}
