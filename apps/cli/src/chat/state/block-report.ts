import type { Message, ReportDetails } from '@maru/client';
import type { UserId } from '@maru/protocol';
import { reasonIn } from './ask-report.ts';
import { chosen, isThere } from './given.ts';
import { quoteOf } from './quote-of.ts';
import type { Ui } from './ui.ts';
import type { World } from './world.ts';

/** What asks for a report, too. */
const SIGN = /(?<!\S)--(?:report|신고)(?!\S)/u;

/** What was written behind `/block`: whom, and what the administrators are told with it. */
export interface BlockWritten {
  readonly whom: string;
  /** `undefined`: they are told nothing. */
  readonly report: string | undefined;
}

/** `@jun --report spam the third time`, or any part of it. */
export function readBlock(rest: string): BlockWritten {
  const given = rest.normalize('NFC');
  const sign = SIGN.exec(given);
  if (sign === null) return { whom: given.trim(), report: undefined };
  const behind = given.slice(sign.index + sign[0].length);
  return { whom: given.slice(0, sign.index).trim(), report: behind.trim() };
}

/**
 * The report that goes with a block, and what of a message stands in it: the chosen one, else the last that the person
 * wrote here, else what their request says. `undefined`: the note is too long.
 *
 * @param user whose words they may be; `undefined`: who is named by the handle is reported as such
 */
export function blockReportOf(
  ui: Ui,
  world: World,
  user: UserId | undefined,
  written: string,
): { readonly report: ReportDetails; readonly quote: string | undefined } | undefined {
  const { reason, note } = reasonIn(written);
  if (note === undefined) return undefined;
  const said = { reason, ...(note !== '' && { note }) };
  const { room } = world;
  if (room === undefined || user === undefined) return { report: said, quote: undefined };
  const message =
    chosen(ui, world) ?? room.messages.findLast((each) => isThere(each) && each.sender === user);
  if (isTheirs(message, user)) {
    const report = { ...said, room: room.room, seq: message.seq, include: true };
    return { report, quote: quoteOf(message) };
  }
  const { state, seq, note: asked } = room.relation ?? {};
  const request = state === 'requested-by-them' && asked !== undefined ? seq : undefined;
  if (request === undefined) return { report: { ...said, room: room.room }, quote: undefined };
  const report = {
    ...said,
    room: room.room,
    seq: request as NonNullable<ReportDetails['seq']>,
    include: true,
  };
  return { report, quote: quoteOf({ content: asked }) };
}

function isTheirs(
  message: Message | undefined,
  user: UserId,
): message is Message & { readonly seq: NonNullable<Message['seq']> } {
  return message?.sender === user && message.seq !== undefined && isThere(message);
}
