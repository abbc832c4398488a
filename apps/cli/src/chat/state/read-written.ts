import type { SlashCommand } from './slash-command.ts';
import { findSlash } from './slash-commands.ts';

/** What a line that was written is. */
export type Written =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'command'; readonly command: SlashCommand; readonly rest: string }
  | { readonly kind: 'unknown'; readonly name: string };

/** `/name rest` is a command; `//text` is the message `/text`; several lines, and paths like `/usr/bin`, are a message. */
export function readWritten(text: string): Written {
  if (text.startsWith('//')) return { kind: 'message', text: text.slice(1) };
  const [, name, rest = ''] = /^\/([\p{L}-]+)(?:\s+([\s\S]*))?$/u.exec(text.trim()) ?? [];
  if (name === undefined || !text.startsWith('/')) return { kind: 'message', text };
  const found = findSlash(name);
  return found === undefined
    ? { kind: 'unknown', name: `/${name}` }
    : { kind: 'command', command: found, rest: rest.trim() };
}
