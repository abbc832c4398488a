/** Every frame a server may send, told apart by `kind`. A client ignores kinds and fields it doesn't know. */
import * as z from 'zod';
import { accepted } from './down/accepted.ts';
import { accountNotice } from './down/account.ts';
import { beatAnswer } from './down/beat-answer.ts';
import { errorFrame } from './down/error.ts';
import { events } from './down/events.ts';
import { marks } from './down/marks.ts';
import { ok } from './down/ok.ts';
import { page } from './down/page.ts';
import { presence, seen } from './down/presence.ts';
import { profileFrame } from './down/profile.ts';
import { receiptCounts } from './down/receipt-counts.ts';
import { receipts } from './down/receipts.ts';
import { refused } from './down/refused.ts';
import { roomFrame } from './down/room.ts';
import { scheduledNotice } from './down/scheduled.ts';
import { settings } from './down/settings.ts';
import { statusAnswer } from './down/status-answer.ts';
import { synced } from './down/synced.ts';
import { typingNotice } from './down/typing-notice.ts';
import { welcome } from './down/welcome.ts';

export const downFrame = z.discriminatedUnion('kind', [
  welcome,
  accepted,
  refused,
  errorFrame,
  events,
  roomFrame,
  synced,
  page,
  ok,
  beatAnswer,
  receipts,
  receiptCounts,
  typingNotice,
  presence,
  seen,
  profileFrame,
  accountNotice,
  marks,
  statusAnswer,
  settings,
  scheduledNotice,
]);
export type DownFrame = z.infer<typeof downFrame>;
export type DownKind = DownFrame['kind'];
