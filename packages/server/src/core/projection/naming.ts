import { messagesHiddenBy, type Seq, type UserId } from '@maru/protocol';
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
const NOTHING: readonly Naming[] = [];

/**
 * What an event says of who is named in messages: a message names people, an edit puts others in their place, and what is
 * deleted or has expired names nobody. Most say nothing.
 */
export function namingsOf(event: RoomEvent): readonly Naming[] {
  const { kind, seq, sender: author, refersTo, mentions = NOBODY, mentionsAll } = event;
  const all = mentionsAll === true;
  switch (kind) {
    case 'message':
      return all || mentions.length > 0 ? [{ message: seq, author, users: mentions, all }] : NOTHING;
    case 'edit':
      return refersTo === undefined ? NOTHING : [{ message: refersTo, author, users: mentions, all }];
    default:
      return messagesHiddenBy(event).map((gone) => namedNobody(gone.seq, gone.sender));
  }
}

function namedNobody(message: Seq, author: UserId): Naming {
  return { message, author, users: NOBODY, all: false };
}

export function namesSomebody({ users, all }: Naming): boolean {
  return all || users.length > 0;
}

/** Whether it names this user: nobody names themselves. */
export function isNamedIn({ author, users, all }: Naming, user: UserId): boolean {
  return author !== user && (all || users.includes(user));
}
