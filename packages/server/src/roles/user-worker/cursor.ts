import type { Cursor } from '@maru/protocol';
import type { Position } from '../../ports/position.ts';

/**
 * A device's place in its inbox: `EPOCH.FROM[.s][.TARGET.BELOW]`, numbers in base 36. It has everything up to `from`,
 * and, while an answer goes on over several pages, what lies above `below` up to `target` too.
 */
export interface Place {
  readonly from: Position;
  /** The pages belong to a snapshot. */
  readonly snapshot: boolean;
  readonly page?: { readonly target: Position; readonly below: Position };
}

const FORM = /^([0-9a-z]{1,11})\.([0-9a-z]{1,11})(\.s)?(?:\.([0-9a-z]{1,11})\.([0-9a-z]{1,11}))?$/;

export function encodeCursor(epoch: number, place: Place): Cursor {
  let text = `${epoch.toString(36)}.${place.from.toString(36)}`;
  if (place.snapshot) text += '.s';
  if (place.page !== undefined) text += `.${place.page.target.toString(36)}.${place.page.below.toString(36)}`;
  return text as Cursor;
}

/**
 * Reads a cursor. `undefined`: of another history epoch, beyond the log's head, or not a cursor; the device then gets
 * a snapshot (`[SYNC1]`).
 */
export function decodeCursor(epoch: number, head: Position, cursor: Cursor): Place | undefined {
  const [, of, from = '', snapshot, target, below] = FORM.exec(cursor) ?? [];
  if (of !== epoch.toString(36)) return undefined;
  const place: Place = { from: position(from), snapshot: snapshot !== undefined };
  if (place.from > head) return undefined;
  if (target === undefined || below === undefined) return place;
  const page = { target: position(target), below: position(below) };
  if (page.target > head || page.below > page.target || place.from >= page.below) return undefined;
  return { ...place, page };
}

function position(digits: string): Position {
  return Number.parseInt(digits, 36) as Position;
}
