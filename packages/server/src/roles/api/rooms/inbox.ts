import { routes } from '@maru/protocol';
import { encodeEntry } from '../../edge/encode-entry.ts';
import { encodeSync } from '../../edge/encode-sync.ts';
import type { ApiDeps } from '../deps.ts';
import { done, encoded, notFound, nothing } from '../handler.ts';
import type { Register } from '../register.ts';

/** What the asker's own inbox knows of rooms: sync, one room, marks, receipts, presence, beats. */
export function registerInbox(register: Register, { inboxes }: ApiDeps): void {
  register(routes.getSync, async ({ identity, query }) => {
    const answer = await inboxes.sync(identity.user, query.cursor, query.eventsPerRoom);
    return encoded(encodeSync(answer));
  });

  register(routes.getRoom, async ({ identity, params }) => {
    const entry = await inboxes.entry(identity.user, params.room);
    return entry === undefined ? notFound('room') : encoded(encodeEntry(entry));
  });

  register(routes.putMarks, async ({ identity, params, body }) => {
    const error = await inboxes.mark(identity.user, identity.device, params.room, {
      ...(body.read === undefined ? {} : { read: body.read }),
      ...(body.unread === undefined ? {} : { unread: body.unread }),
    });
    return error === undefined ? nothing() : { kind: 'refused', error };
  });

  register(routes.getReceipts, async ({ identity, params }) => {
    const marks = await inboxes.receipts(identity.user, params.room);
    return marks === undefined ? notFound('room') : done({ marks });
  });

  register(routes.getPresence, async ({ identity, params }) => {
    const presence = await inboxes.presence(identity.user, params.room);
    return presence === undefined ? notFound('room') : done({ ...presence, users: [...presence.users] });
  });

  register(routes.postBeat, async ({ identity, body }) => {
    const answer = await inboxes.beatOf(identity.user, identity.device, body.state, body.cursor);
    return done(answer);
  });
}
