import { useEffect } from 'react';
import { chime } from './chime.ts';

/** However many messages come at once, into however many tabs, one sound. */
const PAUSE_MS = 1_500;
/** When one was heard last, in milliseconds since the epoch; of all tabs. */
const KEY = 'maru.chimed';
/** Held by the tab that somebody looks at. */
const LOOKED_AT = 'maru.looked-at';
/** Held by the tab that is about to be heard. */
const CHIMING = 'maru.chiming';

/** Whether somebody looks at this tab. */
export function isLookedAt(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

/** Lets other tabs know while somebody looks at this one: it knows best what is to be heard. */
export function useSayLookedAt(): void {
  useEffect(() => {
    // Without https there are no locks, nor tabs that share anything.
    if (!('locks' in navigator)) return;
    let ends: AbortController | undefined;
    const tell = () => {
      if (isLookedAt() === (ends !== undefined)) return;
      ends?.abort();
      ends = isLookedAt() ? holdLookedAt() : undefined;
    };
    tell();
    for (const sign of ['focus', 'blur']) window.addEventListener(sign, tell);
    document.addEventListener('visibilitychange', tell);
    return () => {
      ends?.abort();
      for (const sign of ['focus', 'blur']) window.removeEventListener(sign, tell);
      document.removeEventListener('visibilitychange', tell);
    };
  }, []);
}

function holdLookedAt(): AbortController {
  const ends = new AbortController();
  const { signal } = ends;
  const ended = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  // Rejects where it ends before the lock was had, as from a tab that is looked at beside this one.
  navigator.locks.request(LOOKED_AT, { signal }, () => ended).catch(() => undefined);
  return ends;
}

/** Plays the sound, unless one was heard just now, or another tab is looked at, which then decides for all. */
export async function chimeOnce(): Promise<void> {
  if (!('locks' in navigator)) return chimeAfterPause();
  if (!isLookedAt()) {
    const { held = [] } = await navigator.locks.query();
    if (held.some(({ name }) => name === LOOKED_AT)) return;
  }
  await navigator.locks.request(CHIMING, chimeAfterPause);
}

/** Where there are no locks, a second one does not begin beside the first. */
let isUnderWay = false;

async function chimeAfterPause(): Promise<void> {
  const since = Date.now() - Number(localStorage.getItem(KEY) ?? 0);
  // A clock that was set back is no reason for silence.
  if (isUnderWay || (since >= 0 && since < PAUSE_MS)) return;
  isUnderWay = true;
  try {
    // One that its browser keeps silent leaves it to another, which may hear late of what is taken back.
    if (await chime()) localStorage.setItem(KEY, String(Date.now()));
  } finally {
    isUnderWay = false;
  }
}
