import { describe, expect, test } from 'bun:test';
import type { ConnectionStatus } from '@maru/client';
import { newUserId, type UserId } from '@maru/protocol';
import { PeopleBook } from './people-book.ts';

const known = newUserId();

/** A book of people of whom one is known, and who is asked for. */
function openBook(connection: ConnectionStatus) {
  const asked: UserId[] = [];
  const client = {
    connection,
    people: [],
    person: (user: UserId) => (user === known ? ({ user, name: 'Jun' } as never) : undefined),
    lookUp: async (users: readonly UserId[]) => void asked.push(...users),
  };
  return { book: new PeopleBook(client, () => undefined), asked, client };
}

describe('who is on the screen and not known', () => {
  test('is asked for, however many there are', () => {
    const { book, asked } = openBook({ state: 'online', transport: 'websocket' });
    const users = Array.from({ length: 501 }, newUserId);
    book.need([known, ...users]);
    expect(asked).toEqual(users);
  });

  test('is asked for while the rooms still come, so that no room is told without its names', () => {
    const { book, asked } = openBook({ state: 'syncing', transport: 'websocket' });
    const user = newUserId();
    book.need([user]);
    expect([asked, book.asking]).toEqual([[user], true]);
  });

  test('may still come until the first try to connect is over', () => {
    const { book, asked, client } = openBook({ state: 'connecting', transport: 'websocket' });
    book.need([known]);
    expect(book.asking).toBe(false);
    book.need([newUserId()]);
    expect(book.asking).toBe(true);
    client.connection = { state: 'waiting', retryAt: 0 };
    book.need([newUserId()]);
    expect(book.asking).toBe(false);
    client.connection = { state: 'connecting', transport: 'websocket' };
    book.need([newUserId()]);
    expect([asked, book.asking]).toEqual([[], false]);
  });
});
