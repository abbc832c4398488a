import { quoteText } from '../view/quote-text.ts';
import { chosen, type Given, inRoom, lastSent, withSent } from './given.ts';
import { jumpTo } from './jump.ts';
import { type Step, step, warn } from './step.ts';
import type { Ui } from './ui.ts';
import { roomTitle, type World } from './world.ts';

/** Pins the chosen message or the last one, or takes it down where it is pinned. */
export function pinOrUnpin({ ui, world }: Given): Step {
  const { room, texts } = world;
  if (room !== undefined && !room.can.pin) return warn(ui, texts.notAllowed(room.roomKind === 'channel'));
  const message = chosen(ui, world) ?? lastSent(world);
  return withSent(ui, message, world, texts.nothingToPin, ({ room: id, pins }, seq) => {
    const on = !pins.some((pin) => pin.seq === seq);
    return step({ ...ui, selected: undefined }, { kind: 'pin-message', room: id, seq, on });
  });
}

/** Lists what is pinned, or goes to the one of a number. */
export function showPins(given: Given): Step {
  const { ui, world, rest, usage } = given;
  return inRoom(given, (room) => {
    const { pins } = room;
    if (pins.length === 0) return warn(ui, world.texts.noPins);
    if (rest === '') {
      const text = pins.map((pin, index) => `${index + 1}  ${quoteText(pin, world)}`).join('\n');
      return step({
        ...ui,
        panel: { kind: 'text', title: world.texts.pinsOf(roomTitle(world, room)), text, scroll: 0 },
      });
    }
    if (!/^\d+$/.test(rest)) return usage;
    const pin = pins[Number(rest) - 1];
    return pin === undefined ? warn(ui, world.texts.noSuchPin(pins.length)) : jumpTo(ui, pin.seq, world);
  });
}

/** Goes to what was pinned last. */
export function jumpToPin(ui: Ui, world: World): Step {
  const pin = world.room?.pins[0];
  return pin === undefined ? step(ui) : jumpTo(ui, pin.seq, world);
}
