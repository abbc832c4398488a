/** Slash commands about the roles and rights of a group. */
import type { RightLevel, Role, RoomFacts, RoomId, RoomRight } from '@maru/protocol';
import { levelOf, limits, roomRight } from '@maru/protocol';
import { rightNames } from '../texts/group-texts.ts';
import type { Texts } from '../texts/texts.ts';
import { ask, type Given, withHandles } from './given.ts';
import { type Step, step } from './step.ts';

const ROLES: Readonly<Record<string, Role>> = {
  owner: 'owner',
  admin: 'administrator',
  administrator: 'administrator',
  member: 'member',
  소유자: 'owner',
  관리자: 'administrator',
  구성원: 'member',
};

const LEVELS: Readonly<Record<string, RightLevel>> = {
  all: 'everyone',
  everyone: 'everyone',
  admins: 'administrators',
  administrators: 'administrators',
  owner: 'owner',
  모두: 'everyone',
  관리자: 'administrators',
  소유자: 'owner',
};

/** `/role @jun admin`. Handing over can't be taken back, so it is asked for. */
export function setRole({ ui, world, rest, usage }: Given, room: RoomId): Step {
  const [who, as, ...more] = rest.split(/\s+/);
  const role = as === undefined ? undefined : ROLES[as.normalize('NFC').toLowerCase()];
  if (who === undefined || role === undefined || more.length > 0) return usage;
  return withHandles(ui, [who], world, ([handle = '']) => {
    const effect = { kind: 'role' as const, room, handle, role };
    return role === 'owner' ? ask(ui, world.texts.askHandOver(`@${handle}`), effect) : step(ui, effect);
  });
}

/** `/rights` shows who may do what, `/rights send admins` sets it. */
export function setRights({ ui, world, rest, usage }: Given, room: RoomId): Step {
  const { texts } = world;
  if (rest === '') {
    const text = rightsText(world.room?.facts ?? {}, texts);
    return step({ ...ui, panel: { kind: 'text', title: texts.rightsTitle, text, scroll: 0 } });
  }
  const [what = '', who = '', ...more] = rest.normalize('NFC').toLowerCase().split(/\s+/);
  const right = rightNamed(what, texts);
  const level = LEVELS[who];
  if (right === undefined || level === undefined || more.length > 0) return usage;
  return step(ui, { kind: 'rights', room, rights: { [right]: level } });
}

/** `/slow 30`, `/slow 0`. */
export function setSlowMode({ ui, rest, usage }: Given, room: RoomId): Step {
  const seconds = /^\d{1,5}$/.test(rest) ? Number(rest) : Number.NaN;
  if (!(seconds <= limits.SLOW_MODE_S_MAX)) return usage;
  return step(ui, { kind: 'slow', room, seconds });
}

/** By its name in the protocol, or as the list calls it. */
function rightNamed(given: string, texts: Texts): RoomRight | undefined {
  const names = rightNames(texts);
  return roomRight.options.find((right) => right === given || names[right] === given);
}

function rightsText(facts: RoomFacts, texts: Texts): string {
  const names = rightNames(texts);
  return roomRight.options.map((right) => `${names[right]}: ${texts[levelOf(facts, right)]}`).join('\n');
}
