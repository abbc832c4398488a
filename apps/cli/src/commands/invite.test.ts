import { expect, test } from 'bun:test';
import { Person } from '../testing/person.ts';
import { firstInvite, serve, temporaryFolder } from '../testing/running-server.ts';

test('who was invited by the server makes invites, and nobody else does', async () => {
  using data = temporaryFolder();
  using state = temporaryFolder();
  await using server = await serve(data.path, '--sign-up', 'invite');
  const person = new Person(state.path, server.url);
  const first = firstInvite(server);
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

test('[TLS4] an invite is a link where the server knows its public URL', async () => {
  using data = temporaryFolder();
  using state = temporaryFolder();
  const flags = ['--public-url', 'https://chat.example.org', '--trusted-proxy', '10.0.0.1'];
  await using server = await serve(data.path, ...flags);
  expect(server.lines[0]).toStartWith(`Maru is at https://chat.example.org, listening on ${server.url} `);
  const [, code = ''] =
    /--invite https:\/\/chat\.example\.org\/#invite=(\S+)/.exec(server.lines[1] ?? '') ?? [];
  const person = new Person(state.path, server.url);
  expect((await person.run('sign-up', 'mina', '--invite', code)).code).toBe(0);
  const { out } = await person.run('invite');
  expect(out).toMatch(/^https:\/\/chat\.example\.org\/#invite=\w{4}(?:-\w{4}){3}\n$/);
});
