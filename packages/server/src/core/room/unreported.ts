import type { UserId } from '@maru/protocol';
import type { BlockReport } from './block-report.ts';
import type { Decision, RoomCommand } from './command.ts';
import { refuse } from './refuse.ts';

/**
 * What a block that is to be done still lacks: its report is kept first (`[REPORT5]`). Only here is it known that the block
 * will be done, and of whom. `undefined`: nothing.
 */
export function unreported(
  command: RoomCommand,
  report: BlockReport | undefined,
  about: UserId | undefined,
): Decision | undefined {
  if (report === undefined || command.reported === true) return undefined;
  return about === undefined
    ? refuse(command, 'recipient-unavailable')
    : { kind: 'lookup', of: 'report', about, report };
}
