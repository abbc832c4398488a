import { ApiError, type MaruClient, type TailedEvent } from '@maru/client';
import {
  type AnyContent,
  type Entity,
  type Event,
  formatMarkup,
  type RoomId,
  type RoomKind,
  type UserId,
} from '@maru/protocol';
import { entitiesOf } from '../chat/state/world.ts';
import { textsOf } from '../chat/texts/texts.ts';
import { clockText } from '../terminal/date-time.ts';
import { printable } from '../terminal/printable.ts';
import { durationText } from '../when/duration.ts';

const TEXTS = textsOf('en');

/**
 * One line of `maru tail --json`. The fields are stable: later versions may add some. Times are milliseconds since the
 * epoch. See docs/cli.md.
 */
export interface TailRecord {
  readonly room: RoomId;
  readonly roomKind: RoomKind | undefined;
  /** The name of a group or channel. */
  readonly roomName: string | undefined;
  readonly seq: number;
  readonly kind: string;
  readonly at: number;
  /** When an imported message was said. */
  readonly sentAt: number | undefined;
  readonly sender: {
    readonly user: UserId;
    readonly handle: string | undefined;
    readonly name: string | undefined;
  };
  /** Whether this account wrote it. */
  readonly own: boolean;
  /** The whole text of a text message, also of a long one. */
  readonly text: string | undefined;
  /** What the text looks like; absent where it is given as markup. */
  readonly entities: readonly Entity[] | undefined;
  /** The content of a message of another type, as it is. */
  readonly content: AnyContent | undefined;
  /** The message that an edit or a deletion is about. */
  readonly refersTo: number | undefined;
  /** When it vanishes. */
  readonly expiresAt: number | undefined;
  /** Of a message that was sent on: who said it first and when, by its sender's word. */
  readonly forwarded: unknown;
  /** The message that this one answers. */
  readonly replyTo: number | undefined;
  readonly mentions: readonly UserId[] | undefined;
  readonly mentionsAll: true | undefined;
  readonly change: Event['change'];
}

/** Gathers what a line says: names, and the whole of a long message. */
export async function tailRecord(
  client: MaruClient,
  { room, event }: TailedEvent,
  { markup }: { readonly markup: boolean },
): Promise<TailRecord> {
  const { seq, kind, at, sentAt, sender, refersTo, replyTo, expiresAt, mentions, mentionsAll, change } =
    event;
  if (client.person(sender) === undefined) await client.lookUp([sender]);
  const person = client.person(sender);
  const summary = client.allRooms.find((known) => known.room === room);
  const content = await wholeContent(client, room, event);
  const text = content?.type === 'text' && 'text' in content ? String(content.text) : undefined;
  const entities = entitiesOf({ content });
  return {
    room,
    roomKind: summary?.roomKind,
    roomName: summary?.name,
    seq,
    kind,
    at,
    sentAt,
    sender: { user: sender, handle: person?.handle, name: person?.name },
    own: sender === client.user,
    text: text !== undefined && markup ? formatMarkup(text, entities) : text,
    entities: markup || entities.length === 0 ? undefined : entities,
    content: text === undefined ? content : undefined,
    refersTo,
    expiresAt,
    forwarded: content !== undefined && 'forwarded' in content ? content.forwarded : undefined,
    replyTo,
    mentions,
    mentionsAll,
    // What a first message changes between two people is not what it says.
    change: kind === 'message' ? undefined : change,
  };
}

async function wholeContent(client: MaruClient, room: RoomId, event: Event): Promise<AnyContent | undefined> {
  const { content, edited } = event;
  if (content === undefined) return undefined;
  // The edit has a line of its own.
  if (!('long' in content) || content.long === undefined || edited !== undefined) return content;
  try {
    return await client.openBody(room, event.seq);
  } catch (error) {
    // Deleted meanwhile: its line of the deletion follows.
    if (error instanceof ApiError && error.code === 'not-found') return undefined;
    throw error;
  }
}

/** The line that people see: `09:14 Mina: 안녕`, before it the name of the group. */
export function tailLine(record: TailRecord): string {
  const { roomName, sender } = record;
  const clock = clockText(record.sentAt ?? record.at);
  const place = roomName === undefined ? '' : `${roomName} | `;
  return printable(`${clock} ${place}${said(record, nameOf(sender))}`);
}

