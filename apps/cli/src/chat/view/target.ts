import type { RoomId } from '@maru/protocol';

/** What a click is about. */
export type Target =
  | { readonly kind: 'room'; readonly room: RoomId }
  | { readonly kind: 'message'; readonly key: string }
  /** The newest pin, under the header. */
  | { readonly kind: 'pin' }
  /** The note that there is more below. */
  | { readonly kind: 'end' };

/** Where it is: a row, and the columns from `from` up to `to`, which is not in it. */
export interface Region {
  readonly row: number;
  readonly from: number;
  readonly to: number;
  readonly target: Target;
}
