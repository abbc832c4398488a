import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { ChatTown } from '../testing/chat-town.ts';
import { SpokenChat } from '../testing/spoken-chat.ts';

// What is written with a slash, done by a real client with a real server, and told in lines.

let town: ChatTown;
beforeAll(async () => {
  town = await ChatTown.start();
});
afterAll(() => town[Symbol.asyncDispose]());

describe('a group', () => {
  test('is made, named, joined, left, and everybody hears of it', async () => {
    const [mina, jun] = [await town.signedUp('mina', 'Mina'), await town.signedUp('jun', 'Jun')];
    const sora = await town.signedUp('sora', 'Sora');
    await using minas = new SpokenChat(mina.person);
    await using juns = new SpokenChat(jun.person);
    await juns.hears('Connection: online.');
    await minas.hears('Connection: online.');
    await minas.say(`/group our team @${jun.handle}`);
    await minas.hears('Mina made the group ‘our team’');
    await minas.say('hello team');
    await juns.hears('In our team: Mina: hello team');
    await juns.say('/go our team');
    await juns.hears('Room: our team. 1 unread.');
    await juns.hears(/^Mina, \d\d:\d\d: hello team$/);
    await minas.say(`/add @${sora.handle}`);
    await juns.hears('Mina added Sora');
    await minas.say('/rename the three');
    await juns.hears('Mina named this ‘the three’');
    await minas.hears('Mina named this ‘the three’');
    await minas.say('/members');
    await minas.hears('Members of the three · 3');
    await minas.hears(`Jun @${jun.handle}  a`);
    await minas.hears(`Mina @${mina.handle}  (you)`);
    await minas.say(`/remove @${sora.handle}`);
    await juns.hears('Mina removed Sora');
    await juns.say('/leave', 'n', '/leave', 'y');
    await minas.hears('Jun left');
    await juns.say('still here?');
    await juns.hears('You are no longer a member of this room.');
    expect([await minas.leave(), await juns.leave()]).toEqual([0, 0]);
  });

  test('refuses what can not be, and says so', async () => {
    const [mina, jun] = [await town.signedUp('mina', 'Mina'), await town.signedUp('jun', 'Jun')];
    await using minas = new SpokenChat(mina.person);
    await minas.hears('Connection: online.');
    await minas.say('hello?');
    await minas.hears('Open a room first');
    await minas.say('/dm @nobody_here');
    await minas.hears('There is no @nobody_here here.');
    await minas.say(`/dm @${mina.handle}`);
    await minas.hears('There is no room with oneself.');
    await minas.say('/dance');
    await minas.hears('There is no command /dance');
    await minas.say(`/group pair @${jun.handle}`);
    await minas.hears('made the group');
    await using juns = new SpokenChat(jun.person);
    await juns.hears('Connection: online.');
    await juns.say('/go pair');
    await juns.hears('Room: pair.');
    await juns.say('/rename mine');
    await juns.hears('You may not do that here');
    await minas.say(`/dm @${jun.handle}`, '/rename us');
    await minas.hears('Only a group has that.');
  });
});

describe('a message', () => {
  test('is answered, edited and deleted, and the other hears it', async () => {
    const [mina, jun] = [await town.signedUp('mina', 'Mina'), await town.signedUp('jun', 'Jun')];
    await using juns = new SpokenChat(jun.person);
    await juns.hears('Connection: online.');
    await using minas = new SpokenChat(mina.person, [`@${jun.handle}`]);
    await minas.hears('Room: Jun.');
    await minas.say('first');
    await juns.hears('Mina: first');
    await juns.say('/go mina');
    await minas.hears('Jun has read everything.');
    await juns.say('/reply yes, first');
    await minas.hears(/^Jun, \d\d:\d\d: yes, first$/);
    await juns.say('/edit yes, the first');
    await minas.hears('Jun changed a message: yes, the first');
    await using tail = mina.person.tail('--json', '--since', 'start');
    const [, , answer] = (await tail.take(3)).map((line) => JSON.parse(line));
    expect(answer.text).toBe('yes, first');
    const edit = JSON.parse((await tail.take(1))[0] ?? '');
    expect([edit.kind, edit.text]).toEqual(['edit', 'yes, the first']);
    await juns.say('/delete', '');
    await minas.hears('Jun deleted a message.');
  });

  test('mentions those who are named, and a send beside it is told why it has to wait', async () => {
    const [mina, jun] = [await town.signedUp('mina', 'Mina'), await town.signedUp('jun', 'Jun')];
    await using minas = new SpokenChat(mina.person);
    await minas.hears('Connection: online.');
    await minas.say(`/group two @${jun.handle}`);
    await minas.hears('made the group');
    await minas.say('/members');
    await minas.hears('Members of two');
    await minas.say(`봐요 @${jun.handle}님`);
    await using tail = jun.person.tail('--json', '--since', 'start');
    const said = (await tail.take(2)).map((line) => JSON.parse(line)).at(-1);
    expect(said.text).toBe(`봐요 @${jun.handle}님`);
    expect(said.mentions).toHaveLength(1);
    const refused = await mina.person.run('send', `@${jun.handle}`, 'beside it', '--wait', '0.1');
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('maru chat') });
  });
});
