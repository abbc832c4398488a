import type { CommandFrame } from '@maru/protocol';
import type { CommandBody } from '../../core/room/command.ts';
import { unreachable } from '../../core/unreachable.ts';

/** Commands about the roles, rights and links of a group. */
export type GroupFrame = Extract<
  CommandFrame,
  {
    kind: 'set-role' | 'set-rights' | 'set-slow-mode' | 'make-link' | 'revoke-link' | 'join' | 'answer-join';
  }
>;

/** What such a frame asks for, without what it is named by. */
export function groupFrameBody(frame: GroupFrame): CommandBody {
  switch (frame.kind) {
    case 'set-role':
      return { kind: 'set-role', user: frame.user, role: frame.role };
    case 'set-rights':
      return { kind: 'set-rights', rights: frame.rights };
    case 'set-slow-mode':
      return { kind: 'set-slow-mode', seconds: frame.seconds };
    case 'make-link': {
      const { kind, secret, approval, expiresAt, usesMax } = frame;
      const ends = expiresAt === undefined ? {} : { expiresAt };
      return { kind, secret, approval, ...ends, ...(usesMax === undefined ? {} : { usesMax }) };
    }
    case 'revoke-link':
      return { kind: 'revoke-link', link: frame.link };
    case 'join':
      return { kind: 'join', ...(frame.secret !== undefined && { secret: frame.secret }) };
    case 'answer-join':
      return { kind: 'answer-join', user: frame.user, accept: frame.accept };
    default:
      return unreachable(frame);
  }
}
