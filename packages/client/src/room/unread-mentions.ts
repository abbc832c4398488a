import { type Event, isMentioned, limits, messagesHiddenBy, type UserId } from '@maru/protocol';

/** Whom a message may name, and whose naming does not count. */
export interface Named {
  readonly me: UserId;
  /** Whether the user blocks somebody. */
  readonly blocks: (user: UserId) => boolean;
}

/** Rising numbers of unread messages that name the user; at most `UNREAD_MENTIONS_MAX`, the first ones. */
export type UnreadMentions = readonly number[];

/** What most rooms have: one object for all. */
export const NO_MENTIONS: UnreadMentions = [];

/** Without those up to a read mark: the same object where nothing changes. */
export function mentionsAbove(mentions: UnreadMentions, read: number): UnreadMentions {
  const [first] = mentions;
  if (first === undefined || first > read) return mentions;
  const rest = mentions.filter((seq) => seq > read);
  return rest.length === 0 ? NO_MENTIONS : rest;
}

/**
 * After one more event of the room (`[TEXT5]`): an edit names others in its message's place, what is deleted or has
 * expired names nobody.
 */
export function mentionsAfterEvent(
  mentions: UnreadMentions,
  event: Event,
  named: Named,
  read: number,
): UnreadMentions {
  if (event.seq <= read) return NO_MENTIONS;
  switch (event.kind) {
    case 'message':
      return countsMention(event, named) ? withMention(mentions, event.seq) : mentions;
    case 'edit': {
      const { refersTo: target = 0 } = event;
      if (target <= read) return mentions;
      return countsMention(event, named) ? withMention(mentions, target) : without(mentions, [target]);
    }
    default:
      return without(
        mentions,
        messagesHiddenBy(event).map(({ seq }) => seq),
      );
  }
}

/** Whether an event names the user in a way that counts: none by somebody whom they block does. */
function countsMention(event: Event, { me, blocks }: Named): boolean {
  return isMentioned(event, me) && !blocks(event.sender);
}

function without(mentions: UnreadMentions, gone: readonly number[]): UnreadMentions {
  return gone.some((seq) => mentions.includes(seq))
    ? mentions.filter((seq) => !gone.includes(seq))
    : mentions;
}

function withMention(mentions: UnreadMentions, seq: number): UnreadMentions {
  if (mentions.includes(seq)) return mentions;
  return [...mentions, seq].sort((a, b) => a - b).slice(0, limits.UNREAD_MENTIONS_MAX);
}
