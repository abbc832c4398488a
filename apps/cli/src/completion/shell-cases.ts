import type { CompletionNode, ValueKind } from './completion-model.ts';

/** Which word leads from a name to a longer one, as patterns of a `case` or `switch` on `"$name $word"`. */
export function stepPatterns(nodes: readonly CompletionNode[]): string[] {
  const names = nodes.filter(({ name }) => name !== '').map(({ name }) => name);
  // Behind `maru` itself the name is empty, and the space after it is there.
  return names.map((name) => `'${name.includes(' ') ? '' : ' '}${name}'`);
}

/** Branches of a `case "$name $previous"`, in bash and zsh: what is offered where an option waits for its value. */
export function valueCases(
  { name, options }: CompletionNode,
  offers: Readonly<Record<ValueKind, string>>,
): string[] {
  const kinds = ['folder', 'file', 'none'] as const;
  return kinds.flatMap((kind) => {
    const flags = options.filter(({ value }) => value === kind).map(({ flag }) => `'${name} ${flag}'`);
    return flags.length === 0 ? [] : `    ${flags.join(' | ')}) ${offers[kind]}; return ;;`;
  });
}
