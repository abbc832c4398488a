import { expect, test } from 'bun:test';
import { newUserId, type UserId } from '@maru/protocol';
import { ProfileFolder } from '../profile/profile.ts';
import { temporaryFolder } from '../testing/running-server.ts';
import { PeopleBook } from './people-book.ts';

test('everybody on the screen is asked for, however many there are', () => {
  using state = temporaryFolder();
  const asked: UserId[] = [];
  const client = {
    connection: { state: 'online', transport: 'websocket' },
    person: () => undefined,
    lookUp: async (users: readonly UserId[]) => void asked.push(...users),
  } as const;
  const folder = new ProfileFolder({}, { XDG_STATE_HOME: state.path });
  const book = new PeopleBook(client, folder, () => undefined);
  const users = Array.from({ length: 501 }, newUserId);
  book.need(users);
  expect(asked).toEqual(users);
});
