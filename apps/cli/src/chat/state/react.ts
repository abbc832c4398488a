import type { Message } from '@maru/client';
import { reactionOf } from '@maru/protocol';
import { chosen, type Given, inRoom, lastSent, withSent } from './given.ts';
import { type Step, step, warn } from './step.ts';
import type { Ui } from './ui.ts';
import type { World } from './world.ts';

/** What the digits put on a chosen message. */
const QUICK_REACTIONS = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const;

/** Puts an emoji on the chosen message or the last one, or takes it off where it is one's own already. */
export function react({ ui, world, rest, usage }: Given): Step {
  if (rest === '') return usage;
  return reactTo(ui, chosen(ui, world) ?? lastSent(world), rest, world);
}

/** A digit at a chosen message. */
export function quickReaction(ui: Ui, digit: number, world: World): Step {
  const emoji = QUICK_REACTIONS[digit - 1];
  return emoji === undefined ? step(ui) : reactTo(ui, chosen(ui, world), emoji, world);
}

/** Who has reacted to the chosen message, or to the last one that has any. */
export function showReactions(given: Given): Step {
  const { ui, world } = given;
  return inRoom(given, ({ room, messages }) => {
    const message = chosen(ui, world) ?? messages.findLast(({ reactions }) => reactions.length > 0);
    if (message?.seq === undefined || message.reactions.length === 0)
      return warn(ui, world.texts.noReactions);
    return step(ui, { kind: 'reactions', room, seq: message.seq });
  });
}

function reactTo(ui: Ui, message: Message | undefined, emoji: string, world: World): Step {
  const reaction = reactionOf(emoji);
  if (reaction === undefined) return warn(ui, world.texts.notEmoji);
  return withSent(ui, message, world, world.texts.nothingToReactTo, ({ room }, seq, { reactions }) => {
    const on = !reactions.some((one) => one.reaction === reaction && one.mine);
    return step(ui, { kind: 'react', room, seq, reaction, on });
  });
}
