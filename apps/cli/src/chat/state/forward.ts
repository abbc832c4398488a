import { shownInline } from '../text/shown-text.ts';
import { findRoom } from './find-room.ts';
import { ask, chosen, type Given, inRoom, isThere } from './given.ts';
import { type Step, warn } from './step.ts';
import { roomTitle } from './world.ts';

/** Asks whether to send the chosen message, or the last one, on to a room. */
export function forward(given: Given): Step {
  const { ui, world, rest, usage } = given;
  const { texts } = world;
  if (rest === '') return usage;
  return inRoom(given, ({ room, messages }) => {
    const message = chosen(ui, world) ?? messages.findLast((each) => isThere(each) && each.seq !== undefined);
    if (message === undefined || !isThere(message)) return warn(ui, texts.nothingToForward);
    if (message.seq === undefined) return warn(ui, texts.notYetSent);
    const to = findRoom(rest, world);
    if (to === undefined) return warn(ui, texts.noRoomLike(shownInline(rest)));
    const question = texts.askForward(roomTitle(world, to));
    const effect = { kind: 'forward', room, seq: message.seq, to: to.room } as const;
    return ask(ui, question, effect);
  });
}
