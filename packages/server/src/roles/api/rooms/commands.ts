import { routes } from '@maru/protocol';
import type { ApiDeps } from '../deps.ts';
import { done, notFound } from '../handler.ts';
import type { Register } from '../register.ts';

/** The same commands as on a session, by the same way: a retry may come by either (`[ONCE1]`). */
export function registerCommands(register: Register, { intake, rooms }: ApiDeps): void {
  register(routes.postCommand, async ({ identity, body }) => {
    const taken = await intake(identity, body);
    if (taken.kind === 'refused') return taken;
    const answer = await rooms.submit(taken.command);
    if (answer.kind === 'refused') return answer;
    return done({ room: body.room, seq: answer.seq, at: answer.at });
  });

  register(routes.getStatus, async ({ identity, params }) => {
    const { room, clientMessageId } = params;
    const status = await rooms.status(room, identity.user, identity.device, clientMessageId);
    return status === undefined ? notFound('room') : done(status);
  });
}
