import { expect, test } from 'bun:test';
import { newUserId, type UserId } from '@maru/protocol';
import { PeopleBook } from './people-book.ts';

test('everybody on the screen who is not known is asked for, however many there are', () => {
  const asked: UserId[] = [];
  const known = newUserId();
  const client = {
    connection: { state: 'online', transport: 'websocket' },
    people: [],
    person: (user: UserId) => (user === known ? ({ user, name: 'Jun' } as never) : undefined),
    lookUp: async (users: readonly UserId[]) => void asked.push(...users),
  } as const;
  const book = new PeopleBook(client, () => undefined);
  const users = Array.from({ length: 501 }, newUserId);
  book.need([known, ...users]);
  expect(asked).toEqual(users);
});
