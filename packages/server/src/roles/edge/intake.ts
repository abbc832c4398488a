import {
  type CommandFrame,
  type Content,
  type Entity,
  type ErrorBody,
  entitiesFault,
  limits,
  refusal,
  type Send,
  type UserId,
} from '@maru/protocol';
import type { CommandBody } from '../../core/room/command.ts';
import { unreachable } from '../../core/unreachable.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Identity } from '../../ports/credentials.ts';
import type { Directory } from '../../ports/directory.ts';
import type { SubmittedCommand } from '../../ports/rooms.ts';
import { type EncodedMessage, encodeContent, encodedBytes, isText } from './long-content.ts';
import { checkText } from './text-checks.ts';

export interface IntakeOptions {
  readonly directory: Pick<Directory, 'users'>;
  readonly clock: Pick<Clock, 'now'>;
  /** The operator's limits in force (`[LIMIT1]`). */
  readonly messageCharsMax: number;
  readonly groupMembersMax: number;
}

export type IntakeResult =
  | { readonly kind: 'taken'; readonly command: SubmittedCommand }
  | { readonly kind: 'refused'; readonly error: ErrorBody };

/**
 * Makes a command of a frame whose shape is checked: looks at what the schemas can't say, encodes the content, and
 * stamps what a decision may not ask for itself. A refusal leaves no trace (`[ONCE8]`). Answers at once unless the
 * directory must be asked whether the people named exist.
 */
export type Intake = (identity: Identity, frame: CommandFrame) => IntakeResult | Promise<IntakeResult>;

/** The way in for commands, the same for sessions and for HTTP. */
export function createIntake(options: IntakeOptions): Intake {
  const { directory, clock, messageCharsMax, groupMembersMax } = options;

  function stamp(identity: Identity, frame: CommandFrame, body: CommandBody, whole?: string): IntakeResult {
    const command: SubmittedCommand = {
      ...body,
      room: frame.room,
      sender: identity.user,
      device: identity.device,
      clientMessageId: frame.clientMessageId,
      now: clock.now(),
      groupMembersMax,
    };
    return { kind: 'taken', command: whole === undefined ? command : { ...command, body: whole } };
  }

  async function withUsers(
    identity: Identity,
    frame: CommandFrame,
    body: CommandBody,
    users: readonly UserId[],
  ): Promise<IntakeResult> {
    const wanted = new Set(users);
    const found = await directory.users([...wanted]);
    const there = found.filter((record) => record.deletedAt === undefined);
    if (there.length === wanted.size) return stamp(identity, frame, body);
    return refused(
      refusal('recipient-unavailable', 'There is no such person, or no longer.', { field: 'users' }),
    );
  }

  return (identity, frame) => {
    switch (frame.kind) {
      case 'send': {
        const { expiresAfter } = frame;
        const encoded = encode(frame.content, messageCharsMax);
        if (encoded.kind === 'refused') return encoded;
        const { content, body } = encoded.message;
        const more = { ...namedIn(frame), ...(expiresAfter === undefined ? {} : { expiresAfter }) };
        return stamp(identity, frame, { kind: 'send', content, ...more }, body);
      }
      case 'edit': {
        const { refersTo } = frame;
        const encoded = encode(frame.content, messageCharsMax);
        if (encoded.kind === 'refused') return encoded;
        const { content, body } = encoded.message;
        return stamp(identity, frame, { kind: 'edit', refersTo, content, ...namedIn(frame) }, body);
      }
      case 'create':
        if (frame.roomKind === 'direct') {
          const { kind, roomKind, user } = frame;
          return withUsers(identity, frame, { kind, roomKind, user }, [user]);
        } else {
          const { kind, roomKind, name, history, users } = frame;
          return withUsers(identity, frame, { kind, roomKind, name, history, users }, users);
        }
      case 'add':
        return withUsers(identity, frame, { kind: 'add', users: frame.users }, frame.users);
      case 'delete':
        return stamp(identity, frame, { kind: 'delete', refersTo: frame.refersTo });
      case 'remove':
        return stamp(identity, frame, { kind: 'remove', user: frame.user });
      case 'leave':
        return stamp(identity, frame, { kind: 'leave' });
      case 'rename':
        return stamp(identity, frame, { kind: 'rename', name: frame.name });
      case 'set-history':
        return stamp(identity, frame, { kind: 'set-history', history: frame.history });
      case 'describe':
        return stamp(identity, frame, { kind: 'describe', description: frame.description });
      default:
        return unreachable(frame);
    }
  };
}

function namedIn({ mentions, mentionsAll }: Pick<Send, 'mentions' | 'mentionsAll'>) {
  return { ...(mentions && { mentions }), ...(mentionsAll && { mentionsAll }) };
}

function refused(error: ErrorBody): IntakeResult & { kind: 'refused' } {
  return { kind: 'refused', error };
}

function encode(
  content: Content,
  charsMax: number,
): { readonly kind: 'encoded'; readonly message: EncodedMessage } | (IntakeResult & { kind: 'refused' }) {
  if (isText(content)) {
    const wrong = checkText(content.text, charsMax) ?? checkEntities(content.text, content.entities ?? []);
    return wrong === undefined ? { kind: 'encoded', message: encodeContent(content) } : refused(wrong);
  }
  const message = encodeContent(content);
  const given = encodedBytes(message);
  if (given <= limits.OPAQUE_CONTENT_BYTES_MAX) return { kind: 'encoded', message };
  const limit = { name: 'OPAQUE_CONTENT_BYTES_MAX', value: limits.OPAQUE_CONTENT_BYTES_MAX };
  return refused(
    refusal('content-too-large', 'The content is too large.', { limit, given, field: 'content' }),
  );
}

function checkEntities(text: string, entities: readonly Entity[]): ErrorBody | undefined {
  const fault = entitiesFault(text, entities);
  return fault === undefined ? undefined : refusal('bad-request', fault, { field: 'content.entities' });
}
