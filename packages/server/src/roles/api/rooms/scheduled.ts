import { routes, scheduledIdOf } from '@maru/protocol';
import type { ApiDeps } from '../deps.ts';
import { done, nothing } from '../handler.ts';
import type { Register } from '../register.ts';

/** Messages that are to be sent later, by the same way as on a session. */
export function registerScheduled(register: Register, { later }: ApiDeps): void {
  register(routes.listScheduled, async ({ identity }) => {
    const { revision, items } = await later.list(identity.user);
    return done({ ...(revision !== undefined && { revision }), items });
  });

  register(routes.schedule, async ({ identity, body }) => {
    const answer = await later.take(identity, { kind: 'schedule', ...body });
    if (answer.kind === 'refused') return answer;
    return done({ scheduled: scheduledIdOf(identity.device, body.room, body.clientMessageId) });
  });

  register(routes.changeScheduled, async ({ identity, params, body }) => {
    const error = await later.change(identity, params.scheduled, body);
    return error === undefined ? nothing() : { kind: 'refused', error };
  });

  register(routes.cancelScheduled, async ({ identity, params }) => {
    const error = await later.remove(identity.user, params.scheduled);
    return error === undefined ? nothing() : { kind: 'refused', error };
  });
}
