import type { TransportOption } from '@maru/client';
import { useSyncExternalStore } from 'react';

export const SEND_KEYS = ['enter', 'ctrl-enter'] as const;
export const TRANSPORTS = [
  'auto',
  'websocket',
  'long-poll',
  'poll',
] as const satisfies readonly TransportOption[];
export const THEMES = ['system', 'light', 'dark'] as const;
export const TEXT_SIZES = ['small', 'normal', 'large', 'huge'] as const;

/** What the user chose for this browser alone. */
export interface Preferences {
  /** What sends a message where there is a keyboard. */
  readonly sendKey: (typeof SEND_KEYS)[number];
  /** `system`: what the device says. */
  readonly theme: (typeof THEMES)[number];
  readonly textSize: (typeof TEXT_SIZES)[number];
  /** Whether a message that comes is heard. */
  readonly sound: boolean;
  /** Whether the title, and the app's icon where it has one, tell how many conversations are unread. */
  readonly badge: boolean;
  /** How the server is reached. */
  readonly transport: (typeof TRANSPORTS)[number];
}

type Kept = Pick<Storage, 'getItem' | 'setItem'>;

const KEY = 'maru.preferences';
const DEFAULTS: Preferences = {
  sendKey: 'enter',
  theme: 'system',
  textSize: 'normal',
  sound: false,
  badge: true,
  transport: 'auto',
};
/** Of the browser's own text size. */
const ROOT_SIZES = { small: '93.75%', normal: '', large: '112.5%', huge: '131.25%' } as const;

const listeners = new Set<() => void>();
let shown: { readonly kept: string | null; readonly preferences: Preferences } | undefined;

/** What was chosen; the same object as long as nothing changed. What can't be read counts as not chosen. */
export function preferences(storage: Kept = localStorage): Preferences {
  const kept = storage.getItem(KEY);
  if (shown === undefined || shown.kept !== kept) shown = { kept, preferences: read(kept) };
  return shown.preferences;
}

/** Chooses something, for this tab at once and for the others of the browser, too. */
export function prefer(choice: Partial<Preferences>, storage: Kept = localStorage): void {
  storage.setItem(KEY, JSON.stringify({ ...preferences(storage), ...choice }));
  for (const listener of [...listeners]) listener();
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences);
}

/** Gives the page the chosen theme and text size, now and whenever others are chosen. */
export function followLooks(): void {
  const apply = () => {
    const { theme, textSize } = preferences();
    const root = document.documentElement;
    if (theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme;
    root.style.setProperty('font-size', ROOT_SIZES[textSize]);
  };
  subscribe(apply);
  apply();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

function read(kept: string | null): Preferences {
  let given: unknown;
  try {
    given = JSON.parse(kept ?? '{}');
  } catch {
    return DEFAULTS;
  }
  if (typeof given !== 'object' || given === null) return DEFAULTS;
  const { sendKey, theme, textSize, sound, badge, transport } = given as Record<string, unknown>;
  return {
    sendKey: SEND_KEYS.find((one) => one === sendKey) ?? DEFAULTS.sendKey,
    theme: THEMES.find((one) => one === theme) ?? DEFAULTS.theme,
    textSize: TEXT_SIZES.find((one) => one === textSize) ?? DEFAULTS.textSize,
    sound: typeof sound === 'boolean' ? sound : DEFAULTS.sound,
    badge: typeof badge === 'boolean' ? badge : DEFAULTS.badge,
    transport: TRANSPORTS.find((one) => one === transport) ?? DEFAULTS.transport,
  };
}
