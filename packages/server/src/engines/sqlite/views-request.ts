/** What the main thread and the projections' thread say to each other, as one JSON text each way. */
import type { RoomId, UserId } from '@maru/protocol';
import type { FailureKind } from './storage-error.ts';

export type ViewsRequest =
  /** @property log names the log that the projections must be of */
  | { readonly kind: 'open'; readonly path: string; readonly logPath: string; readonly log: number }
  /** Takes in the log up to a position, and what is soft. */
  | { readonly kind: 'apply'; readonly through: number; readonly soft: SoftWrites }
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'close' };

/** Coalesced: one for each user and room, one for each user. */
export interface SoftWrites {
  readonly delivered: readonly (readonly [user: UserId, room: RoomId, seq: number])[];
  readonly lastActive: readonly (readonly [user: UserId, at: number])[];
}

export type ViewsAnswer =
  /** @property rebuilt why the projections had to be made anew, on `open` */
  | { readonly kind: 'done'; readonly through: number; readonly rebuilt?: string }
  | { readonly kind: 'failed'; readonly failure: FailureKind; readonly detail: string };
