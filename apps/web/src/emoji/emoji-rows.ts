import type { Emoji, EmojiGroup } from './emoji-list.ts';

/** Emoji beside each other. */
export const COLUMNS = 8;

export type EmojiRow =
  | { readonly kind: 'title'; readonly key: string; readonly group: EmojiGroup | 'recent' }
  | { readonly kind: 'emoji'; readonly key: string; readonly emoji: readonly Emoji[] };

/** What a picker shows, in rows: what was used lately, then the groups; `flat`: without titles. */
export function emojiRows(
  all: readonly Emoji[],
  recent: readonly string[],
  { flat = false } = {},
): readonly EmojiRow[] {
  if (flat) return cut('found', all);
  const known = new Map(all.map((one) => [one.emoji, one]));
  const lately = recent.flatMap((emoji) => known.get(emoji) ?? []);
  const groups = Map.groupBy(all, ({ group }) => group);
  return [
    ...(lately.length > 0 ? titled('recent', lately) : []),
    ...[...groups].flatMap(([group, emoji]) => titled(group, emoji)),
  ];
}

function titled(group: EmojiGroup | 'recent', emoji: readonly Emoji[]): EmojiRow[] {
  return [{ kind: 'title', key: `title ${group}`, group }, ...cut(String(group), emoji)];
}

function cut(name: string, emoji: readonly Emoji[]): EmojiRow[] {
  const rows: EmojiRow[] = [];
  for (let from = 0; from < emoji.length; from += COLUMNS) {
    rows.push({ kind: 'emoji', key: `${name} ${from}`, emoji: emoji.slice(from, from + COLUMNS) });
  }
  return rows;
}
