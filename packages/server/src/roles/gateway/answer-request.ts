import { type RequestFrame, refusal } from '@maru/protocol';
import { unreachable } from '../../core/unreachable.ts';
import type { SessionInfo } from '../../ports/inboxes.ts';
import { checkSetting } from '../edge/check-setting.ts';
import { pageFrame, refusalFrame, seenFrame, syncedFrame } from './down-frames.ts';
import type { SessionDeps } from './session-deps.ts';

/** Carries out a request of a session and gives the frame that answers it. */
export async function answerRequest(
  { rooms, inboxes }: Pick<SessionDeps, 'rooms' | 'inboxes'>,
  info: SessionInfo,
  frame: RequestFrame,
): Promise<string> {
  const { id } = frame;
  switch (frame.kind) {
    case 'sync':
      return syncedFrame(id, await inboxes.sync(info.user, frame.cursor, frame.eventsPerRoom));
    case 'history': {
      const { room, from, direction, limit } = frame;
      const query = { direction, limit, ...(from === undefined ? {} : { from }) };
      const page = await rooms.page(room, info.user, query);
      return page === undefined ? notFound(id) : pageFrame(id, room, page);
    }
    case 'mark': {
      const { room, read, unread } = frame;
      const change = { ...(read === undefined ? {} : { read }), ...(unread === undefined ? {} : { unread }) };
      const error = await inboxes.mark(info.user, info.device, room, change);
      return error === undefined ? `{"kind":"ok","id":${id}}` : refusalFrame(error, { id });
    }
    case 'look':
      return seenFrame(id, await inboxes.look(info, frame.rooms));
    case 'status': {
      const answer = await rooms.status(frame.room, info.user, info.device, frame.clientMessageId);
      return answer === undefined ? notFound(id) : JSON.stringify({ kind: 'status', id, answer });
    }
    case 'set': {
      const checked = checkSetting(frame.name, frame.value);
      const error =
        checked.kind === 'refused'
          ? checked.error
          : await inboxes.set(info.user, info.device, frame.name, checked.value);
      return error === undefined ? `{"kind":"ok","id":${id}}` : refusalFrame(error, { id });
    }
    default:
      return unreachable(frame);
  }
}

function notFound(id: number): string {
  return refusalFrame(refusal('not-found', 'There is no such room.'), { id });
}
