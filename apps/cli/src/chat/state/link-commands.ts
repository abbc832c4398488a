/** Slash commands about links into groups. */
import type { LinkOptions } from '@maru/client';
import { limits, linkCode, type RoomId } from '@maru/protocol';
import { type Given, withHandles } from './given.ts';
import { type Step, step, warn } from './step.ts';

/** What nobody calls a channel. */
const PART_OF_CODE = /^(?=.*\d)[0-9a-hjkmnp-tv-z]{20,51}$/;
const MS_OF = { h: 3_600_000, d: 86_400_000 };

/** `/link`, `/link 7d`, `/link 12h 5 ask`: until when, for how many, and whether somebody has to let them in. */
export function makeLink({ ui, world, rest, usage }: Given, room: RoomId): Step {
  let options: LinkOptions = {};
  for (const word of rest.normalize('NFC').toLowerCase().split(/\s+/)) {
    if (word === '') continue;
    const [, count = '', unit] = /^(\d{1,6})([hd])?$/.exec(word) ?? [];
    const number = Number(count);
    if (word === 'ask' || word === '승인') options = { ...options, approval: true };
    else if (number < 1) return usage;
    else if (unit === 'h' || unit === 'd')
      options = { ...options, expiresAt: world.now + number * MS_OF[unit] };
    else if (number <= limits.LINK_USES_MAX) options = { ...options, usesMax: number };
    else return usage;
  }
  return step(ui, { kind: 'make-link', room, options });
}

/** `/unlink 2`: the second that `/links` shows. */
export function revokeLink({ ui, world, rest, usage }: Given, room: RoomId): Step {
  if (!/^\d+$/.test(rest)) return usage;
  const link = world.room?.facts.links?.[Number(rest) - 1];
  return link === undefined
    ? warn(ui, world.texts.noSuchLink)
    : step(ui, { kind: 'revoke-link', room, link: link.link });
}

/** `/join https://chat.example.org/#join=…`, or the code alone; anything else is the name of a public channel. */
export function join({ ui, world, rest, usage }: Given): Step {
  // What was copied from several rows of a screen has their breaks in it.
  const whole = rest.replace(/\s+/g, '');
  const code = linkCode.safeParse(whole.replace(/^.*#join=/, ''));
  if (code.success) return step(ui, { kind: 'join', code: code.data });
  if (whole.includes('://') || whole.includes('#join=') || PART_OF_CODE.test(rest))
    return warn(ui, world.texts.linkIncomplete);
  const name = rest.trim();
  if (name === '' || name.length > limits.CHANNEL_QUERY_CHARS_MAX) return usage;
  return step(ui, { kind: 'join-channel', name });
}

export function answerJoin({ ui, world, rest, usage }: Given, room: RoomId, accept: boolean): Step {
  if (rest === '') return usage;
  return withHandles(ui, [rest], world, ([handle = '']) =>
    step(ui, { kind: 'answer-join', room, handle, accept }),
  );
}
