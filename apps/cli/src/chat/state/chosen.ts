import type { Message } from '@maru/client';
import type { Effect } from './effect.ts';
import { type Step, step } from './step.ts';
import type { Ui } from './ui.ts';
import type { World } from './world.ts';

/** The message that an arrow key has chosen. */
export function chosen({ selected }: Ui, { room }: World): Message | undefined {
  return selected === undefined ? undefined : room?.messages.find(({ key }) => key === selected);
}

/** Asks before something is done. */
export function ask(ui: Ui, question: string, effect: Effect): Step {
  return step({ ...ui, confirm: { question, effect }, completion: undefined });
}
