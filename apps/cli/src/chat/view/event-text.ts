import type { Message } from '@maru/client';
import type { Change, UserId } from '@maru/protocol';
import { durationText } from '../../when/duration.ts';
import { nameOf, textOf, type World } from '../state/world.ts';
import { shownInline } from '../text/shown-text.ts';
import { rightsLine } from '../texts/group-texts.ts';
import { quoteText } from './quote-text.ts';

const NAMES_MAX = 3;

/** What happened to a room, in a sentence. */
export function eventText({ kind, change, sender, quote, content }: Message, world: World): string {
  const { texts, me } = world;
  const who = nameOf(world, sender);
  const isChannel = world.room?.roomKind === 'channel';
  if (change === undefined) return texts.otherEvent(who, shownInline(kind));
  switch (change.type) {
    case 'created':
      if (change.act === 'request') return requestText(who, content, world);
      if (change.name === undefined || change.roomKind === 'direct') return texts.createdDirect(who);
      return change.roomKind === 'channel'
        ? texts.createdChannel(who, shownInline(change.name))
        : texts.createdGroup(who, shownInline(change.name));
    case 'joined':
      if (change.link === undefined)
        return isReturn(change, sender)
          ? texts.cameBack(who)
          : texts.joined(who, namesOf(change.users, world));
      return change.users[0] === sender
        ? texts.joinedByLink(who)
        : texts.letIn(who, namesOf(change.users, world));
    case 'left':
      if (sender === me) return texts.leftYourself;
      return change.owner === undefined
        ? texts.left(who)
        : texts.leftToHeir(who, nameOf(world, change.owner), isChannel);
    case 'removed':
      return change.user === me ? texts.removedYou(who) : texts.removed(who, nameOf(world, change.user));
    case 'renamed':
      return texts.renamed(who, shownInline(change.name));
    case 'history-set':
      return texts.historySet(who, change.history === 'all');
    case 'described':
      return texts.described(who, shownInline(change.description));
    case 'expired':
      return texts.otherEvent(who, kind);
    case 'timer-set':
      return texts.timerSet(
        who,
        change.seconds === 0 ? undefined : durationText(change.seconds, world.language),
      );
    case 'related':
      return change.act === 'request' ? requestText(who, content, world) : texts.related(who, change.act);
    case 'role-set':
      return roleText(change, sender, world);
    case 'link-made':
      return texts.linkMade(who, isChannel);
    case 'link-revoked':
      return texts.linkRevoked(who, isChannel);
    case 'join-requested':
      return texts.asksToJoin(who);
    case 'join-refused':
      // Their own: the account was deleted.
      return change.user === sender ? texts.asksNoMore(who) : texts.notLetIn(who, nameOf(world, change.user));
    case 'slow-mode-set':
      return change.seconds === 0 ? texts.slowModeOff(who) : texts.slowModeSet(who, change.seconds);
    case 'rights-set':
      return texts.rightsSet(who, rightsLine(change.rights, texts));
    case 'pinned':
      return texts.messagePinned(
        who,
        change.on,
        quote === undefined ? texts.replyUnknown : quoteText(quote, world),
      );
    case 'reacted':
      // No line of its own.
      return texts.otherEvent(who, shownInline(change.reaction));
  }
}

/** In a direct room nobody is added: who looked gone, as who blocks does, is there again. */
function isReturn({ users }: Change & { type: 'joined' }, sender: UserId): boolean {
  return users.length === 1 && users[0] === sender;
}

function roleText({ user, role }: Change & { type: 'role-set' }, sender: UserId, world: World): string {
  const { texts } = world;
  const [who, whom] = [nameOf(world, sender), nameOf(world, user)];
  if (user === sender) return texts.steppedDown(who);
  if (role === 'owner') return texts.handedOver(who, whom, world.room?.roomKind === 'channel');
  return role === 'administrator' ? texts.promoted(who, whom) : texts.demoted(who, whom);
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
