import type { Entity } from '@maru/protocol';
import { countCodePoints, limits } from '@maru/protocol';
import type { Person } from './state/world.ts';

/**
 * Who of these is named with an `@` in a text. A full-width sign counts, and no space has to stand before it: in Chinese,
 * Japanese and Korean there is none; what follows a handle without a space, like a particle, is not part of it.
 */
export function mentionsIn(text: string, people: Iterable<Person>): Entity[] {
  const byHandle = new Map([...people].map((person) => [person.handle, person.user]));
  const found: Entity[] = [];
  for (const match of text.matchAll(/(?<![a-z0-9_.])[@＠]([a-z0-9_]+(?:\.[a-z0-9_]+)*)/g)) {
    const user = byHandle.get(match[1]);
    if (user === undefined || found.length >= limits.MENTIONS_MAX) continue;
    const offset = countCodePoints(text.slice(0, match.index));
    found.push({ type: 'mention', offset, length: countCodePoints(match[0]), user });
  }
  return found;
}
