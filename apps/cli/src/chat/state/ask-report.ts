import { type ReportReason, reportNote } from '@maru/protocol';
import { ask, chosen } from './given.ts';
import { quoteOf } from './quote-of.ts';
import { type Step, warn } from './step.ts';
import type { Ui } from './ui.ts';
import { nameOf, type World } from './world.ts';

/** What people may write for a reason. */
const REASONS: ReadonlyMap<string, ReportReason> = new Map([
  ...(['spam', 'abuse', 'threat', 'illegal', 'other'] as const).map((reason) => [reason, reason] as const),
  ['스팸', 'spam'],
  ['욕설', 'abuse'],
  ['위협', 'threat'],
  ['불법', 'illegal'],
  ['기타', 'other'],
]);

/** Reports the chosen message, or the last one of somebody else; of a direct room without one, the other person. */
export function askReport(ui: Ui, room: NonNullable<World['room']>, rest: string, world: World): Step {
  const { texts, me } = world;
  const message =
    chosen(ui, world) ??
    room.messages.findLast(({ kind, sender, deleted }) => kind === 'message' && sender !== me && !deleted);
  const user = message?.sender ?? room.peer;
  if (user === undefined || user === me) return warn(ui, texts.nothingToReport);
  const { reason, note } = reasonIn(rest);
  if (note === undefined) return warn(ui, texts.noteTooLong);
  const name = nameOf(world, user);
  const seq = message?.seq;
  const effect = { kind: 'report', user, room: room.room, reason, note } as const;
  if (message === undefined || seq === undefined) return ask(ui, texts.askReportPerson(name), effect);
  return ask(ui, texts.askReport(name, quoteOf(message)), { ...effect, seq });
}

/** What was written of the reason. */
export function reasonIn(rest: string): { reason: ReportReason; note: string | undefined } {
  const [, first = '', more = ''] = /^(\S*)\s*([\s\S]*)$/.exec(rest) ?? [];
  const reason = REASONS.get(first.normalize('NFC').toLowerCase());
  return { reason: reason ?? 'other', note: reportNote.safeParse(reason === undefined ? rest : more).data };
}
