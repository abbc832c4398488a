import type { CommandTable } from '../command.ts';
import { wordsBehind } from '../words-behind.ts';

/** What a shell offers where a value is wanted. */
export type ValueKind = 'folder' | 'file' | 'none';

/** What may stand behind a command's or a group's name. */
export interface CompletionNode {
  /** The words so far: `admin users`, and `''` behind `maru` itself. */
  readonly name: string;
  /** Commands, groups, and words that a command takes. */
  readonly words: readonly { readonly word: string; readonly summary: string }[];
  readonly options: readonly {
    readonly flag: string;
    readonly summary: string;
    readonly value?: ValueKind;
  }[];
  /** What arguments are, besides `words`. */
  readonly arguments: ValueKind;
}

const HELP = { flag: '--help', summary: 'Show what it takes.' };

/** The table of commands as shells need it. */
export async function completionModel(table: CommandTable): Promise<CompletionNode[]> {
  const nodes: CompletionNode[] = ['', ...Object.keys(table.groups)].map((name) => ({
    name,
    words: wordsBehind(table, name),
    options: [HELP],
    arguments: 'none',
  }));
  for (const [name, { load }] of Object.entries(table.commands)) {
    const { options, takes = '' } = await load();
    nodes.push({
      name,
      words: literalWords(takes).map((word) => ({ word, summary: '' })),
      options: [
        ...Object.entries(options).map(([flag, option]) => ({
          flag: `--${flag}`,
          summary: option.help,
          ...(option.takes !== undefined && { value: kindOf(option.takes) }),
        })),
        HELP,
      ],
      arguments: kindOf(takes),
    });
  }
  return nodes;
}

/** `bash|zsh|fish` and `irc FILE…` say words to be typed as they are; what stands for something is in capitals. */
function literalWords(takes: string): string[] {
  const [first = ''] = takes.split(' ');
  return /^[a-z|]+$/.test(first) ? first.split('|') : [];
}

function kindOf(takes: string): ValueKind {
  if (/\bDIR\b/.test(takes)) return 'folder';
  return /\bFILE\b/.test(takes) ? 'file' : 'none';
}
