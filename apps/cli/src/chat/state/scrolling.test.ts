import { describe, expect, test } from 'bun:test';
import { directRoom, fakeWorld, groupRoom, jun, message } from '../testing/fake-world.ts';
import { Sitting } from '../testing/sitting.ts';
import type { UiEvent } from './update.ts';

const direct = directRoom();
const { room } = direct;
const group = groupRoom('team');

describe('scrolling', () => {
  const messages = Array.from({ length: 40 }, (_, index) =>
    message(index + 1, jun.user, `text ${index + 1}`),
  );
  const long = (more: object = {}) => new Sitting(fakeWorld([directRoom({ messages, ...more })]));

  test('stops at the beginning, and asks for more where there is more', () => {
    const sitting = long().does('pageup', 'pageup', 'pageup', 'pageup');
    expect(sitting.effects).toEqual([]);
    expect(long({ atStart: false }).does('pageup', 'pageup').effects).toEqual([{ kind: 'older', room }]);
  });

  test('stays where it is while messages come, and goes back to the end', () => {
    const sitting = long().does('pageup');
    const { position } = sitting.ui;
    expect(position).not.toBe('end');
    sitting.world = fakeWorld([directRoom({ messages: [...messages, message(41, jun.user, 'new')] })]);
    expect(sitting.does({ kind: 'focus', focused: true }).ui.position).toEqual(position);
    expect(sitting.does('pagedown', 'pagedown').ui.position).toBe('end');
    expect(long().does('pageup', 'ctrl+end').ui.position).toBe('end');
  });

  test('behind a place that was jumped to, asks for newer ones', () => {
    expect(long({ atEnd: false }).does('pagedown').effects).toEqual([{ kind: 'newer', room }]);
    expect(long({ atEnd: false }).does('ctrl+end').effects).toEqual([{ kind: 'end', room }]);
  });

  test('the wheel scrolls, up and back', () => {
    const wheel = (up: boolean): UiEvent => ({ kind: 'wheel', up, row: 5, column: 40 });
    const sitting = long().does(wheel(true));
    expect(sitting.ui.position).not.toBe('end');
    expect(sitting.does(wheel(false)).ui.position).toBe('end');
  });

  test('[TEXT5] to what names the user, loaded or not, then to the next room with some', () => {
    const named = directRoom({
      messages,
      read: 5,
      unreadCount: 35,
      mentionCount: 3,
      unreadMentions: [8, 20, 50],
    });
    const sitting = new Sitting(fakeWorld([group, named], room)).does('alt+m');
    expect(sitting.ui.selected).toBe('m8');
    expect(sitting.does('alt+ㅡ').ui.selected).toBe('m20');
    expect(sitting.does('alt+m').effects).toEqual([{ kind: 'jump', room, seq: 50 as never, choose: true }]);
    sitting.world = fakeWorld(
      [group, directRoom({ messages: [...messages, message(50, jun.user, '@mina')] })],
      room,
    );
    sitting.does({ kind: 'jumped', room, chosen: 50 as never });
    expect(sitting.ui.selected).toBe('m50');
    const elsewhere = new Sitting(fakeWorld([group, named], group.room)).does('alt+m');
    expect(elsewhere.effects).toEqual([{ kind: 'open', room, left: group.room }]);
    elsewhere.world = fakeWorld([group, named], room);
    expect(elsewhere.does({ kind: 'opened', room }).ui.selected).toBe('m8');
    const nowhere = new Sitting(fakeWorld([group, direct], group.room)).writes('/mention').does('enter');
    expect(nowhere.ui.notice).toMatchObject({ text: 'No unread message names you.' });
  });

  test('to the first unread message, loaded or not, then to the next room that has some', () => {
    const unread = directRoom({ messages, read: 5, unreadCount: 35 });
    const sitting = new Sitting(fakeWorld([group, unread])).does({ kind: 'go', room });
    sitting.world = fakeWorld([group, unread], room);
    sitting.does('alt+u');
    expect(sitting.ui.position).not.toBe('end');
    const older = directRoom({ messages: messages.slice(20), read: 5, unreadCount: 35, atStart: false });
    const far = new Sitting(fakeWorld([group, older])).does({ kind: 'go', room });
    far.world = fakeWorld([group, older], room);
    expect(far.does('alt+u').effects).toContainEqual({ kind: 'jump', room, seq: 6 as never });
    const elsewhere = new Sitting(fakeWorld([group, directRoom({ unreadCount: 1 })], group.room));
    expect(elsewhere.does('alt+u').effects).toEqual([{ kind: 'open', room, left: group.room }]);
  });
});
