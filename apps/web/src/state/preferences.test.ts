import { expect, test } from 'bun:test';
import { prefer, preferences } from './preferences.ts';

function storageWith(kept?: string) {
  let value = kept ?? null;
  return {
    getItem: () => value,
    setItem: (_key: string, next: string) => {
      value = next;
    },
  };
}

test('what was chosen is kept beside what was not', () => {
  const storage = storageWith();
  expect(preferences(storage)).toEqual({
    sendKey: 'enter',
    theme: 'system',
    textSize: 'normal',
    sound: false,
    badge: true,
    transport: 'auto',
  });
  prefer({ sendKey: 'ctrl-enter' }, storage);
  prefer({ textSize: 'large' }, storage);
  prefer({ theme: 'dark' }, storage);
  expect(preferences(storage)).toEqual({
    sendKey: 'ctrl-enter',
    theme: 'dark',
    textSize: 'large',
    sound: false,
    badge: true,
    transport: 'auto',
  });
  // React asks again and again, and takes another object for a change.
  expect(preferences(storage)).toBe(preferences(storage));
});

test.each([
  '',
  '{',
  'null',
  '[]',
  '{"sendKey":"shift","theme":"pink","textSize":7,"sound":"yes","badge":null}',
])('of %s nothing is believed', (kept) => {
  const chosen = {
    sendKey: 'enter',
    theme: 'system',
    textSize: 'normal',
    sound: false,
    badge: true,
    transport: 'auto',
  } as const;
  expect(preferences(storageWith(kept))).toEqual(chosen);
});
