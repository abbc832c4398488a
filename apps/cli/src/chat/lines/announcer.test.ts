import { expect, test } from 'bun:test';
import { initialUi } from '../state/ui.ts';
import { directRoom, fakeWorld, groupRoom, jun, message, mina } from '../testing/fake-world.ts';
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

test('[REL14] a reaction to what is folded reads nothing of it aloud', () => {
  const announcer = new Announcer();
  const reactions = [{ reaction: '👍', count: 1, mine: false }] as const;
  const room = groupRoom('team', { messages: [message(1, jun.user, 'RUDE', { folded: true })] });
  const ui = { ...initialUi(80, 24, false), room: room.room };
  announcer.news(ui, fakeWorld([room]));
  const reacted = message(1, jun.user, 'RUDE', { folded: true, reactions: [...reactions] });
  expect(announcer.news(ui, fakeWorld([{ ...room, messages: [reacted] }]))).toEqual([
    '👍 1 on “(of somebody you block)”',
  ]);
});

test('of a group that one is out of it is said that nothing can be written there', () => {
  const change = { type: 'removed' as const, user: mina.user };
  const went = message(1, jun.user, '', { kind: 'removed', content: undefined, change });
  const room = groupRoom('team', { membership: 'removed', messages: [went] });
  const ui = { ...initialUi(80, 24, false), room: room.room };
  const told = new Announcer().news(ui, fakeWorld([room])).slice(1);
  expect(told).toEqual(['Room: team.', "You can't write: you were removed.", '09:14 준 removed you']);
});
