/** Up to where everybody who was there by then had received and read. */
export interface Settled {
  readonly delivered: number;
  readonly read: number;
}

export const NOTHING_SETTLED: Settled = { delivered: 0, read: 0 };

/**
 * What is settled before somebody comes in or goes: a message that all others have read stays read, though who comes
 * later has not, and though nobody may be left. Never less than before.
 */
export function settledBefore({
  settled = NOTHING_SETTLED,
  receipts,
  memberCount,
}: {
  readonly settled?: Settled | undefined;
  /** How far others are. */
  readonly receipts: readonly { readonly delivered: number; readonly read: number }[];
  readonly memberCount: number;
}): Settled {
  if (receipts.length === 0 || receipts.length < memberCount - 1) return settled;
  const delivered = Math.min(...receipts.map((mark) => Math.max(mark.delivered, mark.read)));
  const read = Math.min(...receipts.map((mark) => mark.read));
  if (delivered <= settled.delivered && read <= settled.read) return settled;
  return { delivered: Math.max(settled.delivered, delivered), read: Math.max(settled.read, read) };
}
