import { routes } from '@maru/protocol';
import type { Answer } from '../../../ports/rooms.ts';
import { isLater } from '../../edge/later-frame.ts';
import type { ApiDeps } from '../deps.ts';
import { done, notFound } from '../handler.ts';
import type { Register } from '../register.ts';

/** The same commands as on a session, by the same way: a retry may come by either (`[ONCE1]`). */
export function registerCommands(register: Register, { intake, rooms, later }: ApiDeps): void {
  register(routes.postCommand, async ({ identity, body }) => {
    if (isLater(body)) {
      const scheduled = await later.take(identity, body);
      return scheduled.kind === 'refused' ? scheduled : done({ room: body.room, ...placeOf(scheduled) });
    }
    const taken = await intake(identity, body);
    if (taken.kind === 'refused') return taken;
    const answer = await rooms.submit(taken.command);
    if (answer.kind === 'refused') return answer;
    return done({ room: body.room, ...placeOf(answer) });
  });

  register(routes.getStatus, async ({ identity, params }) => {
    const { room, clientMessageId } = params;
    const status = await rooms.status(room, identity.user, identity.device, clientMessageId);
    return status === undefined ? notFound('room') : done(status);
  });
}

function placeOf({ seq, at }: Answer & { kind: 'accepted' }) {
  return { seq, at };
}
