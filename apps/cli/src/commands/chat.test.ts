import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { Person } from '../testing/person.ts';
import { type RunningServer, serve, temporaryFolder } from '../testing/running-server.ts';
import { tailTexts } from '../testing/tail-texts.ts';

// Real processes: what people and scripts see of `maru sign-up`, `log-in`, `send` and `tail`.

let server: RunningServer;
const folders = new DisposableStack();

beforeAll(async () => {
  server = await serve(folders.use(temporaryFolder()).path, '--rate-log-ins', '1000');
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  folders.dispose();
});

let people = 0;

/** Somebody who has signed up, under a handle that nobody else has. */
async function signedUp(what: string): Promise<{ person: Person; handle: string; state: string }> {
  const state = folders.use(temporaryFolder()).path;
  const person = new Person(state, server.url);
  const handle = `${what}${++people}`;
  const { code, err } = await person.run('sign-up', handle, '--name', what);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return { person, handle, state };
}

async function pair() {
  const [mina, jun] = await Promise.all([signedUp('mina'), signedUp('jun')]);
  return { mina, jun };
}

describe('a first conversation', () => {
  test('goes as the README says, with two people on one machine', async () => {
    const person = new Person(folders.use(temporaryFolder()).path, server.url);
    const signUp = await person.run('sign-up', 'mina', '--name', 'Mina');
    expect(signUp.out.match(/^ {2}\w{4}-\w{4}-\w{4}-\w{4}$/gm)).toHaveLength(10);
    expect((await person.run('sign-up', 'jun', '--name', 'Jun', '--profile', 'jun')).code).toBe(0);
    expect(await person.run('send', '@jun', '안녕, Jun!')).toEqual({ code: 0, out: '', err: '' });
    await using jun = person.tail('--profile', 'jun');
    const time = String.raw`\d\d:\d\d`;
    const [began, said] = await jun.take(2);
    expect(began).toMatch(new RegExp(`^${time} \\* Mina began this conversation$`));
    expect(said).toMatch(new RegExp(`^${time} Mina: 안녕, Jun!$`));
    expect(await person.run('send', '@mina', 'Hello, Mina.', '--profile', 'jun')).toMatchObject({ code: 0 });
    expect((await jun.take(1))[0]).toMatch(new RegExp(`^${time} Jun: Hello, Mina\\.$`));
    expect(await jun.stop()).toEqual({ code: 0, rest: [] });
  });
});

test.each(['websocket', 'long-poll', 'poll'])('over %s a message arrives, once', async (transport) => {
  const { mina, jun } = await pair();
  await using tail = jun.person.tail('--json', '--transport', transport);
  const send = (text: string) => mina.person.run('send', `@${jun.handle}`, text, '--transport', transport);
  expect(await send('one')).toEqual({ code: 0, out: '', err: '' });
  expect(tailTexts(await tail.take(2))).toEqual([undefined, 'one']);
  expect(await send('two')).toEqual({ code: 0, out: '', err: '' });
  expect(tailTexts(await tail.take(1))).toEqual(['two']);
  expect(await tail.stop()).toEqual({ code: 0, rest: [] });
});

