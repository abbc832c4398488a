import { afterAll, beforeAll, expect, test } from 'bun:test';
import { ChatTown, type Somebody } from '../testing/chat-town.ts';
import { SpokenChat } from '../testing/spoken-chat.ts';

// Who is found, and who is kept away, as people do it in `maru chat`, with a real server.

let town: ChatTown;
beforeAll(async () => {
  town = await ChatTown.start();
});
afterAll(() => town[Symbol.asyncDispose]());

test('[FIND1] [FIND2] [FIND3] somebody whom nobody finds by the handle gives a link, and makes a new one', async () => {
  const [mina, jun] = [await town.signedUp('mina', 'Mina'), await town.signedUp('jun', 'Jun')];
  expect((await mina.person.run('settings', '--findable', 'no')).code).toBe(0);
  await using minas = new SpokenChat(mina.person);
  await using juns = new SpokenChat(jun.person);
  for (const chat of [minas, juns]) await chat.hears('Connection: online.');
  await minas.say('/mylink');
  const link = (await minas.hears(/^http.*#user=[0-9a-z]{26}$/)).trim();
  expect(link).toStartWith(town.url);
  await minas.say('/mylink');
  await minas.hears(link);
  await juns.say(`/request @${mina.handle}`);
  await juns.hears(`There is no @${mina.handle} here.`);
  await juns.say(`/add ${link} We met at the market.`);
  await minas.hears('Request of Jun.');
  await juns.say('/go Mina');
  await juns.hears('Room: Mina.');
  await minas.say('/go Jun');
  await minas.hears('We met at the market.');
  await minas.say('/accept');
  await juns.hears('Mina accepted');
  await minas.say('/mylink renew', 'y');
  const renewed = (await minas.hears(/^http.*#user=[0-9a-z]{26}$/)).trim();
  expect(renewed).not.toBe(link);
  await juns.say(`/add ${link}`);
  await juns.hears('This link leads to nobody (any more). Ask for another');
  await minas.say('/mylink revoke', 'y');
  await minas.hears('Your personal link leads nowhere now.');
  await juns.say(`/add ${renewed}`);
  await juns.hears('This link leads to nobody (any more). Ask for another');
  expect([await minas.leave(), await juns.leave()]).toEqual([0, 0]);
});

test('[REPORT5] [REPORT6] a stranger is blocked and reported in one step, also without a server', async () => {
  const [mina, jun] = [await town.signedUp('mina', 'Mina'), await town.signedUp('jun', 'Jun')];
  const ara = await town.signedUp('ara', 'Ara');
  const root = await town.administrator();
  await using minas = new SpokenChat(mina.person);
  await using juns = new SpokenChat(jun.person);
  for (const chat of [minas, juns]) await chat.hears('Connection: online.');
  await juns.say(`/dm @${mina.handle} Buy now!`);
  await minas.hears('Request of Jun.');
  expect((await ara.person.run('send', `@${mina.handle}`, 'Buy here!')).code).toBe(0);
  await minas.hears('Request of Ara.');
  await minas.say('/go Jun');
  await minas.hears('Jun writes · /accept · /refuse · /block [--report]');
  await minas.say('/block --report spam the first word', 'y');
  await minas.hears('Blocked. The administrators will look at it.');
  await juns.say('are you there?');
  await juns.hears('not sent');
  const listed = await root.person.run('admin', 'reports', 'list');
  expect(listed.out).toContain(`@${jun.handle}`);
  const shown = await root.person.run('admin', 'reports', 'show', '1');
  for (const part of ['spam', 'the first word', 'Buy now!', 'blocked']) expect(shown.out).toContain(part);
  await minas.say('/go Ara');
  await minas.hears('Ara writes');
  await town.stopServer();
  await minas.hears('Connection: offline');
  await minas.say('/block --report scam the second word', 'y');
  await minas.hears('Blocked. The administrators hear of it when the server can be reached.');
  // It holds here at once: nothing can be written to her any more.
  await minas.say('are you there?');
  await minas.hears('You block Ara · /unblock');
  await town.startServer();
  await minas.hears('Connection: online.');
  const later = await reported(root, 2);
  for (const part of ['scam', 'the second word', 'Buy here!', 'blocked']) expect(later).toContain(part);
  expect((await ara.person.run('send', `@${mina.handle}`, 'Hello?')).code).not.toBe(0);
  expect([await minas.leave(), await juns.leave()]).toEqual([0, 0]);
});

/** A report, as soon as it has come. */
async function reported(root: Somebody, number: number): Promise<string> {
  for (;;) {
    const { code, out } = await root.person.run('admin', 'reports', 'show', `${number}`);
    if (code === 0) return out;
    await Bun.sleep(100);
  }
}
