import { afterAll, beforeAll, expect, test } from 'bun:test';
import { Person } from '../testing/person.ts';
import { type RunningServer, serve, temporaryFolder } from '../testing/running-server.ts';
import { SpokenChat } from '../testing/spoken-chat.ts';

// What vanishes and what is sent later, done by real clients with a real server, and told in lines.

let server: RunningServer;
const folders = new DisposableStack();

beforeAll(async () => {
  server = await serve(folders.use(temporaryFolder()).path, '--rate-log-ins', '1000');
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  folders.dispose();
});

async function signedUp(handle: string): Promise<Person> {
  const person = new Person(folders.use(temporaryFolder()).path, server.url);
  expect((await person.run('sign-up', handle, '--name', handle)).code).toBe(0);
  return person;
}

test('[TIME1][LATER1][LATER2] a timer is set and told, and messages are sent later, listed and cancelled', async () => {
  const [mina, jun] = [await signedUp('mina'), await signedUp('jun')];
  await using minas = new SpokenChat(mina);
  await using juns = new SpokenChat(jun);
  await juns.hears('Connection: online.');
  await minas.hears('Connection: online.');
  await minas.say('/dm @jun hello', '/timer 1h');
  await minas.hears('mina lets messages vanish after 1h');
  await minas.say('soon gone');
  await juns.hears('mina: soon gone');
  await juns.say('/go mina');
  await juns.hears('It vanishes 1h after it was sent.');
  await minas.say('/timer never');
  await minas.hears('Write it like this: /timer 1h | 1d | off');
  await minas.say('/타이머 끔');
  await juns.hears('mina let messages stay for ever');

  await minas.say('/later 1s 나중 인사');
  await minas.hears('It will be sent at');
  await juns.hears(/^mina, \d\d:\d\d: 나중 인사$/);
  await minas.say('/나중에 내일 9:00 좋은 아침');
  await minas.hears('It will be sent at');
  await minas.say('/scheduled');
  await minas.hears(/^1\. .*09:00 {2}좋은 아침/);
  await minas.say('/scheduled cancel 1', 'y', '/예약');
  await minas.hears('Nothing is to be sent here later.');
  expect([await minas.leave(), await juns.leave()]).toEqual([0, 0]);
});

test('[LATER1] maru send --at is taken by the server, which sends it without the device', async () => {
  const [sora, bo] = [await signedUp('sora'), await signedUp('hani')];
  const sent = await sora.run('send', '@hani', '--at', '1s', '--json', '출발!');
  expect(sent.code).toBe(0);
  expect(JSON.parse(sent.out)).toMatchObject({
    scheduled: expect.stringMatching(/^scheduled_/),
    at: expect.any(Number),
  });
  await using bos = new SpokenChat(bo);
  await bos.hears('출발!');
  const wrong = await sora.run('send', '@hani', '--at', 'soon', 'x');
  expect([wrong.code, wrong.err]).toEqual([
    2,
    expect.stringContaining("--at soon: expected a time like '18:30'"),
  ]);
  expect(await bos.leave()).toBe(0);
});
