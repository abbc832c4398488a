import { afterAll, beforeAll, expect, test } from 'bun:test';
import { ChatTown } from '../testing/chat-town.ts';
import { SpokenChat } from '../testing/spoken-chat.ts';

// Channels, as people meet them in `maru chat`.

let town: ChatTown;
beforeAll(async () => {
  town = await ChatTown.start();
});
afterAll(() => town[Symbol.asyncDispose]());

async function two() {
  const [mina, jun] = [await town.signedUp('mina', 'Mina'), await town.signedUp('jun', 'Jun')];
  const [minas, juns] = [new SpokenChat(mina.person), new SpokenChat(jun.person)];
  for (const chat of [minas, juns]) await chat.hears('Connection: online.');
  return { mina, jun, minas, juns };
}

test('[CHANNEL8] a public channel is found, joined, read and left', async () => {
  const { jun, minas: posting, juns: reading } = await two();
  await using minas = posting;
  await using juns = reading;
  await minas.say('/channel the news');
  await minas.hears('Mina made the channel ‘the news’');
  await minas.say('/describe What is new in the house', 'first');
  await minas.hears('Mina described this');
  await juns.say('/channels HOUSE new');
  await juns.hears('» the news · 1 member');
  await juns.hears('What is new in the house');
  await juns.say('/join The News');
  await juns.hears('Room: the news.');
  await juns.hears(/first$/);
  await juns.say('me too');
  await juns.hears('You may read here, and not write.');
  await juns.say('/members');
  await juns.hears('Who reads a channel is for its owner and administrators to see');
  await minas.say('second');
  await juns.hears(/^Mina, \d\d:\d\d: second$/);
  await minas.say('/members');
  await minas.hears('Members of the news · 2');
  await minas.say(`/add @${jun.handle}`);
  await minas.hears('Nobody is added to a channel');
  await minas.say(`/role @${jun.handle} admin`);
  await juns.hears('Mina made Jun an administrator');
  await juns.say('and I');
  await minas.hears(/^Jun, \d\d:\d\d: and I$/);
  await juns.say('/leave', 'y');
  await minas.hears('Jun left');
  await juns.say('/join the newspaper');
  await juns.hears('No public channel is called the newspaper');
  expect([await minas.leave(), await juns.leave()]).toEqual([0, 0]);
});

test('[CHANNEL2] a closed channel is come into by its link', async () => {
  const { minas: posting, juns: reading } = await two();
  await using minas = posting;
  await using juns = reading;
  await minas.say('/channel closed the board', '/link 7d');
  const link = (await minas.hears(/^http.*#join=[0-9a-z]{52}$/)).trim();
  await juns.say('/join the board');
  await juns.hears('No public channel is called the board');
  await juns.say(`/join ${link}`);
  await juns.hears('Room: the board.');
  await minas.say('welcome');
  await juns.hears(/^Mina, \d\d:\d\d: welcome$/);
  expect([await minas.leave(), await juns.leave()]).toEqual([0, 0]);
});
