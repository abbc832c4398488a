import { afterAll, beforeAll, expect, test } from 'bun:test';
import { ChatTown } from '../testing/chat-town.ts';
import { SpokenChat } from '../testing/spoken-chat.ts';

// What is done to messages with a slash, by real clients with a real server, and told in lines.

let town: ChatTown;
beforeAll(async () => {
  town = await ChatTown.start();
});
afterAll(() => town[Symbol.asyncDispose]());

/** Two people in a group in which the first has said something. */
async function inGroup(name: string, said: string) {
  const { mina, jun } = await town.pair();
  const minas = new SpokenChat(mina.person);
  const juns = new SpokenChat(jun.person);
  for (const chat of [minas, juns]) await chat.hears('Connection: online.');
  await minas.say(`/group ${name} @${jun.handle}`);
  await minas.hears('made the group');
  await juns.say(`/go ${name}`);
  await juns.hears(`Room: ${name}.`);
  await minas.say(said);
  await juns.hears(`: ${said}`);
  return {
    ...{ mina, jun, minas, juns },
    async [Symbol.asyncDispose]() {
      for (const chat of [minas, juns]) await chat[Symbol.asyncDispose]();
    },
  };
}

test('[TALK1] an emoji is put on a message, who did is shown, and it is taken off', async () => {
  await using there = await inGroup('lunch', 'pizza?');
  const { minas, juns } = there;
  await juns.say('/react 👍');
  await minas.hears('👍 1 on “pizza?”');
  await minas.say('/react 👍');
  await juns.hears('👍 2 on “pizza?”');
  await minas.say('/reactions');
  await minas.hears('Reactions to a message of Mina');
  const who = await minas.hears(/^👍 2 /);
  expect([who.includes('준'), who.includes('you')]).toEqual([true, true]);
  await juns.say('/react 👍');
  await minas.hears('👍 1 on “pizza?”');
  await juns.say('/react yes');
  await juns.hears('A reaction is exactly one emoji.');
  await juns.say('/reactions');
  await juns.hears(/^👍 1 {2}Mina$/);
});

test('[TALK9] a message is pinned, listed, gone to and taken down, by whom the group lets', async () => {
  await using there = await inGroup('rules', 'be kind');
  const { minas, juns } = there;
  await juns.say('/pins');
  await juns.hears('Nothing is pinned here.');
  await juns.say('/pin');
  await minas.hears('준 pinned: Mina: be kind');
  await minas.say('/pins');
  await minas.hears('Pinned in rules');
  await minas.hears(/^1 {2}Mina: be kind$/);
  await minas.say('and to others', '/pins 2');
  await minas.hears('The pins are numbered from 1 to 1.');
  // What is gone to is chosen: the next command is about it, and not about the last message.
  await juns.hears('and to others');
  await juns.say('/pins 1', '/pin');
  await minas.hears('준 took down: Mina: be kind');
  await minas.say('/rights pin admins');
  await juns.hears('Mina set who may do what: pin: administrators');
  await juns.say('/pin');
  await juns.hears('You may not do that in this group.');
});

test('[TALK10] what an edited message said before is shown', async () => {
  await using there = await inGroup('dates', 'on Monday');
  const { minas, juns } = there;
  await juns.say('/versions');
  await juns.hears('That message was never changed.');
  await minas.say('/edit on Tuesday');
  await juns.hears('Mina changed a message: on Tuesday');
  await juns.say('/versions');
  await juns.hears('What a message of Mina said');
  await juns.hears(/^on Monday$/);
  await juns.hears(/^on Tuesday$/);
});

test('[TALK11] a message is sent on to several rooms, with its author’s name or without', async () => {
  await using there = await inGroup('source', 'the news');
  const { jun, minas, juns } = there;
  await juns.say('/group first', '/group second', '/go source');
  await juns.hears(/^Room: source/);
  await juns.say('/forward first, second', 'y');
  await juns.hears('Sent on to first, second.');
  await juns.say('/forward anon first');
  await juns.hears('Send “the news” on to first, without saying whose it was? Enter: yes.');
  await juns.say('y');
  await juns.hears('Sent on to first.');
  await juns.say('/forward nowhere');
  await juns.hears('There is no room ‘nowhere’.');
  await using tail = jun.person.tail('--json', '--since', 'start');
  const forwards: { roomName?: string; forwarded: object }[] = [];
  while (forwards.length < 3) {
    const event = JSON.parse((await tail.take(1))[0] ?? '');
    if (event.forwarded !== undefined) forwards.push(event);
  }
  const told = forwards.map(({ roomName, forwarded }) => `${roomName} ${'sender' in forwarded}`);
  expect(told).toHaveLength(3);
  expect(new Set(told)).toEqual(new Set(['first false', 'first true', 'second true']));
  expect(await minas.leave()).toBe(0);
});

test('[OWN9] a message is starred and gone to, and a room put into a folder, listed and dropped', async () => {
  await using there = await inGroup('work', 'the address');
  const { jun, juns } = there;
  await juns.say('/star');
  await juns.hears('Starred: /stars shows them.');
  await juns.say('thanks', '/stars');
  await juns.hears(/^1 {2}Mina, Today \d\d:\d\d: the address$/);
  await juns.say('/folder office');
  await juns.hears('In the folder “office”');
  await juns.say('/folder');
  await juns.hears(/^office: work$/);
  const second = await town.secondMachine(jun);
  await using other = new SpokenChat(second.person);
  await other.hears(/^Mina, \d\d:\d\d: the address$/);
  await other.say('/stars 1', '/star');
  await other.hears('No longer starred.');
  await other.say('/stars');
  await other.hears('Nothing is starred here.');
  await other.say('/folder office off');
  await other.hears('Drop the folder “office”? Its rooms stay.');
  await other.say('y', '/folder');
  await other.hears('There are no folders');
  await other.say('/go work');
  expect([await juns.leave(), await other.leave()]).toEqual([0, 0]);
});
