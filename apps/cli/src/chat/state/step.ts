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

/** One step after another. */
export function then(first: Step, next: (ui: Ui) => Step): Step {
  const second = next(first.ui);
  return { ui: second.ui, effects: [...first.effects, ...second.effects] };
}
