import type { Effect } from './effect.ts';
import type { Notice, Ui } from './ui.ts';

/** What comes of something that happened: a new state, and what is to be done. */
export interface Step {
  readonly ui: Ui;
  readonly effects: readonly Effect[];
}

export function step(ui: Ui, ...effects: readonly Effect[]): Step {
  return { ui, effects };
}

export function warn(ui: Ui, text: string): Step {
  return step({ ...ui, notice: { tone: 'warning', text } satisfies Notice });
}