describe('maru sign-up and log-in', () => {
  test.skipIf(process.platform === 'win32')(
    process.platform === 'win32'
      ? 'keep what they keep for their owner alone (skipped: no such permissions on Windows)'
      : 'keep what they keep for their owner alone',
    async () => {
      const { person, state } = await signedUp('mina');
      await person.run('send', '@nobody_at_all', 'hi');
      const folder = path.join(state, 'maru', 'profiles', 'default');
      expect(statSync(folder).mode & 0o077).toBe(0);
      const files = readdirSync(folder);
      expect(files).toContain('send.db');
      for (const file of files)
        expect([file, statSync(path.join(folder, file)).mode & 0o077]).toEqual([file, 0]);
    },
  );

  test('take a password that is piped in, and refuse a wrong one', async () => {
    const { handle } = await signedUp('mina');
    const second = new Person(folders.use(temporaryFolder()).path, server.url);
    expect(await second.pipe('wrong horse\n', 'log-in', handle)).toMatchObject({ code: 1, out: '' });
    expect(await second.pipe('correct horse\n', 'log-in', `@${handle}`)).toMatchObject({ code: 0, err: '' });
    expect(await second.pipe('', 'log-in', handle)).toMatchObject({ code: 2 });
  });

  test('a second device hears from then on what the first one hears', async () => {
    const { mina, jun } = await pair();
    await mina.person.run('send', `@${jun.handle}`, 'before');
    const second = new Person(folders.use(temporaryFolder()).path, server.url);
    await second.run('log-in', jun.handle);
    await mina.person.run('send', `@${jun.handle}`, 'after');
    await using tail = second.tail('--json');
    expect(tailTexts(await tail.take(1))).toEqual(['after']);
  });

  test('logging in again keeps the device and its place', async () => {
    const { mina, jun } = await pair();
    await mina.person.run('send', `@${jun.handle}`, 'before');
    expect((await jun.person.run('log-in', jun.handle)).code).toBe(0);
    await using tail = jun.person.tail('--json');
    expect(tailTexts(await tail.take(2))).toEqual([undefined, 'before']);
  });

  test.each([
    ['a handle that can be none', ['sign-up', 'Mina!'], 2],
    ['a name that can be none', ['sign-up', 'mina9', '--name', '\u202e'], 2],
    ['a profile that can be none', ['sign-up', 'mina9', '--profile', '../x'], 2],
    ['a server that can be none', ['sign-up', 'mina9', '--server', 'chat.example'], 2],
    ['a server that is not there', ['sign-up', 'mina9', '--server', 'http://127.0.0.1:9'], 3],
    ['an account that is not there', ['log-in', 'nobody_at_all'], 1],
    ['nobody signed in', ['send', '@jun', 'hi'], 2],
  ])('%s: one line that says so', async (_what, args, expected) => {
    const person = new Person(folders.use(temporaryFolder()).path, server.url);
    const { code, out, err } = await person.run(...args);
    expect({ code, out, lines: err.split('\n').length }).toEqual({ code: expected, out: '', lines: 2 });
  });

  test('a handle that is taken, and a profile that is', async () => {
    const { person, handle } = await signedUp('mina');
    expect(await person.run('sign-up', handle, '--profile', 'other')).toMatchObject({ code: 1, out: '' });
    const again = await person.run('sign-up', 'somebody_else');
    expect(again).toMatchObject({ code: 2, out: '' });
    expect(again.err).toContain(`@${handle}`);
  });
});

