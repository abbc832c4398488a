import { describe, expect, test } from 'bun:test';
import { Person } from '../../testing/person.ts';
import { firstInvite, type RunningServer, serve, temporaryFolder } from '../../testing/running-server.ts';
import { SpokenChat } from '../../testing/spoken-chat.ts';

interface Floor extends AsyncDisposable {
  readonly server: RunningServer;
  readonly person: Person;
  /** Where the server's data lies. */
  readonly data: string;
}

/** A server with an administrator, @mina, and @jun. */
async function floor(): Promise<Floor> {
  await using stack = new AsyncDisposableStack();
  const data = stack.use(temporaryFolder()).path;
  const state = stack.use(temporaryFolder()).path;
  const server = stack.use(await serve(data));
  const person = new Person(state, server.url);
  expect((await person.run('sign-up', 'mina', '--invite', firstInvite(server))).code).toBe(0);
  expect((await person.run('sign-up', 'jun', '--profile', 'jun')).code).toBe(0);
  const all = stack.move();
  return { server, person, data, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** Runs a command that must succeed, and gives the JSON that it prints. */
async function json<T>(person: Person, ...args: string[]): Promise<T> {
  const { code, out, err } = await person.run(...args, '--json');
  expect([args, code, err]).toEqual([args, 0, '']);
  return JSON.parse(out) as T;
}

describe('an administrator in a terminal', () => {
  test('[ADMIN6] lists accounts in pages, and shows them', async () => {
    await using here = await floor();
    const { person } = here;
    const { accounts } = await json<{ accounts: { handle: string; state: string }[] }>(
      person,
      'admin',
      'users',
      'list',
    );
    expect(accounts.map(({ handle, state }) => [handle, state])).toEqual([
      ['jun', 'active'],
      ['mina', 'active'],
    ]);
    const page = await person.run('admin', 'users', 'list', '--limit', '1');
    expect(page.out).toContain('@jun');
    expect(page.out).not.toContain('@mina');
    expect(page.err).toContain('--after jun');
    const next = await person.run('admin', 'users', 'list', '--limit', '1', '--after', '@jun');
    expect(next.out).toContain('@mina');
    expect(next.out).not.toContain('@jun');
    const all = await person.run('admin', 'users', 'list', '--limit', '1', '--all');
    expect(all.out).toMatch(/@jun[\s\S]*@mina +active, administrator/);
    const shown = await person.run('admin', 'users', 'show', '@jun');
    expect(shown.out).toMatch(/^handle +@jun$/m);
    expect(shown.out).toMatch(/^devices +1$/m);
  });

  test('[ADMIN9] sees how the server is at work', async () => {
    await using here = await floor();
    const { person } = here;
    await using tail = person.tail('--profile', 'jun');
    expect((await person.run('send', '@jun', 'hello')).code).toBe(0);
    await tail.take(2);
    const figures = await json<{ sessions: number; machine: { dataBytes: number } }>(
      person,
      'admin',
      'figures',
    );
    expect(figures.sessions).toBeGreaterThan(0);
    expect(figures.machine.dataBytes).toBeGreaterThan(0);
    const shown = await person.run('admin', 'figures');
    expect(shown.out).toMatch(/^sessions +[1-9]/m);
    expect(shown.out).toMatch(/^data +\d+\.\d MB$/m);
    expect((await person.run('admin', 'figures', '--profile', 'jun')).code).toBe(1);
  });

  test('[ADMIN2] suspends somebody, who hears of it wherever they are, and comes back', async () => {
    await using here = await floor();
    const { person } = here;
    await using tail = person.tail('--profile', 'jun');
    expect((await person.run('send', '@jun', 'before')).code).toBe(0);
    await tail.take(2);
    const { code, out } = await person.run('admin', 'suspend', 'jun');
    expect([code, out]).toEqual([0, '@jun is suspended, and signed out everywhere.\n']);
    expect(await tail.exited).toBe(1);
    expect(await tail.errors).toContain('The account is suspended');
    const logIn = () => person.run('log-in', 'jun', '--profile', 'jun');
    const refused = await logIn();
    expect([refused.code, refused.err]).toEqual([
      1,
      'maru: The account is suspended. Ask an administrator of this server.\n',
    ]);
    expect((await person.run('send', '@jun', 'meanwhile')).code).toBe(0);
    const { accounts } = await json<{ accounts: unknown[] }>(person, 'admin', 'users', 'list', '--suspended');
    expect(accounts).toHaveLength(1);
    expect((await person.run('admin', 'unsuspend', 'jun')).code).toBe(0);
    expect((await logIn()).code).toBe(0);
    await using again = person.tail('--profile', 'jun', '--since', 'start');
    expect((await again.take(3)).join('\n')).toMatch(/before\n.*meanwhile/);
  });

  test('[REPORT4] sees what people reported in the messenger, and closes it', async () => {
    await using here = await floor();
    const { person } = here;
    expect((await person.run('sign-up', 'sora', '--profile', 'sora')).code).toBe(0);
    expect((await person.run('send', '@jun', 'Buy \u001b[2Jnow!', '--profile', 'sora')).code).toBe(0);
    await using chat = new SpokenChat(person, ['--profile', 'jun']);
    await chat.hears('Buy');
    await chat.say('/report spam the third time');
    await chat.hears('The administrators can read it then.');
    await chat.say('');
    await chat.hears('The administrators will look at it.');
    const list = await person.run('admin', 'reports', 'list');
    expect(list.out).toMatch(/^1 +open +\S+ \S+ +@sora +@jun +spam +the third time$/m);
    const shown = await person.run('admin', 'reports', 'show', '#1');
    expect(shown.out).toMatch(/^text +Buy \ufffd\[2Jnow!$/m);
    const closed = await person.run('admin', 'reports', 'close', '1', '--remark', 'Asked to stop.');
    expect([closed.code, closed.out]).toEqual([0, 'Report 1 is closed.\n']);
    expect(await json(person, 'admin', 'reports', 'list')).toEqual({ reports: [] });
    const { reports } = await json<{ reports: object[] }>(person, 'admin', 'reports', 'list', '--any');
    expect(reports).toEqual([
      expect.objectContaining({ report: 1, state: 'closed', remark: 'Asked to stop.', reason: 'spam' }),
    ]);
    expect(reports[0]).not.toContainKey('text');
    expect((await person.run('admin', 'reports', 'close', '1', '--reopen')).out).toBe('Report 1 is open.\n');
    expect((await person.run('admin', 'reports', 'show', '2')).code).toBe(1);
    expect((await person.run('admin', 'reports', 'show', 'x')).code).toBe(2);
    expect((await person.run('admin', 'reports', 'list', '--profile', 'jun')).code).toBe(1);
    expect(await chat.leave()).toBe(0);
  });

  test('[ADMIN5] resets a password: the code is all that is printed, and sets a new one once', async () => {
    await using here = await floor();
    const { server, person } = here;
    const { code, out } = await person.run('admin', 'reset-password', 'jun');
    expect([code, out]).toEqual([0, expect.stringMatching(/^\w{4}(-\w{4}){3}\n$/)]);
    expect((await person.run('log-in', 'jun', '--profile', 'jun')).code).toBe(1);
    const recover = () => person.pipe('battery staple\n', 'recover', 'jun', '--code', out.trim());
    expect(await recover()).toMatchObject({ code: 0, err: '' });
    expect(await recover()).toMatchObject({ code: 1, out: '' });
    expect((await person.pipe('battery staple\n', 'log-in', 'jun', '--profile', 'jun')).code).toBe(0);
    expect((await person.run('recover', 'jun')).code).toBe(2);
    // The code is used up: there are new ones for who knows the password.
    const renew = (password: string) => person.pipe(password, 'recovery-codes', '--profile', 'jun');
    expect(await renew('wrong password\n')).toMatchObject({ code: 1, out: '' });
    const [first = '', ...others] = (await renew('battery staple\n')).out.trimEnd().split('\n');
    expect(others).toHaveLength(9);
    expect((await person.pipe('third password\n', 'recover', 'jun', '--code', first)).code).toBe(0);
    server.kill('SIGTERM');
    await server.exited;
    expect(await server.logged).not.toContain(out.trim());
  });

  test('[ADMIN7] sees what devices lack', async () => {
    await using here = await floor();
    const { server, person, data } = here;
    await using tail = person.tail('--profile', 'jun');
    expect((await person.run('send', '@jun', 'one')).code).toBe(0);
    await tail.take(2);
    // With its next beat the device says that it has all of it.
    for (;;) {
      const { out } = await person.run('admin', 'devices', 'jun');
      if (/ now +(\d+) of \1 +nothing +maru on /.test(out)) break;
    }
    await tail.stop();
    expect((await person.run('send', '@jun', 'two')).code).toBe(0);
    expect((await person.run('send', '@jun', 'three')).code).toBe(0);
    // What it said is written a minute later, or when the server stops.
    server.kill('SIGTERM');
    await server.exited;
    await using next = await serve(data, '--port', new URL(server.url).port);
    expect(next.url).toBe(server.url);
    const { out } = await person.run('admin', 'devices', 'jun');
    expect(out).toMatch(/ \d+ of \d+ +2 events in 1 room +maru on /);
  });

  test('makes invites, lists them and takes them back', async () => {
    await using here = await floor();
    const { person } = here;
    const made = await json<{ invite: string; id: string }>(person, 'admin', 'invites', 'create');
    const list = await person.run('admin', 'invites', 'list');
    expect(list.out).toMatch(new RegExp(`^${made.id} .* @mina$`, 'm'));
    expect(list.out).not.toContain(made.invite);
    const revoke = () => person.run('admin', 'invites', 'revoke', made.id);
    expect((await revoke()).code).toBe(0);
    expect((await revoke()).code).toBe(1);
    const late = await person.run('sign-up', 'eve', '--profile', 'eve', '--invite', made.invite);
    expect(late.code).toBe(1);
    expect((await person.run('admin', 'invites', 'revoke', made.invite)).code).toBe(2);
  });

  test('makes others administrators, and is told what does not go', async () => {
    await using here = await floor();
    const { server, person } = here;
    const asJun = (...args: string[]) => person.run('admin', ...args, '--profile', 'jun');
    expect(await asJun('users', 'list')).toMatchObject({
      code: 1,
      out: '',
      err: 'maru: Only administrators may do this.\n',
    });
    expect((await person.run('admin', 'demote', 'mina')).code).toBe(1);
    expect((await person.run('admin', 'promote', 'jun')).code).toBe(0);
    expect((await asJun('users', 'list')).code).toBe(0);
    expect((await asJun('demote', 'mina')).code).toBe(0);
    expect((await person.run('admin', 'users', 'list')).code).toBe(1);
    expect(await asJun('users', 'show', 'nobody')).toMatchObject({
      code: 1,
      err: 'maru: There is no such person.\n',
    });
    expect((await asJun('suspend', 'no handle')).code).toBe(2);
    expect((await person.run('admin', 'users', 'list', '--profile', 'nobody')).code).toBe(2);
    server.kill('SIGTERM');
    await server.exited;
    expect((await asJun('users', 'list')).code).toBe(3);
  });
});

test('who is locked out gets in by the data folder, once the server is stopped', async () => {
  await using here = await floor();
  const { server, person, data } = here;
  const offline = (...args: string[]) => person.run('admin', ...args, '--data', data);
  const busy = await offline('reset-password', 'mina');
  expect([busy.code, busy.err]).toEqual([2, expect.stringContaining('Another server uses the data folder')]);
  server.kill('SIGTERM');
  await server.exited;
  const { code, out } = await offline('reset-password', 'mina');
  expect([code, out]).toEqual([0, expect.stringMatching(/^\w{4}(-\w{4}){3}\n$/)]);
  expect((await offline('promote', 'jun')).code).toBe(0);
  expect((await offline('unsuspend', 'jun')).code).toBe(0);
  expect((await offline('promote', 'nobody')).code).toBe(2);
  await using next = await serve(data, '--port', new URL(server.url).port);
  expect(next.url).toBe(server.url);
  expect((await person.run('log-in', 'mina')).code).toBe(1);
  expect((await person.pipe('battery staple\n', 'recover', 'mina', '--code', out.trim())).code).toBe(0);
  expect((await person.pipe('battery staple\n', 'log-in', 'mina')).code).toBe(0);
  expect((await person.run('admin', 'users', 'list', '--profile', 'jun')).code).toBe(0);
});
