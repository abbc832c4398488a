import type { ReportReason, RoomId, Seq, UserId } from '@maru/protocol';

export interface NewReport {
  /** Who reports whom. */
  readonly by: UserId;
  readonly user: UserId;
  readonly room: RoomId | undefined;
  readonly seq: Seq | undefined;
  readonly reason: ReportReason;
  /** Empty: nothing was said. */
  readonly note: string;
  /** Of the message, where the reporter includes it. */
  readonly text: string | undefined;
  readonly at: number;
  /** It came with a block of the person. */
  readonly blocked: boolean;
  /** The name of the command that it came with, of which there is never a second one. */
  readonly command: string | undefined;
}

export interface ReportRecord extends NewReport {
  /** 1, 2, 3 … in the order in which they were made. */
  readonly report: number;
  readonly closed: { readonly at: number; readonly by: UserId; readonly remark: string } | undefined;
}

/** What people reported, for administrators. Each method is one transaction, durable when it resolves. */
export interface Reports {
  /**
   * Keeps a report. `known`: the same person has reported the same already (the person, the room, the message), and
   * nobody has closed it yet; nothing changes. So it is of a command that has brought one. `full`: so many of their reports
   * are open. Then one with a block is `known` where another about that person is open, and added else.
   */
  addReport(report: NewReport, openMax: number): Promise<'added' | 'known' | 'full'>;
  report(report: number): Promise<ReportRecord | undefined>;
  /** Up to `limit`, the newest first, those before `before`. Costs by `limit`, not by how many there are. */
  reports(page: {
    state: 'open' | 'closed' | 'all';
    before: number | undefined;
    limit: number;
  }): Promise<ReportRecord[]>;
  /** Closes a report, and erases the text that it quotes; one that is closed gets the new remark. False if there is none. */
  closeReport(report: number, closed: { at: number; by: UserId; remark: string }): Promise<boolean>;
  /** False if there is none. */
  reopenReport(report: number): Promise<boolean>;
}