describe('maru send', () => {
  test('says where the message stands when it is asked to', async () => {
    const { mina, jun } = await pair();
    const first = await mina.person.run('send', `@${jun.handle}`, 'one', 'two', '--json');
    expect(JSON.parse(first.out)).toEqual({
      room: expect.stringMatching(/^room_/),
      seq: 2,
      clientMessageId: expect.any(String),
    });
    const { room } = JSON.parse(first.out);
    const second = await jun.person.run('send', room, 'three', '--json');
    expect(JSON.parse(second.out)).toMatchObject({ room, seq: 3 });
    await using tail = mina.person.tail(`@${jun.handle}`, '--json');
    expect(tailTexts(await tail.take(3))).toEqual([undefined, 'one two', 'three']);
  });

  test('reads from a pipe, a text of many lines as it is', async () => {
    const { mina, jun } = await pair();
    const text = `${'한글 '.repeat(3_000)}\nline\ttwo\u001b[31m`;
    expect(await mina.person.pipe(`${text}\n`, 'send', `@${jun.handle}`)).toMatchObject({ code: 0, err: '' });
    await using tail = jun.person.tail('--json');
    expect(tailTexts(await tail.take(2))).toEqual([undefined, text]);
  });

  test.each([
    ['who is not there', ['@nobody_at_all', 'hi'], 1],
    ['a room that is not there', ['room_01h455vb4pex5vsknk084sn02q', 'hi'], 1],
    ['a name that no room has', ['no such name', 'hi'], 2],
    ['nothing', ['@nobody_at_all', '--wait', 'long'], 2],
  ])('to %s: one line that says so', async (_what, args, expected) => {
    const { person } = await signedUp('mina');
    const { code, out, err } = await person.run('send', ...args);
    expect({ code, out, lines: err.split('\n').length }).toEqual({ code: expected, out: '', lines: 2 });
  });

  test('an empty message, or one to oneself, is refused', async () => {
    const { mina, jun } = await pair();
    expect((await mina.person.run('send', `@${jun.handle}`, ' ')).code).toBe(1);
    expect((await mina.person.run('send', `@${mina.handle}`, 'hi')).code).toBe(2);
    expect((await mina.person.run('send', `@${jun.handle}`, 'hi', '--json')).out).toContain('"seq":2');
  });

  test('many at once each get their turn, and all arrive', async () => {
    const { mina, jun } = await pair();
    const words = ['a', 'b', 'c', 'd', 'e'];
    const sent = await Promise.all(
      words.map((word) => mina.person.run('send', `@${jun.handle}`, word, '--wait', '60')),
    );
    expect(sent).toEqual(words.map(() => ({ code: 0, out: '', err: '' })));
    await using tail = jun.person.tail('--json');
    expect(new Set(tailTexts(await tail.take(6)))).toEqual(new Set([undefined, ...words]));
  });

  test('[ONCE1] [DUR6] without a server keeps the message, and the next one takes it along, in order', async () => {
    using data = temporaryFolder();
    let own = await serve(data.path);
    const { port } = new URL(own.url);
    const person = new Person(folders.use(temporaryFolder()).path, own.url);
    await person.run('sign-up', 'mina');
    await person.run('sign-up', 'jun', '--profile', 'jun');
    await person.run('send', '@jun', 'one');
    await own[Symbol.asyncDispose]();
    const kept = await person.run('send', '@jun', 'two', '--wait', '0.2');
    expect(kept).toMatchObject({ code: 3, out: '' });
    expect(kept.err).toContain('is kept');
    own = await serve(data.path, '--port', port);
    await using _own = own;
    expect((await person.run('send', '@jun', 'three')).code).toBe(0);
    await using tail = person.tail('--json', '--profile', 'jun');
    expect(tailTexts(await tail.take(4))).toEqual([undefined, 'one', 'two', 'three']);
  });
});

