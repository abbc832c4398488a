import { afterAll, beforeAll, expect, test } from 'bun:test';
import { ChatTown } from '../testing/chat-town.ts';
import { SpokenChat } from '../testing/spoken-chat.ts';

// Who is out of a group, and what is said of acts that show nowhere else, with real clients and a real server.

let town: ChatTown;
beforeAll(async () => {
  town = await ChatTown.start();
});
afterAll(() => town[Symbol.asyncDispose]());

test('[GROUP6][SYNC9][LINK5] who is removed sees by whom, reads on under the name, and is told how to come back', async () => {
  const { mina, jun } = await town.pair();
  await using minas = new SpokenChat(mina.person);
  await minas.hears('Connection: online.');
  await minas.say(`/group walkers @${jun.handle}`, 'at nine', '/link');
  const link = (await minas.hears(/^http.*#join=[0-9a-z]{52}$/)).trim();
  await using juns = new SpokenChat(jun.person);
  await juns.hears('Connection: online.');
  await juns.say('/go walkers');
  await juns.hears(/^Mina, \d\d:\d\d: at nine$/);
  await minas.say(`/remove @${jun.handle}`, 'y');
  await juns.hears('Mina removed you');
  await juns.say('hello?');
  await juns.hears("You can't write: you were removed.");
  await juns.say('/members');
  await juns.hears('Members of walkers');
  await juns.hears(`Mina @${mina.handle}`);
  await juns.say(`/join ${link}`);
  await juns.hears('You were removed, and links from before let you in no more.');
  await juns.say(`/join ${link.slice(0, 40)}`);
  await juns.hears('That is not the whole link');
  // On a device that was not there, too: what it had stays, and how it ended comes with it.
  expect(await juns.leave()).toBe(0);
  await using later = new SpokenChat(jun.person, ['walkers']);
  await later.hears('Room: walkers.');
  await later.hears('Mina removed you');
  expect([await minas.leave(), await later.leave()]).toEqual([0, 0]);
});

test('[GROUP6] a group that was left while one was away has its end, and /go finds it', async () => {
  const { mina, jun } = await town.pair();
  await using minas = new SpokenChat(mina.person);
  await minas.hears('Connection: online.');
  await minas.say(`/group choir @${jun.handle}`, 'la la');
  await minas.hears('made the group');
  await using juns = new SpokenChat(jun.person);
  await juns.hears(/^Mina, \d\d:\d\d: la la$/);
  await juns.say('/leave', 'y');
  await juns.hears('You left');
  await juns.say(`/dm @${mina.handle}`);
  await juns.hears('Room: Mina.');
  await juns.say('/go choir');
  await juns.hears('Room: choir.');
  await juns.hears("You can't write: you left.");
  await juns.hears(/^Mina, \d\d:\d\d: la la$/);
  expect([await minas.leave(), await juns.leave()]).toEqual([0, 0]);
});

test('[LINK4] who is let in and has not asked is named as such', async () => {
  const { mina, jun } = await town.pair();
  await using minas = new SpokenChat(mina.person);
  await minas.hears('Connection: online.');
  await minas.say('/group few', `/admit @${jun.handle}`);
  await minas.hears(`@${jun.handle} has not asked to join`);
  expect(await minas.leave()).toBe(0);
});

test('[REL6] who is not blocked is named as such, met before or not', async () => {
  const { mina, jun } = await town.acquainted('hello there');
  const sora = await town.signedUp('sora', 'Sora');
  await using juns = new SpokenChat(jun.person, [`@${mina.handle}`]);
  await juns.hears('Mina writes');
  await juns.say('/unblock');
  await juns.hears('Mina is not blocked.');
  await juns.say(`/unblock @${sora.handle}`);
  await juns.hears('Sora is not blocked.');
  expect(await juns.leave()).toBe(0);
});

test('[REL6] what comes of a request and of the end of a block is said, and nobody adds themselves', async () => {
  const { mina, jun } = await town.acquainted('hello there');
  await using minas = new SpokenChat(mina.person, [`@${jun.handle}`]);
  await minas.hears('hello there');
  await using juns = new SpokenChat(jun.person, [`@${mina.handle}`]);
  await juns.hears('Mina writes');
  await juns.say('/block', '');
  await minas.hears('준 left');
  await juns.say('/unblock');
  await juns.hears('You no longer block Mina');
  await minas.hears('준 is here again');
  await minas.say(`/request @${jun.handle}`);
  await minas.hears('You asked 준.');
  expect([await minas.leave(), await juns.leave()]).toEqual([0, 0]);
});
