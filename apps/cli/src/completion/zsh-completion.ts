import type { CompletionNode, ValueKind } from './completion-model.ts';

const OFFERS: Readonly<Record<ValueKind, string>> = {
  folder: '_files -/',
  file: '_files',
  none: "_message 'a value'",
};

/** A script for zsh: a file named `_maru` on the `fpath`, or sourced behind `compinit`. */
export function zshCompletion(nodes: readonly CompletionNode[]): string {
  return `#compdef maru
# Completion of maru for zsh: put this into a file named _maru in a folder of $fpath, or source it after compinit.
_maru() {
  local name='' i
  local -a words_and_options
  for ((i = 2; i < CURRENT; i++)); do
    case "$name \${words[i]}" in
      ${steps(nodes)})
        name="\${name:+$name }\${words[i]}" ;;
    esac
  done
  case "$name \${words[CURRENT-1]}" in
${nodes.flatMap(valueCases).join('\n')}
  esac
  case "$name" in
${nodes.map(wordCase).join('\n')}
  esac
  _describe 'maru' words_and_options
}
if [ "$funcstack[1]" = '_maru' ]; then _maru "$@"; else compdef _maru maru; fi
`;
}

/** Which word leads from a name to a longer one. */
function steps(nodes: readonly CompletionNode[]): string {
  const names = nodes.filter(({ name }) => name !== '').map(({ name }) => name);
  return names.map((name) => `'${name.includes(' ') ? '' : ' '}${name}'`).join(' | ');
}

function valueCases({ name, options }: CompletionNode): string[] {
  const kinds = ['folder', 'file', 'none'] as const;
  return kinds.flatMap((kind) => {
    const flags = options.filter(({ value }) => value === kind).map(({ flag }) => `'${name} ${flag}'`);
    return flags.length === 0 ? [] : `    ${flags.join(' | ')}) ${OFFERS[kind]}; return ;;`;
  });
}

function wordCase({ name, words, options, arguments: kind }: CompletionNode): string {
  const described = [
    ...words.map(({ word, summary }) => quoted(word, summary)),
    ...options.map(({ flag, summary }) => quoted(flag, summary)),
  ];
  const paths = kind === 'none' ? '' : ` ${OFFERS[kind]};`;
  return `    '${name}')${paths} words_and_options=(${described.join(' ')}) ;;`;
}

function quoted(word: string, summary: string): string {
  const text = summary === '' ? word : `${word}:${summary.replaceAll(':', '\\:')}`;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
