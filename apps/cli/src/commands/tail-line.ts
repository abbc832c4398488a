import { ApiError, type MaruClient, type TailedEvent } from '@maru/client';
import type { AnyContent, Event, RoomId, UserId } from '@maru/protocol';
import { clockText } from '../terminal/date-time.ts';
import { printable } from '../terminal/printable.ts';

/**
 * One line of `maru tail --json`. The fields are stable: later versions may add some. Times are milliseconds since the
 * epoch. See docs/cli.md.
 */
export interface TailRecord {
  readonly room: RoomId;
  readonly roomKind: 'direct' | 'group' | undefined;
  /** A group's name. */
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
  /** The content of a message of another type, as it is. */
  readonly content: AnyContent | undefined;
  /** The message that an edit or a deletion is about. */
  readonly refersTo: number | undefined;
  readonly mentions: readonly UserId[] | undefined;
  readonly change: Event['change'];
}

/** Gathers what a line says: names, and the whole of a long message. */
export async function tailRecord(client: MaruClient, { room, event }: TailedEvent): Promise<TailRecord> {
  const { seq, kind, at, sentAt, sender, refersTo, mentions, change } = event;
  if (client.person(sender) === undefined) await client.lookUp([sender]);
  const person = client.person(sender);
  const summary = client.rooms.find((known) => known.room === room);
  const content = await wholeContent(client, room, event);
  const text = content?.type === 'text' && 'text' in content ? String(content.text) : undefined;
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
    text,
    content: text === undefined ? content : undefined,
    refersTo,
    mentions,
    change,
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

function said({ kind, text, content, refersTo, change }: TailRecord, name: string): string {
  switch (kind) {
    case 'message':
      return `${name}: ${text ?? shown(content)}`;
    case 'edit':
      return `${name} changed #${refersTo}: ${text ?? shown(content)}`;
    case 'deletion':
      return `${name} deleted #${refersTo}`;
    case 'created':
      return `* ${name} began this conversation`;
    case 'renamed':
      return `* ${name} named this ${change?.type === 'renamed' ? change.name : 'anew'}`;
    case 'described':
      return `* ${name} described this: ${change?.type === 'described' ? change.description : ''}`;
    case 'joined': {
      const count = change?.type === 'joined' ? change.users.length : 1;
      return `* ${name} added ${count === 1 ? 'somebody' : `${count} people`}`;
    }
    case 'removed':
      return `* ${name} removed somebody`;
    case 'left':
      return `* ${name} left`;
    default:
      return `* ${name}: ${kind}`;
  }
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
