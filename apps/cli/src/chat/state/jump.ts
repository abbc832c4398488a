import type { Seq } from '@maru/protocol';
import { chosen, type Given, inRoom } from './given.ts';
import { show } from './scroll.ts';
import { type Step, step, warn } from './step.ts';
import type { Ui } from './ui.ts';
import type { World } from './world.ts';

/** Goes to what the chosen message answers, or the last one that answers anything. */
export function jumpToQuoted(given: Given): Step {
  const { ui, world } = given;
  return inRoom(given, ({ messages }) => {
    const message = chosen(ui, world) ?? messages.findLast(({ quote }) => quote !== undefined);
    if (message?.quote === undefined) return warn(ui, world.texts.answersNothing);
    const { kind, seq } = message.quote;
    return kind === 'hidden' ? warn(ui, world.texts.quoteHidden) : jumpTo(ui, seq, world);
  });
}

/** Shows a message and chooses it; what is not loaded is fetched first. */
export function jumpTo(ui: Ui, seq: Seq, world: World): Step {
  const { room } = world;
  if (room === undefined) return step(ui);
  const there = room.messages.some((message) => message.seq === seq);
  return there ? landed(ui, seq, world) : step(ui, { kind: 'jump', room: room.room, seq, choose: true });
}

/** What was jumped to is loaded. */
export function landed(ui: Ui, seq: Seq, world: World): Step {
  const message = world.room?.messages.find((each) => each.seq === seq);
  return message === undefined ? warn(ui, world.texts.quoteHidden) : step(show(ui, message, world));
}
