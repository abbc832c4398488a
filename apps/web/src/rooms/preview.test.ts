import { expect, test } from 'bun:test';
import type { Person, RoomSnapshot } from '@maru/client';
import { type Event, newUserId, type UserId } from '@maru/protocol';
import { previewOf } from './preview.ts';

const [me, jun, sora] = [newUserId(), newUserId(), newUserId()];
const NAMES = new Map<UserId, string>([
  [jun, 'Jun'],
  [sora, 'Sora'],
]);
const said = (sender: UserId, text: string, more = {}) =>
  ({ kind: 'message', sender, content: { type: 'text', text }, ...more }) as Event;

/** A group in which Jun has said something, but for what is given. */
function lineOf(given: Partial<RoomSnapshot>, { open = false, blocked = [] as UserId[] } = {}) {
  const room = { roomKind: 'group', membership: 'member', typing: [], latest: said(jun, 'lunch?'), ...given };
  return previewOf(room as unknown as RoomSnapshot, {
    t: (key, values) => [key, ...Object.values(values ?? {})].join(' '),
    client: { user: me, isBlocked: (user) => blocked.includes(user) },
    person: (user) => ({ name: NAMES.get(user) }) as Person,
    open,
  });
}

test('who is typing is said before anything else: by name in a group, and how many they are', () => {
  const draft = { text: 'I wanted to' };
  expect(lineOf({ typing: [sora], draft })).toEqual({ kind: 'typing', text: 'typing.one Sora' });
  expect(lineOf({ typing: [sora, jun] })).toEqual({ kind: 'typing', text: 'typing.some 2' });
  expect(lineOf({ roomKind: 'direct', typing: [jun] })).toEqual({ kind: 'typing', text: 'typing.some 1' });
});

test('a draft stands there in one line, but not where it is being written, nor where it is empty', () => {
  const draft = { text: 'one\ntwo' };
  expect(lineOf({ draft })).toEqual({ kind: 'draft', by: 'preview.draft', text: 'one two' });
  expect(lineOf({ draft }, { open: true })).toMatchObject({ kind: 'message', text: 'lunch?' });
  expect(lineOf({ draft: { text: ' \n' } })).toMatchObject({ kind: 'message', text: 'lunch?' });
});

test('what was said last has who said it, where that could be several', () => {
  expect(lineOf({})).toEqual({ kind: 'message', by: 'Jun', text: 'lunch?' });
  expect(lineOf({ roomKind: 'direct' })).toEqual({ kind: 'message', text: 'lunch?' });
  expect(lineOf({ roomKind: 'direct', latest: said(me, 'soup') })).toEqual({
    ...{ kind: 'message', by: 'person.you', text: 'soup' },
  });
});

test('of an edited message the newest text is shown, and of a deleted one that it is', () => {
  const edited = { content: { type: 'text', text: 'dinner?' } };
  expect(lineOf({ latest: said(jun, 'lunch?', { edited }) })).toMatchObject({ text: 'dinner?' });
  expect(lineOf({ latest: said(jun, '', { content: undefined }) })).toMatchObject({
    ...{ kind: 'note', text: 'message.deleted' },
  });
});

test('what is on its way stands there already, and says whether it waits', () => {
  const content = { type: 'text', text: 'soup' } as const;
  for (const [state, waits] of [
    ['pending', true],
    ['sent', false],
  ] as const) {
    const onTheWay = { content, state, at: 0 };
    expect(lineOf({ onTheWay })).toEqual({ kind: 'message', by: 'person.you', text: 'soup', waits });
  }
});

test('what the server refused stands there until it is given again or dropped', () => {
  const content = { type: 'text', text: 'soup' } as const;
  const refused = { kind: 'refused', by: 'preview.notSent', text: 'soup' } as const;
  expect(lineOf({ notSent: content })).toEqual(refused);
  expect(lineOf({ notSent: content, draft: undefined, latest: said(jun, 'lunch?') })).toEqual(refused);
  const onTheWay = { content: { ...content, text: 'rice' }, state: 'pending', at: 0 } as const;
  expect(lineOf({ notSent: content, onTheWay })).toMatchObject({ kind: 'message', text: 'rice' });
});

test('what somebody blocked says in a group is folded', () => {
  expect(lineOf({}, { blocked: [jun] })).toEqual({ kind: 'note', text: 'quote.folded' });
  expect(lineOf({}, { blocked: [sora] })).toMatchObject({ kind: 'message' });
});
