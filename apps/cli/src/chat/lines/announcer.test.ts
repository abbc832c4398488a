import { expect, test } from 'bun:test';
import { initialUi } from '../state/ui.ts';
import { directRoom, fakeWorld, groupRoom, jun, message } from '../testing/fake-world.ts';
import { Announcer } from './announcer.ts';

test('who is not answered yet is told of once, however much they send', () => {
  const announcer = new Announcer();
  const open = groupRoom('team');
  const ui = { ...initialUi(80, 24, false), room: open.room };
  /** What is told when Jun's newest message has this number. */
  const told = (seq: number, requests: number) => {
    const latest = message(seq, jun.user, `text ${seq}`);
    const room = directRoom({ latest: latest as never, unreadCount: seq });
    return announcer.news(ui, { ...fakeWorld(seq === 0 ? [open] : [open, room]), requests });
  };
  told(0, 0);
  expect(told(1, 1)).toEqual(['Request of 준.']);
  expect(told(2, 1)).toEqual([]);
  // Answered: from then on everything is told.
  expect(told(3, 0)).toEqual(['준: text 3']);
});
