import { routes } from '@maru/protocol';
import { encodeEvent } from '../../room-worker/encode-event.ts';
import type { ApiDeps } from '../deps.ts';
import { encoded, notFound } from '../handler.ts';
import type { Register } from '../register.ts';

/** Reads of a room's log. Whoever may not read gets what a room that isn't there gives (`[PRIV1]`). */
export function registerHistory(register: Register, { rooms }: ApiDeps): void {
  register(routes.getEvents, async ({ identity, params, query }) => {
    const { from, direction, limit } = query;
    const page = await rooms.page(params.room, identity.user, {
      ...(from === undefined ? {} : { from }),
      direction,
      limit,
    });
    if (page === undefined) return notFound('room');
    const events = page.events.map(encodeEvent).join(',');
    const visible = JSON.stringify(page.visible);
    return encoded(`{"room":"${params.room}","events":[${events}],"visible":${visible},"head":${page.head}}`);
  });

  register(routes.getVersions, async ({ identity, params }) => {
    const found = await rooms.versions(params.room, identity.user, params.seq);
    if (found === undefined) return notFound('event');
    const versions = found.versions.map(
      ({ seq, at, content }) => `{"seq":${seq},"at":${at},"content":${content}}`,
    );
    return encoded(`{"versions":[${versions.join(',')}],"omitted":${found.omitted}}`);
  });

  register(routes.getBody, async ({ identity, params }) => {
    const body = await rooms.body(params.room, identity.user, params.seq);
    return body === undefined ? notFound('event') : encoded(body);
  });
}
