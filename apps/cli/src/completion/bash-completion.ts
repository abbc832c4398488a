import type { CompletionNode, ValueKind } from './completion-model.ts';
import { stepPatterns, valueCases } from './shell-cases.ts';

const OFFERS: Readonly<Record<ValueKind, string>> = {
  folder: '_maru_paths -d "$cur"',
  file: '_maru_paths -f "$cur"',
  none: ':',
};

/** A script for bash 3.2 or newer, without bash-completion. */
export function bashCompletion(nodes: readonly CompletionNode[]): string {
  return `# Completion of maru for bash: source this file, or put it where bash-completion looks.
_maru_paths() {
  local path
  compopt -o filenames 2> /dev/null
  while IFS= read -r path; do COMPREPLY+=("$path"); done < <(compgen "$1" -- "$2")
}

_maru() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" name='' words='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$name \${COMP_WORDS[i]}" in
      ${stepPatterns(nodes).join(' | ')})
        name="\${name:+$name }\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$name $previous" in
${nodes.flatMap((node) => valueCases(node, OFFERS)).join('\n')}
  esac
  case "$name" in
${nodes.map(wordCase).join('\n')}
  esac
  while IFS= read -r i; do COMPREPLY+=("$i"); done < <(compgen -W "$words" -- "$cur")
}
complete -F _maru maru
`;
}

function wordCase({ name, words, options, arguments: kind }: CompletionNode): string {
  const all = [...words.map(({ word }) => word), ...options.map(({ flag }) => flag)].join(' ');
  const paths = kind === 'none' ? '' : ` [[ $cur == -* ]] || ${OFFERS[kind]};`;
  return `    '${name}')${paths} words='${all}' ;;`;
}
