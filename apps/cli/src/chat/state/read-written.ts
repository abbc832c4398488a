import type { SlashCommand } from './slash-command.ts';
import { findSlash } from './slash-commands.ts';

/** What a line that was written is. */
export type Written =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'command'; readonly command: SlashCommand; readonly rest: string }
  | { readonly kind: 'unknown'; readonly name: string };

/**
 * `/name rest` is a command; `//text` is the message `/text`; several lines, and paths like `/usr/bin`, are a message.
 * What begins with a command and another one right behind it is neither: one was typed behind one that was refused.
 */
export function readWritten(text: string): Written {
  if (text.startsWith('//')) return { kind: 'message', text: text.slice(1) };
  const joined = joinedCommands(text);
  if (joined !== undefined) return { kind: 'unknown', name: joined };
  const [, name, rest = ''] = /^\/([\p{L}-]+|\?)(?:\s+([\s\S]*))?$/u.exec(text.trim()) ?? [];
  if (name === undefined || !text.startsWith('/')) return { kind: 'message', text };
  const found = findSlash(name);
  return found === undefined
    ? { kind: 'unknown', name: `/${name}` }
    : { kind: 'command', command: found, rest: rest.trim() };
}

/** `/forget/join`, of a line that begins with a command and a slash right behind it. */
function joinedCommands(text: string): string | undefined {
  const [both, first = ''] = /^\/([\p{L}-]+|\?)\/[\p{L}-]*/u.exec(text) ?? [];
  return findSlash(first) === undefined ? undefined : both;
}
