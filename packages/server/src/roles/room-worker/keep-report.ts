import { limits, type UserId } from '@maru/protocol';
import type { BlockReport } from '../../core/room/block-report.ts';
import type { Reports } from '../../ports/reports.ts';
import type { SubmittedCommand } from '../../ports/rooms.ts';

/** Keeps what comes with a block about whom it blocks, durable when it resolves; of one command once (`[REPORT5]`). */
export async function keepReport(
  reports: Pick<Reports, 'addReport'>,
  { room: direct, sender, device, clientMessageId, now }: SubmittedCommand,
  about: UserId,
  { reason, note, room, message }: BlockReport,
): Promise<void> {
  const isNamed = device !== undefined && clientMessageId !== undefined;
  // Nobody puts the words of another into their mouth.
  const theirs = message?.sender === about ? message : undefined;
  const report = {
    ...{ by: sender, user: about, room, seq: theirs?.seq, reason, note, text: theirs?.text, at: now },
    blocked: true,
    command: isNamed ? `${direct} ${device} ${clientMessageId}` : undefined,
  };
  await reports.addReport(report, limits.REPORTS_OPEN_MAX);
}
