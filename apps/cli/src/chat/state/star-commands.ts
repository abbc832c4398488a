import type { Message } from '@maru/client';
import { shownInline } from '../text/shown-text.ts';
import { wholeWhenText } from '../view/times.ts';
import { chosen, type Given, inRoom, isSaid, told } from './given.ts';
import { jumpTo } from './jump.ts';
import { isStarred } from './stars.ts';
import { type Step, step, warn } from './step.ts';
import { nameOf, textOf, type World } from './world.ts';

/** Stars the chosen message or the last one, or takes its star. */
export function star(given: Given): Step {
  const { ui, world } = given;
  const { texts } = world;
  return inRoom(given, ({ room, messages }) => {
    const message = chosen(ui, world) ?? messages.findLast(isSaid);
    if (message === undefined) return warn(ui, texts.nothingToStar);
    const { seq } = message;
    if (seq === undefined) return warn(ui, texts.notYetSent);
    const on = !isStarred(message, world);
    return told(given, on ? texts.starred : texts.unstarred, { kind: 'star', room, seq, on });
  });
}

/** Lists what is starred in the room, the oldest first, or goes to the one of a number. */
export function showStars(given: Given): Step {
  const { ui, world, rest, usage } = given;
  const { texts } = world;
  return inRoom(given, ({ stars, messages }) => {
    if (stars.length === 0) return warn(ui, texts.noStars);
    if (rest !== '') {
      if (!/^\d+$/.test(rest)) return usage;
      const seq = stars[Number(rest) - 1];
      return seq === undefined ? warn(ui, texts.noSuchStar(stars.length)) : jumpTo(ui, seq, world);
    }
    const loaded = new Map(messages.map((message) => [message.seq, message]));
    const lines = stars.map((seq, index) => `${index + 1}  ${lineOf(loaded.get(seq), world)}`);
    const panel = { kind: 'text' as const, title: texts.starsTitle, text: lines.join('\n'), scroll: 0 };
    return step({ ...ui, panel });
  });
}

function lineOf(message: Message | undefined, world: World): string {
  const { texts } = world;
  if (message === undefined) return texts.starNotLoaded;
  const when = wholeWhenText(message.at, world);
  return `${nameOf(world, message.sender)}, ${when}: ${saidIn(message, world)}`;
}

function saidIn(message: Message, { texts }: World): string {
  if (message.folded) return texts.folded;
  if (message.deleted) return texts.deleted;
  return message.expired ? texts.expired : shownInline(textOf(message) ?? '');
}
