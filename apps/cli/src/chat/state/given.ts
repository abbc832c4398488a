import type { Message } from '@maru/client';
import { type Step, warn } from './step.ts';
import type { Ui } from './ui.ts';
import type { World } from './world.ts';

/** Where a command acts, with what was written behind it. */
export interface Given {
  readonly ui: Ui;
  readonly world: World;
  readonly rest: string;
  readonly usage: Step;
}

export function inRoom({ ui, world }: Given, act: (room: NonNullable<World['room']>) => Step): Step {
  return world.room === undefined ? warn(ui, world.texts.noRoomOpen) : act(world.room);
}

export function chosen({ selected }: Ui, { room }: World): Message | undefined {
  return selected === undefined ? undefined : room?.messages.find(({ key }) => key === selected);
}
