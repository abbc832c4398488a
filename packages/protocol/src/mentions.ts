/** Who is named in a text. Pure, so that a device finds it out by itself from what it has stored. */
import { classAt, classBefore } from './char-class.ts';
import type { Entity } from './content.ts';
import type { UserId } from './ids.ts';
import { HANDLE_CHARS_MAX, MENTIONS_MAX } from './limits.ts';
import { countCodePoints } from './text.ts';

/** Somebody who can be named: who has no handle, as after the account's deletion, can't. */
export interface Mentionable {
  readonly user: UserId;
  readonly handle: string | undefined;
}

export type Mention = Extract<Entity, { type: 'mention' | 'mention-all' }>;

/** What everybody in the room is called, unless a member has that handle. */
const EVERYBODY = 'all';
/** A handle is the whole of what looks like one: `@jun.k` never names `jun`. Phones write the first letter large. */
const NAMED = /[@＠]([a-z0-9_]+(?:\.[a-z0-9_]+)*)/giu;

/** A stretch of a text, in code points. */
export interface TextSpan {
  readonly offset: number;
  readonly length: number;
}

/**
 * The mentions in a text: `@handle`, also with a full-width sign, of these people, and `@all`. Not inside a word or an
 * e-mail address, but right behind Hangul, Han or kana, which need no space; a particle or punctuation may follow.
 * Rising; at most `MENTIONS_MAX`.
 *
 * @param passed stretches in which nobody is named, rising and apart: code, links
 */
export function mentionsIn(
  text: string,
  people: Iterable<Mentionable>,
  passed: readonly TextSpan[] = [],
): Mention[] {
  const found: Mention[] = [];
  let byHandle: Map<string | undefined, UserId> | undefined;
  let offset = 0;
  let counted = 0;
  let next = 0;
  for (const match of text.matchAll(NAMED)) {
    const [whole, name = ''] = match;
    const end = match.index + whole.length;
    if (name.length > HANDLE_CHARS_MAX || !standsAlone(text, match.index, end)) continue;
    // Few texts name anybody.
    byHandle ??= new Map(Array.from(people, ({ handle, user }) => [handle, user]));
    const handle = name.toLowerCase();
    const user = byHandle.get(handle);
    if (user === undefined && handle !== EVERYBODY) continue;
    offset += countCodePoints(text.slice(counted, match.index));
    counted = match.index;
    while (next < passed.length && endOf(passed[next]) <= offset) next++;
    if ((passed[next]?.offset ?? Number.POSITIVE_INFINITY) < offset + whole.length) continue;
    const span = { offset, length: whole.length };
    found.push(user === undefined ? { type: 'mention-all', ...span } : { type: 'mention', ...span, user });
    if (found.length === MENTIONS_MAX) break;
  }
  return found;
}

function endOf(span: TextSpan | undefined): number {
  return span === undefined ? 0 : span.offset + span.length;
}

/** Whether neither a word goes on into it, nor it into one: `mina@jun.org`, `@jun@example.org` and `@junö` name nobody. */
function standsAlone(text: string, start: number, end: number): boolean {
  // Within an address these stand between letters; elsewhere they end or join what is not one.
  const isJoined = /[._+-]/.test(text.charAt(start - 1));
  if (classBefore(text, isJoined ? start - 1 : start) === 'word') return false;
  return classAt(text, end) !== 'word' && !/^[@＠][a-z0-9_]/iu.test(text.slice(end, end + 2));
}
