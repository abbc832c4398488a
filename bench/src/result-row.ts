/** What a scenario measured, and what the bench says of it. */

/** One figure of a scenario. */
export interface Measured {
  readonly metric: string;
  /** Absent where this machine can't tell it: then `note` says why. */
  readonly value: number | undefined;
  readonly unit: string;
  /** The target: the value must be at most, or at least, this. Neither: it is shown and judged by nobody. */
  readonly atMost?: number;
  readonly atLeast?: number;
  /** What the reference beside it did, in the same unit. */
  readonly reference?: number;
  readonly note?: string;
}

/** One element of the JSON that the bench writes. */
export interface ResultRow {
  readonly scenario: string;
  readonly metric: string;
  readonly value: number | null;
  readonly unit: string;
  readonly target: number | null;
  /** On which side of the target the value must be. */
  readonly bound: 'at most' | 'at least' | null;
  /** Null without a target or a value. */
  readonly met: boolean | null;
  readonly reference: number | null;
  readonly note?: string;
}

/** @param judged false for a run too small to say anything: its targets are left out */
export function resultRow(scenario: string, measured: Measured, judged: boolean): ResultRow {
  const { metric, value, unit, reference, note } = measured;
  const atMost = judged ? measured.atMost : undefined;
  const atLeast = judged ? measured.atLeast : undefined;
  const target = atMost ?? atLeast;
  return {
    scenario,
    metric,
    value: value === undefined ? null : rounded(value),
    unit,
    target: target === undefined ? null : rounded(target),
    bound: target === undefined ? null : atMost === undefined ? 'at least' : 'at most',
    met: value === undefined || target === undefined ? null : isMet(value, atMost, atLeast),
    reference: reference === undefined ? null : rounded(reference),
    ...(note !== undefined && { note }),
  };
}

function isMet(value: number, atMost: number | undefined, atLeast: number | undefined): boolean {
  return (atMost === undefined || value <= atMost) && (atLeast === undefined || value >= atLeast);
}

/** Four digits that mean something. */
function rounded(value: number): number {
  return Math.abs(value) >= 1_000 ? Math.round(value) : Number(value.toPrecision(4));
}
