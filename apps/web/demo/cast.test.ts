import { expect, test } from 'bun:test';
import { handle } from '@maru/protocol';
import { CAST, VISITOR } from './cast.ts';
import { STRANGERS } from './talk/directs.ts';
import { STAGES } from './talk/stages.ts';

const handles = CAST.map(({ handle }) => handle);

test('the cast is 40 people with handles and names of their own', () => {
  expect(CAST).toHaveLength(40);
  expect(new Set(handles).size).toBe(40);
  expect(new Set(CAST.map(({ name }) => name)).size).toBe(40);
  for (const name of handles) expect(handle.safeParse(name).success).toBe(true);
  expect(new Set(CAST.map(({ language }) => language))).toEqual(new Set(['ko', 'en']));
});

test('who is in a room or speaks there is of the cast, and a member', () => {
  for (const { members, scenes } of STAGES) {
    expect(handles).toEqual(expect.arrayContaining([...members]));
    expect(members).toEqual(expect.arrayContaining(scenes.flat().map(([speaker]) => speaker)));
  }
  expect(handles).toEqual(expect.arrayContaining(STRANGERS.map(([stranger]) => stranger)));
});

test('everybody is in a room, and all kinds of rooms are there in both languages', () => {
  const inRooms = new Set([...STAGES.flatMap(({ members }) => members), ...STRANGERS.map(([who]) => who)]);
  expect(handles.filter((name) => !inRooms.has(name))).toEqual([]);
  expect(new Set(STAGES.map(({ kind }) => kind))).toEqual(new Set(['direct', 'group', 'channel']));
});

test('once they look, nobody speaks for the visitor', () => {
  const later = STAGES.flatMap(({ scenes: [, ...scenes] }) => scenes.flat());
  expect(later.filter(([speaker]) => speaker === VISITOR)).toEqual([]);
});

test('an answer stands behind what it answers', () => {
  for (const scene of STAGES.flatMap(({ scenes }) => scenes))
    for (const [at, [, , { answers = 0 } = {}]] of scene.entries()) expect(answers).toBeLessThanOrEqual(at);
});
