import { expect, test } from 'bun:test';
import { Person } from '../testing/person.ts';
import { serve, temporaryFolder } from '../testing/running-server.ts';

test('who was invited by the server makes invites, and nobody else does', async () => {
  using data = temporaryFolder();
  using state = temporaryFolder();
  await using server = await serve(data.path, '--sign-up', 'invite');
  const person = new Person(state.path, server.url);
  const first = /--invite (\S+)/.exec(server.lines[1] ?? '')?.[1] ?? '';
  expect((await person.run('sign-up', 'jun', '--profile', 'jun')).code).toBe(1);
  // The link names the server, whatever is said elsewhere.
  const elsewhere = new Person(state.path, 'http://127.0.0.1:1');
  expect((await elsewhere.run('sign-up', 'mina', '--invite', first)).code).toBe(0);

  const { code, out } = await person.run('invite', '--days', '1');
  expect({ code, lines: out.split('\n').length }).toEqual({ code: 0, lines: 2 });
  expect((await person.run('sign-up', 'jun', '--profile', 'jun', '--invite', out.trim())).code).toBe(0);
  expect((await person.run('send', '@jun', 'Hello!')).code).toBe(0);

  expect(await person.run('invite', '--profile', 'jun')).toMatchObject({ code: 1, out: '' });
  expect(await person.run('invite', '--days', '0')).toMatchObject({ code: 2, out: '' });
});
