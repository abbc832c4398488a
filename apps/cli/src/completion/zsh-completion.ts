import type { CompletionNode, ValueKind } from './completion-model.ts';
import { stepPatterns, valueCases } from './shell-cases.ts';

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
      ${stepPatterns(nodes).join(' | ')})
        name="\${name:+$name }\${words[i]}" ;;
    esac
  done
  case "$name \${words[CURRENT-1]}" in
${nodes.flatMap((node) => valueCases(node, OFFERS)).join('\n')}
  esac
  case "$name" in
${nodes.map(wordCase).join('\n')}
  esac
  _describe 'maru' words_and_options
}
if [ "$funcstack[1]" = '_maru' ]; then _maru "$@"; else compdef _maru maru; fi
`;
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
