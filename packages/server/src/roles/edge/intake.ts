import type { CommandFrame, ErrorBody, Send, UserId } from '@maru/protocol';
import type { CommandBody } from '../../core/room/command.ts';
import { unreachable } from '../../core/unreachable.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Identity } from '../../ports/credentials.ts';
import type { SubmittedCommand } from '../../ports/rooms.ts';
import { encodeChecked } from './checked-content.ts';
import { frameBody } from './frame-body.ts';
import type { RoomFrame } from './later-frame.ts';
import { limited } from './limited.ts';
import { isText } from './long-content.ts';
import { checkPeople, type PeopledBody, type PeopleSources } from './people-named.ts';
import { createBody, relateBody } from './relation-bodies.ts';

export interface IntakeOptions extends PeopleSources {
  readonly clock: Pick<Clock, 'now'>;
  /** The operator's limits in force (`[LIMIT1]`), here and below. */
  readonly messageCharsMax: number;
  readonly groupMembersMax: number;
  readonly channelMembersMax: number;
}

export type IntakeResult =
  | { readonly kind: 'taken'; readonly command: SubmittedCommand }
  | { readonly kind: 'refused'; readonly error: ErrorBody };

/**
 * Makes a command of a frame whose shape is checked: looks at what the schemas can't say, encodes the content, and
 * stamps what a decision may not ask for itself. A refusal leaves no trace (`[ONCE8]`). Answers at once unless the
 * directory must be asked whether the people named exist.
 */
export type Intake = (identity: Identity, frame: RoomFrame) => IntakeResult | Promise<IntakeResult>;

/** The way in for commands, the same for sessions and for HTTP. */
export function createIntake(options: IntakeOptions): Intake {
  const { clock, messageCharsMax, groupMembersMax, channelMembersMax } = options;

  function stamp(identity: Identity, frame: RoomFrame, body: PeopledBody, whole?: string): IntakeResult {
    const command: SubmittedCommand = {
      ...limited(body, { groupMembersMax, channelMembersMax }),
      room: frame.room,
      sender: identity.user,
      device: identity.device,
      clientMessageId: frame.clientMessageId,
      now: clock.now(),
    };
    return { kind: 'taken', command: whole === undefined ? command : { ...command, body: whole } };
  }

  async function withUsers(
    identity: Identity,
    frame: RoomFrame,
    body: CommandBody,
    users: readonly UserId[],
  ): Promise<IntakeResult> {
    const checked = await checkPeople(options, identity.user, body, users);
    return checked.kind === 'refused' ? checked : stamp(identity, frame, checked.body);
  }

  return (identity, frame) => {
    switch (frame.kind) {
      case 'send': {
        const { expiresAfter } = frame;
        const replyTo = frame.replyTo ?? (isText(frame.content) ? frame.content.replyTo : undefined);
        const encoded = encodeChecked(frame.content, messageCharsMax);
        if (encoded.kind === 'refused') return encoded;
        const { content, body } = encoded.message;
        const more = {
          ...(replyTo === undefined ? {} : { replyTo }),
          ...namedIn(frame),
          ...(expiresAfter === undefined ? {} : { expiresAfter }),
        };
        return stamp(identity, frame, { kind: 'send', content, ...more }, body);
      }
      case 'edit': {
        const { refersTo } = frame;
        const encoded = encodeChecked(frame.content, messageCharsMax);
        if (encoded.kind === 'refused') return encoded;
        const { content, body } = encoded.message;
        return stamp(identity, frame, { kind: 'edit', refersTo, content, ...namedIn(frame) }, body);
      }
      case 'create': {
        const body = createBody(frame);
        if (body.kind === 'refused') return body;
        const users = peopleIn(frame);
        return users === undefined ? stamp(identity, frame, body) : withUsers(identity, frame, body, users);
      }
      case 'add':
        return withUsers(identity, frame, { kind: 'add', users: frame.users }, frame.users);
      case 'relate': {
        const body = relateBody(frame);
        return body.kind === 'refused' ? body : stamp(identity, frame, body);
      }
      case 'delete':
      case 'remove':
      case 'leave':
      case 'rename':
      case 'set-history':
      case 'describe':
      case 'set-timer':
      case 'set-role':
      case 'set-rights':
      case 'set-slow-mode':
      case 'make-link':
      case 'revoke-link':
      case 'join':
      case 'react':
      case 'pin':
        return stamp(identity, frame, frameBody(frame));
      case 'answer-join': {
        const body = frameBody(frame);
        return frame.accept ? withUsers(identity, frame, body, [frame.user]) : stamp(identity, frame, body);
      }
      default:
        return unreachable(frame);
    }
  };
}

/** With whom somebody makes a room; a channel is made with nobody. */
function peopleIn(frame: CommandFrame & { kind: 'create' }): readonly UserId[] | undefined {
  if (frame.roomKind === 'channel') return undefined;
  return frame.roomKind === 'direct' ? [frame.user] : frame.users;
}

function namedIn({ mentions, mentionsAll }: Pick<Send, 'mentions' | 'mentionsAll'>) {
  return { ...(mentions && { mentions }), ...(mentionsAll && { mentionsAll }) };
}
