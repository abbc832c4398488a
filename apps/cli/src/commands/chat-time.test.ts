import { afterAll, beforeAll, expect, test } from 'bun:test';
import { ChatTown } from '../testing/chat-town.ts';
import { SpokenChat } from '../testing/spoken-chat.ts';

// What vanishes and what is sent later, done by real clients with a real server, and told in lines.

let town: ChatTown;
beforeAll(async () => {
  town = await ChatTown.start();
});
afterAll(() => town[Symbol.asyncDispose]());

/** Writes a line again and again, until what it shows is as wanted. */
async function until(chat: SpokenChat, line: string, wanted: RegExp): Promise<void> {
  for (;;) {
    await chat.say(line);
    if (wanted.test(await chat.hears(/^1\. |^Nothing is to be sent/))) return;
    await Bun.sleep(100);
  }
}

test('[TIME1][LATER1][LATER2] a timer is set and told, and messages are sent later, listed and cancelled', async () => {
  const { mina, jun } = await town.acquainted('hello');
  await using minas = new SpokenChat(mina.person);
  await using juns = new SpokenChat(jun.person);
  await juns.hears(/^Mina, \d\d:\d\d: hello$/);
  await minas.hears('Room: 준.');
  await minas.say('/timer 1h');
  await minas.hears('Mina lets messages vanish after 1h');
  await minas.say('soon gone');
  await juns.hears(/^Mina, \d\d:\d\d: soon gone$/);
  await juns.hears('It vanishes 1h after it was sent.');
  await minas.say('/timer never');
  await minas.hears('Write it like this: /timer 1h | 1d | off');
  await minas.say('/타이머 끔');
  await juns.hears('Mina let messages stay for ever');

  await minas.say('/later 1s 나중 인사');
  await minas.hears('It will be sent at');
  await juns.hears(/^Mina, \d\d:\d\d: 나중 인사$/);
  await minas.say('/나중에 내일 9:00 좋은 아침');
  await minas.hears('It will be sent at');
  // What has been sent may still stand before it.
  await until(minas, '/scheduled', /^1\. .*09:00 {2}좋은 아침/);
  await minas.say('/scheduled 1 내일 10:30', '/scheduled');
  await minas.hears(/^1\. .*10:30 {2}좋은 아침/);
  await minas.say('/scheduled 1 푹 잤어요?', 'y', '/scheduled');
  await minas.hears(/^1\. .*10:30 {2}푹 잤어요\?/);
  await minas.say('/scheduled cancel 1', 'y', '/예약');
  await minas.hears('Nothing is to be sent here later.');
  expect([await minas.leave(), await juns.leave()]).toEqual([0, 0]);
});

test('[LATER4] what could not be sent says why, and is sent when it is tried again', async () => {
  const { mina, jun } = await town.pair();
  await using minas = new SpokenChat(mina.person);
  await using juns = new SpokenChat(jun.person);
  for (const chat of [minas, juns]) await chat.hears('Connection: online.');
  await minas.say(`/group quiet @${jun.handle}`);
  await minas.hears('made the group');
  await juns.say('/go quiet');
  await juns.hears('Room: quiet.');
  await juns.say('/later 2h finally');
  await juns.hears('It will be sent at');
  await until(juns, '/scheduled', /^1\. .* {2}finally$/);
  await minas.say('/rights send owner');
  await juns.hears('Mina set who may do what');
  await juns.say('/scheduled 1 1s');
  // Until it has failed there is nothing to try again.
  await until(juns, '/scheduled', /^1\. .* {2}finally \(not sent: you may not write there\)/);
  await minas.say('/rights send everyone');
  await juns.hears('Mina set who may do what: send: everyone');
  await juns.say('/scheduled retry 1');
  await juns.hears('It is being sent now.');
  await minas.hears(/^준, \d\d:\d\d: finally$/);
  expect([await minas.leave(), await juns.leave()]).toEqual([0, 0]);
});

test('[LATER1] maru send --at is taken by the server, which sends it without the device', async () => {
  // Mina asks first: what is sent to her is told as somebody's whom she wrote to, and not as a request.
  const { mina, jun } = await town.acquainted('언제?');
  await using minas = new SpokenChat(mina.person);
  await minas.hears('언제?');
  const sent = await jun.person.run('send', `@${mina.handle}`, '--at', '1s', '--json', '출발!');
  expect(sent.code).toBe(0);
  expect(JSON.parse(sent.out)).toMatchObject({
    scheduled: expect.stringMatching(/^scheduled_/),
    at: expect.any(Number),
  });
  await minas.hears('출발!');
  const wrong = await jun.person.run('send', `@${mina.handle}`, '--at', 'soon', 'x');
  expect([wrong.code, wrong.err]).toEqual([
    2,
    expect.stringContaining("--at soon: expected a time like '18:30'"),
  ]);
  expect(await minas.leave()).toBe(0);
});
