import type { Member } from '@maru/client';
import type { UserId } from '@maru/protocol';
import { folded } from '../i18n/folded.ts';

/** People offered at a time. */
const OFFERED_MAX = 8;
/** A full-width sign, too, and behind any letter: in Korean, Chinese and Japanese no space stands before it. */
const BEGUN = /[@＠]([^\s@＠]{0,32})$/u;

/** Who could be meant by what stands before the cursor. */
export interface MentionCompletion {
  /** Where in the text the sign stands, in code units. */
  readonly from: number;
  readonly people: readonly (Member & { readonly handle: string })[];
}

/** `undefined` where nobody could be meant. Names and handles are found by how they begin, in whatever composition. */
export function mentionCompletion(
  before: string,
  members: Iterable<Member>,
  me: UserId,
): MentionCompletion | undefined {
  const typed = BEGUN.exec(before)?.[1];
  if (typed === undefined) return undefined;
  const wanted = folded(typed);
  const people = [...members].filter((member): member is Member & { handle: string } => {
    if (member.handle === undefined || member.user === me) return false;
    return folded(member.handle).startsWith(wanted) || folded(member.name ?? '').includes(wanted);
  });
  if (people.length === 0) return undefined;
  const byName = people.toSorted((a, b) => (a.name ?? a.handle).localeCompare(b.name ?? b.handle));
  return { from: before.length - typed.length - 1, people: byName.slice(0, OFFERED_MAX) };
}
