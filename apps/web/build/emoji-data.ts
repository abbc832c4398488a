import type { Plugin } from 'vite';

const DATA = /\/emojibase-data\/[a-z]+\/data\.json$/;
/** Emoji of a later version are missing in the fonts of devices that are in use. */
const VERSION_MAX = 15;
/** Parts of others, like skin tones. */
const COMPONENTS = 2;

interface Emoji {
  readonly emoji: string;
  readonly label: string;
  readonly version: number;
  readonly order?: number;
  readonly group?: number;
  readonly tags?: readonly string[];
}

/** Leaves of each list of emoji what a picker needs: `[group, emoji, label, words]`, in Unicode's order. */
export function emojiData(): Plugin {
  return {
    name: 'maru-emoji-data',
    enforce: 'pre',
    transform(source, id) {
      if (!DATA.test(id)) return undefined;
      const rows = (JSON.parse(source) as Emoji[])
        .filter(({ group, version }) => group !== undefined && group !== COMPONENTS && version <= VERSION_MAX)
        .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
        .map(({ group, emoji, label, tags = [] }) => [group, emoji, label, tags.join(' ')]);
      return { code: `export default ${JSON.stringify(rows)};`, map: null, moduleType: 'js' };
    },
  };
}
