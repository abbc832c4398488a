import { afterAll, beforeAll, expect, test } from 'bun:test';
import { ChatTown } from '../testing/chat-town.ts';
import { SpokenChat } from '../testing/spoken-chat.ts';

// What holds in a group, set and left by real clients with a real server, and told in lines.

let town: ChatTown;
beforeAll(async () => {
  town = await ChatTown.start();
});
afterAll(() => town[Symbol.asyncDispose]());

test('[GROUP3] a description is written, shown, and taken away', async () => {
  const { mina, jun } = await town.pair();
  await using minas = new SpokenChat(mina.person);
  await using juns = new SpokenChat(jun.person);
  for (const chat of [minas, juns]) await chat.hears('Connection: online.');
  await minas.say(`/group readers @${jun.handle}`);
  await minas.hears('made the group');
  await juns.say('/go readers');
  await juns.hears('Room: readers.');
  await minas.say('/describe One book a month');
  await juns.hears('Mina described this: One book a month');
  await juns.say('/describe mine');
  await juns.hears('You may not do that in this group.');
  await minas.say('/describe');
  await juns.hears('Mina took the description away');
  expect([await minas.leave(), await juns.leave()]).toEqual([0, 0]);
});

test('[PRIV4] a group keeps what was said from who joins later, from the start or from now on', async () => {
  const { mina, jun } = await town.pair();
  const sora = await town.signedUp('sora', 'Sora');
  await using minas = new SpokenChat(mina.person);
  await using juns = new SpokenChat(jun.person);
  for (const chat of [minas, juns]) await chat.hears('Connection: online.');
  await minas.say(`/group closed @${jun.handle} since-joined`, 'for two', '/history');
  await minas.hears('Who joins may read only what is said from then on.');
  await minas.say('/history all', '/history');
  await minas.hears('Mina opened the history to new members');
  await minas.say('/history since-joined', 'still for two');
  await minas.hears('Mina closed the history to new members');
  await juns.say('/go closed');
  await juns.hears(/^Mina, \d\d:\d\d: still for two$/);
  await juns.say('/history all');
  await juns.hears('You may not do that in this group.');
  await minas.say(`/add @${sora.handle}`);
  await minas.hears('Mina added Sora');
  await minas.say('for three');
  await using soras = new SpokenChat(sora.person);
  await soras.hears(/^Mina, \d\d:\d\d: for three$/);
  await soras.say('/search for t');
  expect(await soras.hears(/for t/)).toMatch(/^Mina, \d\d:\d\d: for three$/);
  expect(soras.heard.filter((line) => line.includes('for two'))).toEqual([]);
  for (const chat of [minas, juns, soras]) expect(await chat.leave()).toBe(0);
});

test('[TEXT2] a group keeps @all to its owner, and others are told that theirs calls nobody', async () => {
  const { mina, jun } = await town.pair();
  await using minas = new SpokenChat(mina.person);
  await using juns = new SpokenChat(jun.person);
  for (const chat of [minas, juns]) await chat.hears('Connection: online.');
  await minas.say(`/group calls @${jun.handle}`);
  await minas.hears('made the group');
  await minas.say('/rights');
  await minas.hears(/@all: everyone up to 20 members, then admins/);
  await juns.say('/go calls');
  await juns.hears('Room: calls.');
  await minas.say('/rights @all owner');
  await juns.hears(/set who may do what: @all: owner/);
  await juns.say('@all dinner!');
  await juns.hears(/@all names nobody here/);
  await minas.hears(/^준, \d\d:\d\d: @all dinner!$/);
  expect([await minas.leave(), await juns.leave()]).toEqual([0, 0]);
});

test('[LINK4] who asks to join is declined', async () => {
  const { mina, jun } = await town.pair();
  await using minas = new SpokenChat(mina.person);
  await using juns = new SpokenChat(jun.person);
  for (const chat of [minas, juns]) await chat.hears('Connection: online.');
  await minas.say('/group few', '/link ask');
  const link = (await minas.hears(/^http.*#join=[0-9a-z]{52}$/)).trim();
  await juns.say(`/join ${link}`);
  await minas.hears('준 asks to join');
  await minas.say(`/decline @${jun.handle}`);
  await minas.hears('Mina did not let 준 in');
  await minas.say('/links');
  await minas.hears('Links into this group');
  await minas.say('/members');
  await minas.hears('Members of few · 1');
  expect(minas.heard.filter((line) => line.includes('Who asks to join'))).toEqual([]);
  expect([await minas.leave(), await juns.leave()]).toEqual([0, 0]);
});

test('[GROUP6] a group that was left is read on, until what is kept of it is forgotten', async () => {
  const { mina, jun } = await town.pair();
  await using minas = new SpokenChat(mina.person);
  await minas.hears('Connection: online.');
  await minas.say(`/group reunion @${jun.handle}`, 'see you there');
  await minas.hears('made the group');
  await using juns = new SpokenChat(jun.person);
  await juns.hears(/^Mina, \d\d:\d\d: see you there$/);
  await juns.say('/forget');
  await juns.hears('You are still in it: /leave it first.');
  await juns.say('/leave', 'y');
  await minas.hears('준 left');
  await juns.say('/search see you');
  await juns.hears(/^Mina, \d\d:\d\d: see you there$/);
  await juns.say('/forget');
  await juns.hears('Drop all that this device has of reunion?');
  await juns.say('y', '/go reunion');
  await juns.hears('There is no room ‘reunion’.');
  expect([await minas.leave(), await juns.leave()]).toEqual([0, 0]);
});
