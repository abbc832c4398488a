import { chosen, type Given, inRoom, isThere } from './given.ts';
import { type Step, step, warn } from './step.ts';

/** What the chosen message, or the last one that was edited, said before. */
export function showVersions(given: Given): Step {
  const { ui, world } = given;
  return inRoom(given, ({ room, messages }) => {
    const message = chosen(ui, world) ?? messages.findLast((each) => each.edited && isThere(each));
    if (message?.seq === undefined || !message.edited || !isThere(message))
      return warn(ui, world.texts.nothingEdited);
    return step(ui, { kind: 'versions', room, seq: message.seq });
  });
}
