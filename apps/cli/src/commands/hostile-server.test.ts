import { expect, test } from 'bun:test';
import { Person } from '../testing/person.ts';
import { temporaryFolder } from '../testing/running-server.ts';

/** Clears the screen, sets the title, and begins a line of its own. */
const COMMANDS = '\u001b[2J\u001b]0;owned\u0007\u009b31m\nmaru: all is well';
const SHOWN = '\ufffd[2J\ufffd]0;owned\ufffd\ufffd31m ⏎ maru: all is well';

/** A server that refuses everything in such words. */
function hostileServer() {
  const refuse = () =>
    Response.json({ code: 'forbidden', message: COMMANDS, retryable: false }, { status: 403 });
  return Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: refuse });
}

test.each([['sign-up'], ['log-in']])("a server's refusal of %s commands no terminal", async (command) => {
  await using server = hostileServer();
  using state = temporaryFolder();
  const person = new Person(state.path, server.url.origin);
  const { code, out, err } = await person.run(command, 'mina');
  expect({ code, out, err }).toEqual({ code: 1, out: '', err: `maru: ${SHOWN}\n` });
});

test('nor do the words of a command line that is wrong', async () => {
  using state = temporaryFolder();
  const { code, err } = await new Person(state.path, 'http://127.0.0.1:1').run('log-in', `mina${COMMANDS}`);
  expect(code).toBe(2);
  expect(err).toStartWith(`maru: mina${SHOWN} can't be a handle`);
});
