import type { CommandFrame, Content, DeviceId, Event, Seq, UserId } from '@maru/protocol';
import { limits } from '@maru/protocol';
import type { OwnEvent } from '../room/rooms.ts';

/**
 * The event that an accepted command of this device made, since the device that has the answer is not told of it again.
 * `undefined` where only the server knows what it looks like: a long content, of which it keeps a preview, or a change
 * of the room, an edit of a message that is not here.
 *
 * @param target of an edit: the message, whose end is the edit's, too
 */
export function ownEvent(
  command: CommandFrame,
  seq: Seq,
  at: number,
  me: { readonly user: UserId; readonly device: DeviceId },
  target?: Pick<Event, 'expiresAt'>,
): OwnEvent | undefined {
  const { clientMessageId } = command;
  const common = { seq, at, sender: me.user, device: me.device, clientMessageId };
  switch (command.kind) {
    case 'send': {
      if (!isShort(command.content)) return undefined;
      const { content, replyTo, expiresAfter } = command;
      const chosen = {
        ...(replyTo !== undefined && { replyTo }),
        ...namedIn(command),
        ...(expiresAfter !== undefined && { expiresAfter }),
      };
      return { ...common, kind: 'message', counts: true, content, ...chosen };
    }
    case 'edit': {
      if (target === undefined || !isShort(command.content)) return undefined;
      const { content, refersTo } = command;
      const { expiresAt } = target;
      const more = { ...namedIn(command), ...(expiresAt !== undefined && { expiresAt }) };
      return { ...common, kind: 'edit', counts: false, refersTo, content, ...more };
    }
    case 'delete':
      return { ...common, kind: 'deletion', counts: false, refersTo: command.refersTo };
    default:
      return undefined;
  }
}

function namedIn({ mentions, mentionsAll }: Pick<OwnEvent, 'mentions' | 'mentionsAll'>) {
  return { ...(mentions && { mentions }), ...(mentionsAll && { mentionsAll }) };
}

/** Whether a content travels whole (`[LIMIT5]`). */
function isShort(content: Content): boolean {
  const json = JSON.stringify(content);
  // A UTF-16 unit takes at most three bytes.
  if (json.length * 3 <= limits.LONG_CONTENT_BYTES_MIN) return true;
  return new TextEncoder().encode(json).length <= limits.LONG_CONTENT_BYTES_MIN;
}
