import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Person } from '../testing/person.ts';
import { type RunningServer, serve, temporaryFolder } from '../testing/running-server.ts';
import { SpokenChat } from '../testing/spoken-chat.ts';

/** One red pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';

let server: RunningServer;
const folders = new DisposableStack();
let mina: Person;
let jun: Person;

beforeAll(async () => {
  server = await serve(folders.use(temporaryFolder()).path);
  mina = new Person(folders.use(temporaryFolder()).path, server.url);
  jun = new Person(folders.use(temporaryFolder()).path, server.url);
  expect((await mina.run('sign-up', 'mina', '--name', 'Mina')).code).toBe(0);
  expect((await jun.run('sign-up', 'jun', '--name', 'Jun')).code).toBe(0);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  folders.dispose();
});

describe('maru profile', () => {
  test('[PEOPLE1] changes what others see, and shows it', async () => {
    const changed = await mina.run('profile', '--name', 'Mina Kim', '--status', '기차 안');
    expect(changed).toMatchObject({ code: 0, err: '' });
    expect(changed.out).toMatch(/^handle {2}@mina\nname {4}Mina Kim\nstatus {2}기차 안\nid {6}user_\w+\n$/);
    expect((await jun.run('profile', '@mina')).out).toBe(changed.out);
    const shown = JSON.parse((await jun.run('profile', '@mina', '--json')).out) as object;
    expect(shown).toMatchObject({ handle: 'mina', name: 'Mina Kim', status: '기차 안' });
    expect((await mina.run('profile', '--status', '')).out).not.toContain('status');
  });

  test('[PEOPLE5] sets a picture of a file, and takes it away', async () => {
    const folder = folders.use(temporaryFolder()).path;
    const file = path.join(folder, 'me.png');
    writeFileSync(file, Buffer.from(PNG, 'base64'));
    const set = await mina.run('profile', '--avatar', file, '--json');
    expect([set.code, set.err]).toEqual([0, '']);
    const { avatar } = JSON.parse(set.out) as { avatar: string };
    expect(avatar).toMatch(/^[0-9a-f]{64}$/);
    expect((await jun.run('profile', '@mina')).out).toContain(`avatar  ${avatar}`);
    expect((await mina.run('profile', '--no-avatar')).out).not.toContain('avatar');
    const text = path.join(folder, 'text.png');
    writeFileSync(text, 'no picture');
    const wrong = await mina.run('profile', '--avatar', text);
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('no PNG, JPEG or WebP')]);
    const absent = await mina.run('profile', '--avatar', path.join(folder, 'absent.png'));
    expect([absent.code, absent.err]).toEqual([2, expect.stringContaining("can't be read")]);
    expect((await mina.run('profile', '--avatar', file, '--no-avatar')).code).toBe(2);
  });

  test('says what is wrong with a name, and lets nobody change others', async () => {
    const long = await mina.run('profile', '--status', 'x'.repeat(101));
    expect([long.code, long.err]).toEqual([2, expect.stringContaining('at most 100 characters')]);
    const empty = await mina.run('profile', '--name', ' ');
    expect([empty.code, empty.err]).toEqual([2, expect.stringContaining('must not be empty')]);
    expect((await mina.run('profile', '@jun', '--name', 'x')).code).toBe(2);
    expect(await mina.run('profile', '@nobody')).toMatchObject({ code: 1, out: '' });
  });
});

test('[PEOPLE8] in maru settings it is said who may write, and who may not is told', async () => {
  const changed = await jun.run('settings', '--who-may-write', 'contacts', '--findable', 'no');
  expect(changed).toMatchObject({ code: 0, err: '' });
  expect(changed.out).toBe(
    'findable       no\nwho-may-write  contacts\nwho-may-add    everyone\nhide-presence  no\n',
  );
  expect((await mina.run('profile', '@jun')).code).toBe(1);
  expect((await jun.run('settings', '--findable', 'yes', '--json')).out).toContain('"findable":true');
  const refused = await mina.run('send', '@jun', 'hello');
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('from their contacts only')]);
  expect((await jun.run('settings', '--who-may-write', 'everyone')).code).toBe(0);
  expect((await jun.run('settings', '--who-may-write', 'nobody')).code).toBe(2);
  expect((await jun.run('settings', '--findable', 'perhaps')).code).toBe(2);
});

test('[PEOPLE4] in the messenger a name and a status are changed, and somebody is looked at', async () => {
  await using minas = new SpokenChat(mina);
  await using juns = new SpokenChat(jun);
  await minas.hears('Connection: online.');
  await juns.hears('Connection: online.');
  await juns.say('/name Jun the Second');
  await juns.hears('Others see it now.');
  await juns.say('/status on a bike');
  await juns.hears('Others see it now.');
  await minas.say('/whois @jun');
  await minas.hears('Jun the Second');
  await minas.hears('@jun');
  await minas.hears('on a bike');
  await minas.say('/whois @nobody');
  await minas.hears('There is no @nobody here.');
  await minas.say('/name');
  await minas.hears('Write it like this: /name NAME');
  await minas.say('/dm @jun hello');
  await juns.hears('Request of Mina Kim.');
  expect([await minas.leave(), await juns.leave()]).toEqual([0, 0]);
});
