const NAME = 'maru.emoji';
/** Kept, the one used last first. */
const RECENT_EMOJI_MAX = 24;

/** What was used lately on this device. */
export function recentEmoji(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(NAME) ?? '[]');
    return Array.isArray(kept)
      ? kept.filter((one) => typeof one === 'string').slice(0, RECENT_EMOJI_MAX)
      : [];
  } catch {
    // Without a place to keep it nothing was used lately.
    return [];
  }
}

export function noteEmoji(emoji: string): void {
  const others = recentEmoji().filter((one) => one !== emoji);
  try {
    localStorage.setItem(NAME, JSON.stringify([emoji, ...others].slice(0, RECENT_EMOJI_MAX)));
  } catch {
    // The next picker begins without it.
  }
}