describe('maru tail', () => {
  test('[SYNC8] goes on where it stopped: nothing is left out, nothing comes twice', async () => {
    const { mina, jun } = await pair();
    const to = `@${jun.handle}`;
    const got: string[] = [];
    await mina.person.run('send', to, '1');
    for (const [round, signal] of (['SIGINT', 'SIGTERM'] as const).entries()) {
      await using tail = jun.person.tail('--json');
      got.push(...(await tail.take(2)));
      await mina.person.run('send', to, `live ${round}`);
      got.push(...(await tail.take(1)));
      expect(await tail.stop(signal)).toEqual({ code: 0, rest: [] });
      for (const word of ['x', 'y']) await mina.person.run('send', to, `${word} ${round}`);
    }
    await using tail = jun.person.tail('--json');
    got.push(...(await tail.take(2)));
    const expected = [undefined, '1', 'live 0', 'x 0', 'y 0', 'live 1', 'x 1', 'y 1'];
    expect(tailTexts(got)).toEqual(expected);
    expect(got.map((line) => JSON.parse(line).seq)).toEqual(expected.map((_, index) => index + 1));
  });

  test('has the fields that docs/cli.md names', async () => {
    const { mina, jun } = await pair();
    await mina.person.run('send', `@${jun.handle}`, 'hi');
    await using tail = jun.person.tail('--json');
    const [, line = ''] = await tail.take(2);
    expect(JSON.parse(line)).toEqual({
      room: expect.stringMatching(/^room_/),
      roomKind: 'direct',
      seq: 2,
      kind: 'message',
      at: expect.any(Number),
      sender: { user: expect.stringMatching(/^user_/), handle: mina.handle, name: 'mina' },
      own: false,
      text: 'hi',
    });
  });

  test('shows a terminal nothing that it would obey', async () => {
    const { mina, jun } = await pair();
    await mina.person.run('send', `@${jun.handle}`, 'a\nb\u001b[31m\u202ec');
    await using tail = jun.person.tail();
    expect((await tail.take(2))[1]).toEndWith(' mina: a ⏎ b\ufffd[31m\ufffdc');
  });

  test('from now on leaves out what was said before, and from the start repeats it', async () => {
    const { mina, jun } = await pair();
    const to = `@${jun.handle}`;
    await mina.person.run('send', to, 'before');
    await using now = jun.person.tail('--json', '--since', 'now');
    const first = now.take(1);
    let heard = false;
    void first.then(() => {
      heard = true;
    });
    // It does not say when it has begun: it is spoken to until it hears.
    while (!heard) await mina.person.run('send', to, 'after');
    expect(tailTexts(await first)).toEqual(['after']);
    await now.stop();
    await using start = jun.person.tail('--json', '--since', 'start');
    expect(tailTexts(await start.take(3))).toEqual([undefined, 'before', 'after']);
  });

  test('runs once for a profile', async () => {
    const { mina, jun } = await pair();
    await mina.person.run('send', `@${jun.handle}`, 'hi');
    await using tail = jun.person.tail();
    await tail.take(2);
    const second = await jun.person.run('tail');
    expect(second).toMatchObject({ code: 2, out: '' });
    expect(second.err).toContain('Another maru tail');
    expect((await jun.person.run('send', `@${mina.handle}`, 'while it runs')).code).toBe(0);
  });

  test('ends when nobody reads any more', async () => {
    const { mina, jun } = await pair();
    const command = `"${process.execPath}" "${path.resolve(import.meta.dir, '../main.ts')}" tail --json | head -n 1`;
    await mina.person.run('send', `@${jun.handle}`, 'one');
    const child = jun.person.shell(`set -o pipefail; ${command}; echo "ended with $?"`);
    // A line that comes once the first one was read finds nobody to read it.
    const decoder = new TextDecoder();
    let printed = '';
    let sent: Promise<unknown> | undefined;
    for await (const chunk of child.stdout) {
      printed += decoder.decode(chunk, { stream: true });
      if (printed.includes('\n')) sent ??= mina.person.run('send', `@${jun.handle}`, 'two');
    }
    await sent;
    expect(printed).toEndWith('\nended with 0\n');
    expect(await new Response(child.stderr).text()).toBe('');
  });

  test('says that the device was signed out', async () => {
    const { mina, jun } = await pair();
    await mina.person.run('send', `@${jun.handle}`, 'hi');
    await using tail = jun.person.tail('--json');
    await tail.take(2);
    await signOutOthers(jun.handle);
    expect(await tail.exited).toBe(1);
    expect(await tail.errors).toContain('signed out');
  });
});

/** A new password, set from elsewhere, signs all other devices out. */
async function signOutOthers(handle: string): Promise<void> {
  const call = async (method: string, route: string, body: object, token = '') => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    return fetch(server.url + route, { method, headers, body: JSON.stringify(body) });
  };
  const device = { name: 'elsewhere' };
  const password = 'correct horse';
  const signedIn = await call('POST', '/v1/sessions', { handle, password, device });
  const { token } = (await signedIn.json()) as { token: string };
  const { status } = await call(
    'PUT',
    '/v1/me/password',
    { current: password, next: 'battery staple' },
    token,
  );
  expect(status).toBe(204);
}
