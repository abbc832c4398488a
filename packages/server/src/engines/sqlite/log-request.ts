/** What the main thread and the log's thread say to each other; see `log-request-text.ts`. Answers are JSON. */
import type { LogRow } from './log-row.ts';
import type { FailureKind } from './storage-error.ts';

export type LogRequest =
  | { readonly kind: 'open'; readonly path: string }
  /** One group: all of it is committed together. */
  | {
      readonly kind: 'commit';
      readonly rows: readonly LogRow[];
      /** Whole contents of long messages, by position. */
      readonly bodies: readonly (readonly [position: number, body: string])[];
      /** Changes of accounts, each all or nothing by itself. */
      readonly operations: readonly Operation[];
    }
  /** Brings the file up to date and empties the write-ahead log. */
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'close' };

/** A method of `Directory` or `Reports` with its arguments. */
export interface Operation {
  readonly method: string;
  readonly args: readonly unknown[];
}

export type LogAnswer =
  | { readonly kind: 'done'; readonly results: readonly OperationResult[] }
  /** The whole group is not stored, or it is not known whether it is. */
  | { readonly kind: 'failed'; readonly failure: FailureKind; readonly detail: string };

export type OperationResult = { readonly value: unknown } | { readonly fault: string };
