import type { ConnectionStatus } from '@maru/client';
import { durationText } from '../../when/duration.ts';
import { keptWords } from '../state/quiet.ts';
import { isIn, nameOf, peerState, roomTitle, statusOf, type World } from '../state/world.ts';
import { truncate } from '../text/fit-text.ts';
import { shownInline } from '../text/shown-text.ts';
import { quoteText } from './quote-text.ts';
import { ruleWith } from './rule.ts';
import { signOf } from './sign-of.ts';
import { type Line, type Span, span, spread } from './span.ts';
import { whenText } from './times.ts';

/** What of the rule stands before and behind a pin at least. */
const PIN_MARGIN = 6;

/** The room's title and who is there; on the right, how the connection is. */
export function headerLine(world: World, width: number): Line {
  const { room, texts, connection } = world;
  const right: Line = [connectionSpan(connection, world), span(' ')];
  if (room === undefined) return spread([span(` ${texts.welcome}`, 'title')], right, width);
  const detail =
    room.roomKind !== 'direct' ? groupDetail(world) : [...peerDetail(world), ...peerStatus(world)];
  const handle = room.peer === undefined ? undefined : world.person(room.peer)?.handle;
  const title = span(
    ` ${room.roomKind === 'direct' ? '' : `${signOf(room)} `}${roomTitle(world, room)}`,
    'title',
  );
  const kept = keptWords(room, world).map((word) => span(` · ${word}`, 'dim'));
  const left = [
    title,
    ...(handle === undefined ? [] : [span(` @${handle}`, 'dim')]),
    ...detail,
    ...timerOf(world),
    ...kept,
    ...laterOf(world),
  ];
  return spread(left, right, width);
}

/** The rule under the header, with the message that was pinned last. */
export function pinLine(world: World, width: number): Line {
  const pin = world.room?.pins[0];
  if (pin === undefined) return [span('─'.repeat(width), 'dim')];
  const text = truncate(`📌 ${quoteText(pin, world)}`, Math.max(2, width - PIN_MARGIN));
  return ruleWith([span('─ ', 'dim'), span(`${text} `, 'accent')], [], width);
}

/** What a state of the connection is called. */
export function connectionText({ state }: ConnectionStatus, { texts }: Pick<World, 'texts'>): string {
  switch (state) {
    case 'online':
      return texts.online;
    case 'connecting':
    case 'idle':
      return texts.connecting;
    case 'syncing':
      return texts.syncing;
    case 'waiting':
      return texts.offline;
    case 'stopped':
      return texts.stopped;
  }
}

function connectionSpan(connection: ConnectionStatus, world: World): Span {
  const text = connectionText(connection, world);
  if (connection.state === 'online') return span(`● ${text}`, 'good');
  return span(`○ ${text}`, connection.state === 'stopped' ? 'bad' : 'warning');
}

function groupDetail({ room, texts, connection }: World): Line {
  if (room === undefined) return [];
  if (!isIn(room)) return [span(`  ${texts.outside}`, 'dim')];
  const present = connection.state === 'online' ? room.presence?.present : undefined;
  // How many read a channel is told now and then, who is there at each look; of a group it is the other way round.
  const isChannel = room.roomKind === 'channel';
  const count = isChannel ? Math.max(room.memberCount, present ?? 0) : room.memberCount;
  const here = present === undefined ? '' : `, ${texts.present(Math.min(present, count))}`;
  const { description, slowMode } = room.facts;
  const slow = slowMode === undefined ? '' : ` · ${texts.slowMode(slowMode)}`;
  const about = description === undefined ? '' : ` · ${shownInline(description)}`;
  return [span(`  ${texts.members(count)}${here}${slow}${about}`, 'dim')];
}

/** How long messages stay here. */
function timerOf({ room, language }: World): Line {
  const seconds = room?.facts.expiresAfter;
  return seconds === undefined ? [] : [span(`  ⏱ ${durationText(seconds, language)}`, 'warning')];
}

/** How much is to be sent here later, and that some of it could not be. */
function laterOf({ scheduled, texts }: World): Line {
  const failed = scheduled.filter(({ state }) => state === 'failed').length;
  if (failed > 0) return [span(`  ${texts.scheduledFailed(failed)}`, 'bad')];
  return scheduled.length === 0 ? [] : [span(`  ${texts.scheduledCount(scheduled.length)}`, 'dim')];
}

function peerDetail(world: World): Line {
  const { room, texts } = world;
  if (room === undefined) return [];
  switch (peerState(world, room)) {
    case 'active':
      return [span('  ● ', 'good'), span(texts.active, 'dim')];
    case 'away':
      return [span('  ◐ ', 'warning'), span(texts.away, 'dim')];
    case 'offline': {
      const last = room.presence?.users.find(({ user }) => user === room.peer)?.lastActive;
      return [
        span(`  ○ ${last === undefined ? texts.absent : texts.lastActive(whenText(last, world))}`, 'dim'),
      ];
    }
    case undefined:
      return [];
  }
}

function peerStatus(world: World): Line {
  const { room } = world;
  const status = room?.peer === undefined ? '' : statusOf(world, room.peer);
  return status === '' ? [] : [span(` · ${status}`, 'dim')];
}

/** Who writes here now; `''`: nobody. */
export function typingText(world: World): string {
  const { room, texts } = world;
  const [first, second, ...more] = (room?.typing ?? []).map((user) => nameOf(world, user));
  if (first === undefined) return '';
  if (second === undefined) return texts.typingOne(first);
  return more.length === 0 ? texts.typingTwo(first, second) : texts.typingMany(more.length + 2);
}
