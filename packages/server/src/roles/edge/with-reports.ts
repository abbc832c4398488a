import { type BlockReport as Given, refusal, type UserId } from '@maru/protocol';
import type { BlockReport } from '../../core/room/block-report.ts';
import type { Inboxes } from '../../ports/inboxes.ts';
import type { Rooms, SubmittedCommand } from '../../ports/rooms.ts';
import type { Intake, IntakeResult } from './intake.ts';
import type { RoomFrame } from './later-frame.ts';
import { reportedMessage } from './reported-message.ts';

export interface ReportSources {
  readonly rooms: Rooms;
  readonly inboxes: Pick<Inboxes, 'peer'>;
}

/** An intake that also reads what the report names which comes with a block (`[REPORT5]`). The room has it kept. */
export function withReports(intake: Intake, sources: ReportSources): Intake {
  return (identity, frame) => {
    const given = reportOf(frame);
    if (given === undefined) return intake(identity, frame);
    if (given.act !== 'block') return refusedReport();
    return withReport(identity.user, frame, intake(identity, frame), given.report, sources);
  };
}

async function withReport(
  by: UserId,
  frame: RoomFrame,
  taking: IntakeResult | Promise<IntakeResult>,
  given: Given,
  sources: ReportSources,
): Promise<IntakeResult> {
  const taken = await taking;
  if (taken.kind === 'refused') return taken;
  const peer = frame.kind === 'create' ? undefined : await sources.inboxes.peer(by, frame.room);
  return {
    kind: 'taken',
    command: reporting(taken.command, await blockReport(sources.rooms, by, given, peer)),
  };
}

/** The command with its report. */
function reporting(command: SubmittedCommand, report: BlockReport | undefined): SubmittedCommand {
  if (report === undefined) return command;
  if (command.kind === 'relate') return { ...command, report };
  if (command.kind !== 'create' || command.roomKind !== 'direct' || command.relate === undefined)
    return command;
  return { ...command, relate: { ...command.relate, report } };
}

/** What a report says that its reporter sees; the rest is left out, for it keeps no block from being done. */
export async function blockReport(
  rooms: Rooms,
  by: UserId,
  { reason, note = '', room, seq, include }: Given,
  peer: UserId | undefined,
): Promise<BlockReport> {
  const isIn = room !== undefined && (await rooms.access(room, by)) !== undefined;
  const seen = isIn && seq !== undefined ? await reportedMessage(rooms, by, room, seq) : undefined;
  const text = include ? await seen?.text() : undefined;
  const message = seen && seq !== undefined ? { seq, sender: seen.sender, text } : undefined;
  return { reason, note, room: isIn ? room : undefined, message, peer };
}

export function refusedReport(): Extract<IntakeResult, { kind: 'refused' }> {
  const message = 'A report comes with a block. Give it by itself: POST /v1/reports.';
  return { kind: 'refused', error: refusal('bad-request', message, { field: 'report' }) };
}

function reportOf(frame: RoomFrame): { readonly act: string; readonly report: Given } | undefined {
  if (frame.kind !== 'relate' && !('relate' in frame)) return undefined;
  const { act, report } = frame.kind === 'relate' ? frame : (frame.relate ?? {});
  return act === undefined || report === undefined ? undefined : { act, report };
}
