import { handle as handleSchema } from '@maru/protocol';
import { shownInline } from '../text/shown-text.ts';
import type { Effect } from './effect.ts';
import { type Step, step, warn } from './step.ts';
import type { Ui } from './ui.ts';
import type { World } from './world.ts';

/** Where a command acts, with what was written behind it. */
export interface Given {
  readonly ui: Ui;
  readonly world: World;
  readonly rest: string;
  readonly usage: Step;
}

/** Goes on with the handles that were written, if they can be such. */
export function withHandles(
  ui: Ui,
  given: readonly string[],
  { texts }: World,
  act: (handles: readonly string[]) => Step,
): Step {
  const handles = given.map((word) => handleSchema.safeParse(word.replace(/^[@＠]/, '').toLowerCase()));
  const wrong = handles.findIndex(({ success }) => !success);
  if (wrong !== -1) return warn(ui, texts.badHandle(shownInline(given[wrong] ?? '')));
  return act(handles.flatMap(({ data }) => data ?? []));
}

/** Asks before it is done. */
export function ask(ui: Ui, question: string, effect: Effect): Step {
  return step({ ...ui, confirm: { question, effect }, completion: undefined });
}
