import type { CommandTable } from './command.ts';

/** What may follow a group's name: commands and groups, with what they are for. `''` is what may follow `maru`. */
export function wordsBehind(
  { commands, groups }: CommandTable,
  group: string,
): { word: string; summary: string }[] {
  const prefix = group === '' ? '' : `${group} `;
  const words = new Map<string, string>();
  for (const [name, { summary }] of Object.entries(commands)) {
    if (!name.startsWith(prefix)) continue;
    const [word = ''] = name.slice(prefix.length).split(' ');
    words.set(word, groups[prefix + word] ?? summary);
  }
  return [...words].map(([word, summary]) => ({ word, summary }));
}
