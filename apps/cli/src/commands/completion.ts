import { type Command, type CommandTable, UsageError } from '../command.ts';
import { bashCompletion } from '../completion/bash-completion.ts';
import { type CompletionNode, completionModel } from '../completion/completion-model.ts';
import { fishCompletion } from '../completion/fish-completion.ts';
import { zshCompletion } from '../completion/zsh-completion.ts';

const SHELLS: Readonly<Record<string, (nodes: readonly CompletionNode[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** `maru completion`, of the table in which it stands itself. */
export function completionOf(table: CommandTable): Command {
  return {
    takes: 'bash|zsh|fish',
    positionals: [1, 1],
    about: [
      'Prints a script that lets a shell complete commands, options, and folders. It is made of the same table as this',
      'help, and asks no server. It is for a maru that is on the PATH.',
    ].join('\n'),
    options: {},
    examples: [
      { line: 'source <(maru completion bash)', does: 'In this bash; in ~/.bashrc, in every one.' },
      {
        line: 'maru completion zsh > ~/.zfunc/_maru',
        does: 'For zsh, where ~/.zfunc is in $fpath before compinit runs.',
      },
      { line: 'maru completion fish > ~/.config/fish/completions/maru.fish', does: 'For fish.' },
    ],
    exitCodes: { 0: 'The script is on standard output.' },
    async run(_flags, [shell = '']) {
      const script = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
      if (script === undefined)
        throw new UsageError(`maru completion takes bash, zsh or fish, not ${shell}.`);
      process.stdout.write(script(await completionModel(table)));
      return 0;
    },
  };
}
