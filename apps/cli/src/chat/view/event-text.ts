import type { Message } from '@maru/client';
import type { UserId } from '@maru/protocol';
import { nameOf, textOf, type World } from '../state/world.ts';
import { shownInline } from '../text/shown-text.ts';

const NAMES_MAX = 3;

/** What happened to a room, in a sentence. */
export function eventText({ kind, change, sender, content }: Message, world: World): string {
  const { texts } = world;
  const who = nameOf(world, sender);
  if (change === undefined) return texts.otherEvent(who, shownInline(kind));
  switch (change.type) {
    case 'created':
      if (change.act === 'request') return requestText(who, content, world);
      return change.name === undefined || change.roomKind === 'direct'
        ? texts.createdDirect(who)
        : texts.createdGroup(who, shownInline(change.name));
    case 'joined':
      return texts.joined(who, namesOf(change.users, world));
    case 'left':
      return texts.left(who);
    case 'removed':
      return texts.removed(who, nameOf(world, change.user));
    case 'renamed':
      return texts.renamed(who, shownInline(change.name));
    case 'history-set':
      return texts.historySet(who, change.history === 'all');
    case 'described':
      return texts.described(who, shownInline(change.description));
    case 'related':
      return change.act === 'request' ? requestText(who, content, world) : texts.related(who, change.act);
  }
}

function requestText(who: string, content: Message['content'], { texts }: World): string {
  const note = textOf({ content });
  return note === undefined ? texts.related(who, 'request') : texts.relatedNote(who, shownInline(note));
}

/** People, as many as can be named in a line. */
function namesOf(users: readonly UserId[], world: World): string {
  const names = users
    .slice(0, NAMES_MAX)
    .map((user) => nameOf(world, user))
    .join(', ');
  return users.length > NAMES_MAX ? world.texts.andMore(names, users.length - NAMES_MAX) : names;
}
