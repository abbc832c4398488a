import type { Seq, UserId } from '@maru/protocol';
import type { RoomEvent } from '../room/event.ts';

/** Who is named in a message, as its newest edit has it. */
export interface Naming {
  readonly message: Seq;
  readonly author: UserId;
  readonly users: readonly UserId[];
  /** Everybody else in the room. */
  readonly all: boolean;
}

const NOBODY: readonly UserId[] = [];

/**
 * What an event says of who is named in a message: a message names people, an edit puts others in their place, a deletion
 * names nobody. `undefined`: nothing, as most say.
 */
export function namingOf(event: RoomEvent): Naming | undefined {
  const { kind, seq, sender: author, refersTo, mentions = NOBODY, mentionsAll } = event;
  const all = mentionsAll === true;
  switch (kind) {
    case 'message':
      return all || mentions.length > 0 ? { message: seq, author, users: mentions, all } : undefined;
    case 'edit':
    case 'deletion':
      return refersTo === undefined ? undefined : { message: refersTo, author, users: mentions, all };
    default:
      return undefined;
  }
}

export function namesSomebody({ users, all }: Naming): boolean {
  return all || users.length > 0;
}

/** Whether it names this user: nobody names themselves. */
export function isNamedIn({ author, users, all }: Naming, user: UserId): boolean {
  return author !== user && (all || users.includes(user));
}
