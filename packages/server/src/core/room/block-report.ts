import type { ReportReason, RoomId, Seq, UserId } from '@maru/protocol';

/** What its sender tells the administrators with a block, as the edge found it. The room looks into none of it. */
export interface BlockReport {
  readonly reason: ReportReason;
  /** Empty: nothing was said. */
  readonly note: string;
  /** A room that the sender is in. */
  readonly room: RoomId | undefined;
  /** A message there as the sender sees it; `text`: where it is included. */
  readonly message:
    | { readonly seq: Seq; readonly sender: UserId; readonly text: string | undefined }
    | undefined;
  /** The other of the direct room, where the edge knows: whose account is gone the room has forgotten. */
  readonly peer: UserId | undefined;
}