function said(record: TailRecord, name: string): string {
  const { kind, text, content, refersTo, change, expiresAt } = record;
  const sender = record.sender.user;
  switch (kind) {
    case 'message':
      return `${name}${about(record)}: ${text ?? (content === undefined && expiresAt !== undefined ? '(expired)' : shown(content))}`;
    case 'edit':
      return `${name} changed #${refersTo}: ${text ?? shown(content)}`;
    case 'deletion':
      return `${name} deleted #${refersTo}`;
    case 'reaction':
      return `${name} ${reacted(change)} #${refersTo}`;
    case 'pinned':
      return `* ${name} ${change?.type === 'pinned' && !change.on ? 'took down' : 'pinned'} #${refersTo}`;
    case 'created':
      return `* ${name} began this conversation`;
    case 'renamed':
      return `* ${name} named this ${change?.type === 'renamed' ? change.name : 'anew'}`;
    case 'described':
      return `* ${name} described this: ${change?.type === 'described' ? change.description : ''}`;
    case 'expired':
      return `* ${expiredCount(change)} expired`;
    case 'timer-set':
      return `* ${name} ${timerText(change)}`;
    case 'related':
      // To the other a refusal and a removal come without what they are.
      return `* ${change?.type === 'related' ? TEXTS.related(name, change.act) : name}`;
    case 'link-made':
      return `* ${TEXTS.linkMade(name, record.roomKind === 'channel')}`;
    case 'link-revoked':
      return `* ${TEXTS.linkRevoked(name, record.roomKind === 'channel')}`;
    case 'join-requested':
      return `* ${name} asks to join`;
    case 'join-refused':
      if (change?.type === 'join-refused' && change.user === sender) return `* ${name} asks to join no more`;
      return `* ${name} did not let somebody in`;
    case 'joined': {
      if (change?.type === 'joined' && change.link !== undefined)
        return change.users[0] === sender ? `* ${name} joined by a link` : `* ${name} let somebody in`;
      const users = change?.type === 'joined' ? change.users : [];
      if (users.length === 1 && users[0] === sender) return `* ${TEXTS.cameBack(name)}`;
      const count = Math.max(1, users.length);
      return `* ${name} added ${count === 1 ? 'somebody' : `${count} people`}`;
    }
    case 'removed':
      return `* ${name} removed somebody`;
    case 'left':
      return `* ${name} left`;
    case 'role-set':
      return `* ${name} set a role: ${change?.type === 'role-set' ? TEXTS[change.role] : ''}`;
    case 'slow-mode-set':
      return `* ${name} set slow mode: ${change?.type === 'slow-mode-set' ? change.seconds : 0} s`;
    case 'rights-set':
      return `* ${name} set who may do what here`;
    default:
      return `* ${name}: ${kind}`;
  }
}

function expiredCount(change: TailRecord['change']): string {
  const messages = change?.type === 'expired' ? change.messages : [];
  const count = messages.reduce((sum, { seqs }) => sum + seqs.length, 0);
  return count === 1 ? '1 message' : `${count} messages`;
}

function timerText(change: TailRecord['change']): string {
  const seconds = change?.type === 'timer-set' ? change.seconds : 0;
  if (seconds === 0) return 'lets messages stay for ever';
  return `lets messages vanish after ${durationText(seconds, 'en')}`;
}

function about({ replyTo, forwarded }: TailRecord): string {
  return `${replyTo === undefined ? '' : ` to #${replyTo}`}${forwarded === undefined ? '' : ' (forwarded)'}`;
}

/** Without its change: to a message that may not be seen. */
function reacted(change: TailRecord['change']): string {
  if (change?.type !== 'reacted') return 'reacted to';
  return change.on ? `put ${change.reaction} on` : `took ${change.reaction} off`;
}

/** Who deleted their account has no name any more. */
function nameOf({ name, handle }: TailRecord['sender']): string {
  if (name !== undefined && name !== '') return name;
  return handle === undefined ? 'somebody' : `@${handle}`;
}

function shown(content: AnyContent | undefined): string {
  if (content === undefined) return '(deleted)';
  return content.type === 'log-line' && 'line' in content ? String(content.line) : `(${content.type})`;
}
