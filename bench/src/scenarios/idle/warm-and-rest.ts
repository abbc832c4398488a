import path from 'node:path';
import { writePlan } from '../../load/plan.ts';

/** Sessions that come first and stay, so that what the program itself needs is not counted on the others. */
export const WARM_SESSIONS = 100;

export interface WarmAndRest {
  readonly warmPlan: string;
  /** All but the warm sessions. */
  readonly plan: string;
}

/** Writes both plans, without rooms: nobody says anything. */
export function writeWarmAndRest(folder: string, tokens: readonly string[]): WarmAndRest {
  const [warmPlan, plan] = [path.join(folder, 'warm'), path.join(folder, 'plan')];
  writePlan(warmPlan, { tokens: tokens.slice(0, WARM_SESSIONS), rooms: [] });
  writePlan(plan, { tokens: tokens.slice(WARM_SESSIONS), rooms: [] });
  return { warmPlan, plan };
}
