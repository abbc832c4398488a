/** Slash commands about the roles and rights of a group. */
import type { HistorySetting, RightLevel, Role, RoomFacts, RoomId, RoomRight } from '@maru/protocol';
import { levelOf, limits, roomName, roomRight } from '@maru/protocol';
import { rightNames } from '../texts/group-texts.ts';
import type { Texts } from '../texts/texts.ts';
import { ask, type Given, meantBy, withHandles } from './given.ts';
import { type Step, step, warn } from './step.ts';

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

const HISTORIES: Readonly<Record<string, HistorySetting>> = {
  all: 'all',
  'since-joined': 'since-joined',
  모두: 'all',
  참여후: 'since-joined',
};

/** `/group our team @jun @sora`; what new members may read can stand behind the last of them. */
export function makeGroup({ ui, world, rest, usage }: Given): Step {
  const words = rest.split(/\s+/);
  const isPerson = (word: string) => /^[@＠]/.test(word);
  // Only behind people: before them it is part of the name.
  const isSaid = isPerson(words.at(-2) ?? '');
  const history = isSaid ? meantBy(words.at(-1) ?? '', HISTORIES) : undefined;
  const named = history === undefined ? words : words.slice(0, -1);
  const people = named.filter(isPerson);
  const name = roomName.safeParse(named.filter((word) => !isPerson(word)).join(' '));
  if (!name.success) return usage;
  return withHandles(ui, people, world, (handles) =>
    step({ ...ui, going: true }, { kind: 'group', name: name.data, handles, history: history ?? 'all' }),
  );
}

/** `/history` says what those who join may read, `/history since-joined` sets it. */
export function setHistory({ ui, world, rest, usage }: Given, room: RoomId): Step {
  const { texts } = world;
  if (rest === '') {
    const text = texts.historyIs(world.room?.history !== 'since-joined');
    return step({ ...ui, notice: { tone: 'good', text } });
  }
  const history = meantBy(rest, HISTORIES);
  if (history === undefined) return usage;
  return world.room?.can.history === true
    ? step(ui, { kind: 'history', room, history })
    : warn(ui, texts.notAllowed(world.room?.roomKind === 'channel'));
}

/** `/role @jun admin`. Handing over can't be taken back, so it is asked for. */
export function setRole({ ui, world, rest, usage }: Given, room: RoomId): Step {
  const [who, as, ...more] = rest.split(/\s+/);
  const role = meantBy(as ?? '', ROLES);
  if (who === undefined || role === undefined || more.length > 0) return usage;
  return withHandles(ui, [who], world, ([handle = '']) => {
    const effect = { kind: 'role' as const, room, handle, role };
    return role === 'owner'
      ? ask(ui, world.texts.askHandOver(`@${handle}`, world.room?.roomKind === 'channel'), effect)
      : step(ui, effect);
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
  const level = meantBy(who, LEVELS);
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
  // As it is written, in whichever language the list is.
  if (given === '@all') return 'mention-all';
  return roomRight.options.find((right) => right === given || names[right] === given);
}

function rightsText(facts: RoomFacts, texts: Texts): string {
  const names = rightNames(texts);
  const who = (right: RoomRight) =>
    right === 'mention-all' && facts.rights?.[right] === undefined
      ? texts.bySize(limits.MENTION_ALL_MEMBERS_MAX)
      : texts[levelOf(facts, right)];
  return roomRight.options.map((right) => `${names[right]}: ${who(right)}`).join('\n');
}
