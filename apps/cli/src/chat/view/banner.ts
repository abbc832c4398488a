import { nameOf, textOf, type World } from '../state/world.ts';
import { widthOf } from '../text/clusters.ts';
import { truncate } from '../text/fit-text.ts';
import { inOneLine } from '../text/in-one-line.ts';
import { shownInline } from '../text/shown-text.ts';
import { pinLine } from './header.ts';
import { ruleWith } from './rule.ts';
import { type Line, span } from './span.ts';

/** What has to be said of a direct room, and what may be done about it, in parts; none: nothing. */
function bannerParts(world: World): readonly Part[] {
  const { room, texts } = world;
  if (room?.peer === undefined) return [];
  const who = nameOf(world, room.peer);
  switch (room.relation?.state) {
    case 'stranger':
    case 'requested-by-them': {
      const note = textOf({ content: room.relation.note });
      const parts = whole(texts.requestBanner(who, room.relation.state === 'requested-by-them'));
      return note === undefined ? parts : [...parts, { text: `“${shownInline(note)}”`, isNote: true }];
    }
    case 'requested-by-me':
      return whole(texts.requestedBanner(who));
    case 'blocked':
      return whole(texts.blockedBanner(who));
    default:
      return room.unavailable ? whole(texts.unavailableBanner(who)) : [];
  }
}

/** A part of the banner. A note is cut off where there is no room, any other is left out. */
interface Part {
  readonly text: string;
  readonly isNote: boolean;
}

function whole(texts: readonly string[]): Part[] {
  return texts.map((text) => ({ text, isNote: false }));
}

/** The banner as one text; `''`: nothing has to be said. */
export function bannerText(world: World): string {
  return inOneLine(bannerParts(world).map(({ text }) => text));
}

/** The line below the title: where nothing has to be said, what is pinned. */
export function bannerLine(world: World, width: number): Line {
  const [first, ...parts] = bannerParts(world);
  if (first === undefined) return pinLine(world, width);
  let shown = truncate(first.text, width - 4);
  for (const { text, isNote } of parts) {
    const space = width - 4 - widthOf(inOneLine([shown, '']));
    const isCut = isNote && space > NOTE_WIDTH_MIN;
    const given = isNote || widthOf(text) <= space ? text : text.replace(OPTION, '');
    if (widthOf(given) > space && !isCut) break;
    shown = inOneLine([shown, truncate(given, space)]);
    if (given !== text) break;
  }
  return ruleWith([span('─ ', 'dim'), span(`${shown} `, 'warning')], [], width);
}

/** What may be written behind a command. */
const OPTION = / \[.*\]$/;
/** Less of a note says nothing. */
const NOTE_WIDTH_MIN = 8;
