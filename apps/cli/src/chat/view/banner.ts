import { nameOf, textOf, type World } from '../state/world.ts';
import { widthOf } from '../text/clusters.ts';
import { truncate } from '../text/fit-text.ts';
import { shownInline } from '../text/shown-text.ts';
import { pinLine } from './header.ts';
import { ruleWith } from './rule.ts';
import { type Line, span } from './span.ts';

/** What stands between two parts; those at the end are left out where there is no room. */
const BETWEEN = ' · ';

/** What has to be said of a direct room, and what may be done about it; `''`: nothing. */
export function bannerText(world: World): string {
  const { room, texts } = world;
  if (room?.peer === undefined) return '';
  const who = nameOf(world, room.peer);
  switch (room.relation?.state) {
    case 'stranger':
    case 'requested-by-them': {
      const note = textOf({ content: room.relation.note });
      const said = note === undefined ? '' : `${BETWEEN}“${shownInline(note)}”`;
      return texts.requestBanner(who, room.relation.state === 'requested-by-them') + said;
    }
    case 'requested-by-me':
      return texts.requestedBanner(who);
    case 'blocked':
      return texts.blockedBanner(who);
    default:
      return room.unavailable ? texts.unavailableBanner(who) : '';
  }
}

/** The line below the title: where nothing has to be said, what is pinned. */
export function bannerLine(world: World, width: number): Line {
  const text = bannerText(world);
  if (text === '') return pinLine(world, width);
  const [first = '', ...parts] = text.split(BETWEEN);
  let shown = truncate(first, width - 4);
  for (const part of parts) {
    const space = width - 4 - widthOf(shown + BETWEEN);
    // A note is cut off, a command is not.
    const fits = widthOf(part) <= space || (part.startsWith('“') && space > 8);
    if (!fits) break;
    shown += BETWEEN + truncate(part, space);
  }
  return ruleWith([span('─ ', 'dim'), span(`${shown} `, 'warning')], [], width);
}
