import type { CommandFrame } from '@maru/protocol';

/** A command about a message that is to be sent later: it makes no event now. */
export type LaterFrame = Extract<CommandFrame, { kind: 'schedule' | 'reschedule' | 'unschedule' }>;
/** A command that its room decides on. */
export type RoomFrame = Exclude<CommandFrame, LaterFrame>;

export function isLater(frame: CommandFrame): frame is LaterFrame {
  return frame.kind === 'schedule' || frame.kind === 'reschedule' || frame.kind === 'unschedule';
}
