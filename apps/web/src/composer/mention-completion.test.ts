import { describe, expect, test } from 'bun:test';
import { newUserId } from '@maru/protocol';
import { mentionCompletion } from './mention-completion.ts';

const person = (handle: string, name: string) => ({ user: newUserId(), handle, name, status: undefined });
const mina = person('mina', '미나');
const minjun = person('minjun', '민준');
const me = person('me', 'Me');
const gone = { user: newUserId(), handle: undefined, name: undefined, status: undefined };
const offered = (before: string) =>
  mentionCompletion(before, [mina, minjun, me, gone], me.user)?.people.map(({ handle }) => handle);

describe('who is meant', () => {
  test.each([
    ['@', ['mina', 'minjun']],
    ['hello @mina', ['mina']],
    ['hello @MIN', ['mina', 'minjun']],
    ['안녕@민', ['minjun']],
    ['＠mi', ['mina', 'minjun']],
  ])('by %j', (before, handles) => {
    expect(offered(before)).toEqual(handles);
  });

  test.each(['', 'mina', '@mina ', '@nobody', '@me'])('by %j is nobody', (before) => {
    expect(offered(before)).toBeUndefined();
  });

  test('stands where the sign does', () => {
    expect(mentionCompletion('안녕 @mi', [mina], me.user)?.from).toBe(3);
  });
});
