import { limits, routes } from '@maru/protocol';
import { reportedMessage } from '../../edge/reported-message.ts';
import { TokenBuckets } from '../../edge/token-bucket.ts';
import { tooManyRequests } from '../admit-anyone.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound, nothing, refuse } from '../handler.ts';
import type { Register } from '../register.ts';

/** Reports of one person: so many in a row, and one a minute in the long run. */
const REPORT_RATE = { perSecond: 1 / 60, burst: 10 };

/** People report each other. Who is reported does not hear of it. */
export function registerPostReport(register: Register, deps: ApiDeps): void {
  const { directory, rooms, reports, clock } = deps;
  const rates = new TokenBuckets(clock, REPORT_RATE);

  register(routes.postReport, async ({ identity, body }) => {
    const { user, room, seq, reason, note = '', include } = body;
    const by = identity.user;
    if (user === by) return refuse('bad-request', 'Nobody can report themselves.', { field: 'user' });
    const wait = rates.take(by);
    if (wait > 0) return { kind: 'refused', error: tooManyRequests(wait) };
    // Somebody who is gone is reported like somebody who blocks the reporter, and looks so (`[REL6]`).
    if ((await directory.user(user)) === undefined) return notFound('person');
    if (room !== undefined && (await rooms.access(room, by)) === undefined) return notFound('room');
    const message =
      room === undefined || seq === undefined ? undefined : await reportedMessage(rooms, by, room, seq);
    if (seq !== undefined && message?.sender !== user) return notFound('event');
    const text = include ? await message?.text() : undefined;
    const what = { by, user, room, seq, reason, note, text, at: clock.now() };
    const report = { ...what, blocked: false, command: undefined };
    if ((await reports.addReport(report, limits.REPORTS_OPEN_MAX)) === 'full') {
      const limit = { name: 'REPORTS_OPEN_MAX', value: limits.REPORTS_OPEN_MAX };
      return refuse('too-many', 'So many of your reports are open. Wait until they were looked at.', {
        limit,
      });
    }
    return nothing();
  });
}
