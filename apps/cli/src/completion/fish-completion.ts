import type { CompletionNode, ValueKind } from './completion-model.ts';
import { stepPatterns } from './shell-cases.ts';

const OFFERS: Readonly<Record<ValueKind, string>> = {
  folder: " -xa '(__fish_complete_directories)'",
  file: ' -rF',
  none: ' -x',
};

/** A script for fish: a file in `~/.config/fish/completions`, or sourced. */
export function fishCompletion(nodes: readonly CompletionNode[]): string {
  return `# Completion of maru for fish: put this into ~/.config/fish/completions/maru.fish, or source it.
function __maru_at
    set -l name ''
    for word in (commandline -opc)[2..-1]
        switch "$name $word"
            case ${stepPatterns(nodes).join(' ')}
                set name (string trim -- "$name $word")
        end
    end
    test "$name" = "$argv[1]"
end

complete -c maru -f
${nodes.flatMap(lines).join('\n')}
`;
}

function lines({ name, words, options, arguments: kind }: CompletionNode): string[] {
  const at = `complete -c maru -n "__maru_at '${name}'"`;
  return [
    ...words.map(({ word, summary }) => `${at} -a ${word}${described(summary)}`),
    ...options.map(
      ({ flag, summary, value }) =>
        `${at} -l ${flag.slice(2)}${value === undefined ? '' : OFFERS[value]}${described(summary)}`,
    ),
    ...(kind === 'none' ? [] : [`${at} -F`]),
  ];
}

function described(summary: string): string {
  return summary === '' ? '' : ` -d '${summary.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
