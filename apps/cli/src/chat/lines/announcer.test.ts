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

test('[REL14] of a group that is not open nothing is told that somebody wrote whom the user blocks', () => {
  const [open, team] = [groupRoom('open'), groupRoom('team')];
  const ui = { ...initialUi(80, 24, false), room: open.room };
  const isBlocked = (user: string) => user === jun.user;
  const announcer = new Announcer();
  const told = (seq: number, more = {}) => {
    const room = { ...team, latest: message(seq, jun.user, `text ${seq}`) as never };
    return announcer.news(ui, { ...fakeWorld([open, room]), ...more });
  };
  told(1);
  expect(told(2, { isBlocked })).toEqual([]);
  expect(told(3)).toEqual(['In team: 준: text 3']);
});

test('reactions of others are told, and not the own one to who put it on', () => {
  const announcer = new Announcer();
  const team = groupRoom('team');
  const ui = { ...initialUi(80, 24, false), room: team.room };
  const told = (count: number, mine: boolean) => {
    const reactions = count === 0 ? [] : [{ reaction: '👍', count, mine }];
    const messages = [message(1, jun.user, 'hello', { reactions })];
    return announcer.news(ui, fakeWorld([{ ...team, messages }]));
  };
  told(1, false);
  expect(told(2, true)).toEqual([]);
  expect(told(3, true)).toEqual(['👍 3 on “hello”']);
});

test('until when a message waits for slow mode is told once', () => {
  const announcer = new Announcer();
  const team = groupRoom('team');
  const ui = { ...initialUi(80, 24, false), room: team.room };
  const waits = { for: 'slow-mode', until: new Date(2026, 10, 25, 9, 14, 30).getTime() } as const;
  const told = (waiting: typeof waits | undefined) => {
    const messages = [message(1, mina.user, 'hello', { state: 'pending', waiting })];
    return announcer.news(ui, fakeWorld([{ ...team, messages }]));
  };
  told(undefined);
  expect(told(waits)).toEqual(['slow mode: waits until 09:14:30, and goes by itself']);
  expect([...told(waits), ...told(undefined)]).toEqual([]);
});

test('of a room that is opened the unread messages are told, however many, else the last few', () => {
  const messages = Array.from({ length: 15 }, (_, n) => message(n + 1, jun.user, `text ${n + 1}`));
  const room = groupRoom('team', { messages });
  const told = (divider?: number) =>
    new Announcer()
      .news({ ...initialUi(80, 24, false), room: room.room, divider }, fakeWorld([room]))
      .filter((line) => line.includes(': text '));
  expect(told(2)).toHaveLength(13);
  expect(told()).toHaveLength(10);
});

test('of a group that one is out of it is said that nothing can be written there', () => {
  const change = { type: 'removed' as const, user: mina.user };
  const went = message(1, jun.user, '', { kind: 'removed', content: undefined, change });
  const room = groupRoom('team', { membership: 'removed', messages: [went] });
  const ui = { ...initialUi(80, 24, false), room: room.room };
  const told = new Announcer().news(ui, fakeWorld([room])).slice(1);
  expect(told).toEqual(['Room: team.', "You can't write: you were removed.", '09:14 준 removed you']);
});
