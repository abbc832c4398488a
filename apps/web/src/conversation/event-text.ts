import type { Message, Person } from '@maru/client';
import type { Change, UserId } from '@maru/protocol';
import { personName } from '../i18n/room-title.ts';
import { timeSpan } from '../i18n/time-span.ts';
import type { TextKey, Translate } from '../i18n/translator.ts';
import { lineOf } from '../rooms/plain-text.ts';
import { quoteText } from './quote-text.ts';

/** People named in one line. */
const NAMES_MAX = 3;

interface Around {
  readonly t: Translate;
  readonly me: UserId;
  /** What the room is called in its texts. */
  readonly kind: 'group' | 'channel';
  readonly person: (user: UserId) => Person | undefined;
}

type Of<T extends Change['type']> = Extract<Change, { type: T }>;

/** What happened to a room, in a sentence. */
export function eventText(message: Message, around: Around): string {
  const { change, sender, content, quote } = message;
  const { t, kind } = around;
  const name = nameOf(sender, around);
  if (change === undefined) return t('event.other', { name });
  switch (change.type) {
    case 'created':
      return createdText(change, name, content, around);
    case 'joined':
      return joinedText(change, sender, around);
    case 'left':
      return change.owner === undefined
        ? t('event.left', { name })
        : t('event.leftTo', { name, kind, other: otherOf(change.owner, around) });
    case 'removed':
      return t('event.removed', { name, other: otherOf(change.user, around) });
    case 'renamed':
      return t('event.renamed', { name, kind, room: change.name });
    case 'described':
      return change.description === ''
        ? t('event.undescribed', { name })
        : t('event.described', { name, kind, text: change.description });
    case 'history-set':
      return t(`event.history.${change.history}`, { name });
    case 'timer-set':
      return change.seconds === 0
        ? t('event.timerOff', { name })
        : t('event.timerSet', { name, span: timeSpan(change.seconds, t) });
    case 'related':
      return change.act === 'request'
        ? requestText(name, content, t)
        : t(`event.related.${change.act}`, { name });
    case 'role-set':
      return roleText(change, sender, around);
    case 'slow-mode-set':
      return change.seconds === 0
        ? t('event.slowOff', { name })
        : t('event.slowSet', { name, span: timeSpan(change.seconds, t) });
    case 'join-refused':
      return t('event.joinRefused', { name, other: otherOf(change.user, around) });
    case 'pinned': {
      const text = quote === undefined ? t('quote.awaited') : quoteText(quote, t);
      return t(change.on ? 'event.pinned' : 'event.unpinned', { name, text });
    }
    case 'link-made':
      return t('event.linkMade', { name, kind });
    default:
      return t(PLAIN[change.type], { name });
  }
}

/** Sentences that need nobody but who did it. */
const PLAIN = {
  'rights-set': 'event.rightsSet',
  'link-revoked': 'event.linkRevoked',
  'join-requested': 'event.joinRequested',
  expired: 'event.other',
  reacted: 'event.other',
} as const satisfies Record<string, TextKey>;

function createdText(
  { name: room, roomKind, act }: Of<'created'>,
  name: string,
  content: Message['content'],
  { t, kind }: Around,
) {
  if (act === 'request') return requestText(name, content, t);
  return roomKind === 'direct' || room === undefined
    ? t('event.begun', { name })
    : t('event.created', { name, kind, room });
}

function requestText(name: string, content: Message['content'], t: Translate): string {
  const text = lineOf(content);
  return text === undefined ? t('event.related.request', { name }) : t('event.requestNote', { name, text });
}

function joinedText({ users, link }: Of<'joined'>, sender: UserId, around: Around): string {
  const { t } = around;
  const name = nameOf(sender, around);
  if (link !== undefined && users[0] === sender) return t('event.joinedByLink', { name });
  const shown = users.slice(0, NAMES_MAX).map((user) => otherOf(user, around));
  const others = t('event.people', { names: shown.join(', '), more: users.length - shown.length });
  return t(link === undefined ? 'event.added' : 'event.letIn', { name, others });
}

function roleText({ user, role }: Of<'role-set'>, sender: UserId, around: Around): string {
  const { t, kind } = around;
  const name = nameOf(sender, around);
  const other = otherOf(user, around);
  if (user === sender) return t('event.steppedDown', { name });
  if (role === 'owner') return t('event.handedOver', { name, kind, other });
  return t(`event.role.${role}`, { name, other });
}

function nameOf(user: UserId, { t, me, person }: Around): string {
  const name = personName(person(user), t);
  return user === me ? t('event.me', { name }) : name;
}

/** Somebody within a sentence that begins with another. */
function otherOf(user: UserId, around: Around): string {
  const { t, me, person } = around;
  return user === me ? t('event.meToo', { name: personName(person(user), t) }) : nameOf(user, around);
}
