import type { RoomSummary } from '@maru/client';
import { shownInline } from '../text/shown-text.ts';
import { fold } from './completion.ts';
import { findRoom } from './find-room.ts';
import { ask, chosen, type Given, lastSent, withSent } from './given.ts';
import { quoteOf } from './quote-of.ts';
import { type Step, warn } from './step.ts';
import { roomTitle, type World } from './world.ts';

const UNNAMED = /^(?:anon|익명)\s+(?=\S)/iu;

/** Asks whether to send the chosen message, or the last one, on: `/forward team, jun`, `/forward anon team`. */
export function forward({ ui, world, rest, usage }: Given): Step {
  const { texts } = world;
  if (rest === '') return usage;
  if (world.room === undefined) return warn(ui, texts.noRoomOpen);
  const message = chosen(ui, world) ?? lastSent(world);
  return withSent(ui, message, world, texts.nothingToForward, ({ room }, seq, sent) => {
    const named = !UNNAMED.test(rest) || isTitle(rest, world);
    const rooms = roomsIn(named ? rest : rest.replace(UNNAMED, ''), world);
    if (typeof rooms === 'string') return warn(ui, texts.noRoomLike(shownInline(rooms)));
    const titles = rooms.map((to) => roomTitle(world, to)).join(', ');
    const quote = sent.folded && ui.selected === undefined ? texts.folded : quoteOf(sent);
    const question = named ? texts.askForward(quote, titles) : texts.askForwardUnnamed(quote, titles);
    const to = rooms.map((each) => each.room);
    return ask(ui, question, { kind: 'forward', room, seq, to, named });
  });
}

/** The rooms that were written, each once, or what of it is no room. A title may have a comma. */
function roomsIn(written: string, world: World): readonly RoomSummary[] | string {
  const parts = isTitle(written, world)
    ? [written]
    : written.split(/\s*[,，]\s*/).filter((part) => part !== '');
  const rooms = new Set<RoomSummary>();
  for (const part of parts) {
    const found = findRoom(part, world);
    if (found === undefined) return part;
    rooms.add(found);
  }
  return rooms.size === 0 ? written : [...rooms];
}

function isTitle(written: string, world: World): boolean {
  const found = findRoom(written, world);
  return found !== undefined && fold(roomTitle(world, found)) === fold(written);
}
