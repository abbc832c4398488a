import { type Command, type ExitCode, UsageError } from './command.ts';
import { commandHelp, generalHelp } from './help.ts';
import { parseCommandLine } from './parse-command-line.ts';

/** Every command: what it is for, and where it is. Only the one that is called is loaded. */
const commands: Readonly<Record<string, { summary: string; load: () => Promise<Command> }>> = {
  serve: {
    summary: 'Run a server.',
    load: async () => (await import('./commands/serve.ts')).serve,
  },
  'sign-up': {
    summary: 'Make an account and sign this device in.',
    load: async () => (await import('./commands/sign-up.ts')).signUp,
  },
  'log-in': {
    summary: 'Sign this device in to an account.',
    load: async () => (await import('./commands/log-in.ts')).logIn,
  },
  invite: {
    summary: 'Make a code that lets somebody sign up.',
    load: async () => (await import('./commands/invite.ts')).invite,
  },
  chat: {
    summary: 'Talk: a messenger for the whole terminal.',
    load: async () => (await import('./commands/chat.ts')).chat,
  },
  send: {
    summary: 'Send a message.',
    load: async () => (await import('./commands/send.ts')).send,
  },
  tail: {
    summary: 'Print messages as they come.',
    load: async () => (await import('./commands/tail.ts')).tail,
  },
  import: {
    summary: 'Make groups of logs of other systems.',
    load: async () => (await import('./commands/import.ts')).importLogs,
  },
  verify: {
    summary: 'Check a data folder.',
    load: async () => (await import('./commands/verify.ts')).verify,
  },
};

/** Runs one command line and says with which code the process is to end. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const summaries = Object.entries(commands).map(([each, { summary }]) => [each, summary]);
    console.log(generalHelp(Object.fromEntries(summaries)));
    return name === undefined ? 2 : 0;
  }
  try {
    const found = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (found === undefined) throw new UsageError(`There is no command ${name}; see maru --help.`);
    const command = await found.load();
    const line = parseCommandLine(name, command, rest);
    if (line.kind === 'run') return await command.run(line.flags, line.positionals);
    console.log(commandHelp(name, command));
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`maru: ${error.message}`);
    return 2;
  }
}
