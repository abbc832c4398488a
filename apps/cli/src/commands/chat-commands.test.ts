import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { limits } from '@maru/protocol';
import { ChatTown } from '../testing/chat-town.ts';
import { SpokenChat } from '../testing/spoken-chat.ts';

// What is written with a slash, done by a real client with a real server, and told in lines.

let town: ChatTown;
beforeAll(async () => {
  town = await ChatTown.start();
});
afterAll(() => town[Symbol.asyncDispose]());

/** An account without a device that anybody uses. */
async function registered(handle: string): Promise<string> {
  const body = JSON.stringify({ handle, name: handle, password: 'one two three', device: { name: 'x' } });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(new URL('/v1/accounts', town.url), { method: 'POST', body, headers });
  expect(answer.status).toBe(201);
  return handle;
}

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
    await minas.hears(`Mina @${mina.handle}  (you) [owner]`);
    await juns.say('/rename mine');
    await juns.hears('You may not do that in this group.');
    await minas.say(`/role @${jun.handle} admin`);
    await juns.hears('Mina made Jun an administrator');
    await juns.say('/rename ours');
    await minas.hears('Jun named this ‘ours’');
    await minas.say(`/role @${jun.handle} member`);
    await juns.hears('Mina made Jun a member again');
    await minas.say('/slow 2');
    await juns.hears('Mina set slow mode: 2 s between two messages of a member');
    await juns.say('one', 'two');
    await juns.hears(/^slow mode: waits until \d\d:\d\d:\d\d, and goes by itself$/);
    await minas.hears(/^Jun, \d\d:\d\d: two$/);
    await minas.say('/slow 0');
    await juns.hears('Mina ended slow mode');
    await minas.say('/rights send owner');
    await juns.hears('Mina set who may do what: send: owner');
    await minas.say('/rights send everyone');
    await juns.hears('Mina set who may do what: send: everyone');
    await minas.say(`/remove @${sora.handle}`, 'y');
    await juns.hears('Mina removed Sora');
    await juns.say('/leave', 'n', '/leave', 'y');
    await minas.hears('Jun left');
    await juns.say('still here?');
    await juns.hears("You can't write: you left.");
    expect([await minas.leave(), await juns.leave()]).toEqual([0, 0]);
  });

  test('[LINK1][LINK4] lets people in by links, as they come or as they ask', async () => {
    const [mina, jun, sora] = [
      await town.signedUp('mina', 'Mina'),
      await town.signedUp('jun', 'Jun'),
      await town.signedUp('sora', 'Sora'),
    ];
    await using minas = new SpokenChat(mina.person);
    await using juns = new SpokenChat(jun.person);
    await using soras = new SpokenChat(sora.person);
    for (const chat of [minas, juns, soras]) await chat.hears('Connection: online.');
    await minas.say('/group open house', '/link 1d 1');
    const link = (await minas.hears(/^http.*#join=[0-9a-z]{52}$/)).trim();
    expect(link).toStartWith(town.url);
    await juns.say(`/join ${link}`);
    await minas.hears('Jun joined by a link');
    await juns.hears('Room: open house.');
    await soras.say(`/join ${link}`);
    await soras.hears('This link lets nobody in (any more). Ask for another');
    await minas.say('/link ask');
    const second = (await minas.hears(/^http.*#join=[0-9a-z]{52}$/)).trim();
    await soras.say(`/join ${second}`);
    await soras.hears('You have asked to join open house. You hear when you are let in; a no is not told.');
    await juns.hears('Sora asks to join');
    await juns.say('/links');
    await juns.hears(`@${sora.handle}  Sora`);
    await juns.say(`/admit @${sora.handle}`);
    await minas.hears('Jun let Sora in');
    await soras.hears('You are in open house now.');
    await soras.say('/go open house');
    await soras.hears('Room: open house.');
    await minas.say('/unlink 1');
    await minas.hears('Mina revoked a link into this group');
    expect([await minas.leave(), await juns.leave(), await soras.leave()]).toEqual([0, 0, 0]);
  });

  test('[TEXT2] names everybody by who looks after it, once it is big', async () => {
    const [mina, jun] = [await town.signedUp('mina', 'Mina'), await town.signedUp('jun', 'Jun')];
    const crowd = await Promise.all(
      Array.from({ length: limits.MENTION_ALL_MEMBERS_MAX }, (_, index) => registered(`crowd${index}`)),
    );
    await using minas = new SpokenChat(mina.person);
    await using juns = new SpokenChat(jun.person);
    await juns.hears('Connection: online.');
    await minas.hears('Connection: online.');
    await minas.say(`/group 광장 @${jun.handle} ${crowd.map((handle) => `@${handle}`).join(' ')}`);
    await minas.hears('made the group ‘광장’');
    await minas.say('여러분@all 안녕');
    await juns.hears('In 광장: Mina: 여러분@all 안녕');
    await juns.say('/mention');
    await juns.hears('Room: 광장. 1 unread.');
    await juns.say('@all 저도요');
    await juns.hears('@all names nobody here');
    await minas.hears('Jun, ');
    expect([await minas.leave(), await juns.leave()]).toEqual([0, 0]);
    await using tail = mina.person.tail('--json');
    const [, first, second] = (await tail.take(3)).map((line) => JSON.parse(line));
    expect(first).toMatchObject({ mentionsAll: true, entities: [{ type: 'mention-all', offset: 3 }] });
    expect(second).toMatchObject({ text: '@all 저도요' });
    expect(second).not.toHaveProperty('mentionsAll');
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
    await juns.hears('You may not do that in this group.');
    await minas.say(`/dm @${jun.handle}`, '/rename us');
    await minas.hears('Only a group or a channel has that.');
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
    // What a stranger says is not told unasked.
    await juns.hears('Request of Mina.');
    await juns.say('/go mina');
    await juns.hears(/^Mina, \d\d:\d\d: first$/);
    await juns.say('/reply yes, first');
    await minas.hears(/^Jun, \d\d:\d\d: yes, first$/);
    await minas.hears('Jun has read everything.');
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
