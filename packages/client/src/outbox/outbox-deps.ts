import type { ClientMessageId, CommandFrame, CommandStatus, RoomId, Seq } from '@maru/protocol';
import type { Environment } from '../environment.ts';
import type { Reachable } from '../relation/reachable.ts';
import type { Journal } from '../store/journal.ts';

export interface OutboxDeps {
  readonly environment: Pick<Environment, 'clock' | 'random'>;
  readonly journal: Journal;
  readonly session: {
    send(command: CommandFrame): boolean;
    statusOf(room: RoomId, clientMessageId: ClientMessageId): Promise<CommandStatus>;
  };
  /** A command is accepted, `at` where the answer said when. Its event is not here yet, or makes none. */
  readonly accepted: (command: CommandFrame, seq: Seq, at: number | undefined) => void;
  readonly changed: (room: RoomId) => void;
  /** The server has said that nobody is at the other end of a direct room, and not taken it back; it says so now. */
  readonly reachable: Pick<Reachable, 'isUnavailable' | 'unavailable'>;
}
