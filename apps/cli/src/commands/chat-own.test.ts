import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { ChatTown, chat, type Somebody, screenTest } from '../testing/chat-town.ts';
import { SpokenChat } from '../testing/spoken-chat.ts';
import { tailTexts } from '../testing/tail-texts.ts';

// What the user keeps for themselves, on two machines of theirs.

let town: ChatTown;
beforeAll(async () => {
  town = await ChatTown.start();
});
afterAll(() => town[Symbol.asyncDispose]());

/** What somebody's `maru tail` gives of the first events. */
async function saidTo({ person }: Somebody, count: number): Promise<unknown[]> {
  await using tail = person.tail('--json');
  return tailTexts(await tail.take(count));
}

describe('in lines', () => {
  test('[OWN3][OWN7] what one machine keeps, the other does, too', async () => {
    const { mina, jun } = await town.acquainted('hello');
    const second = await town.secondMachine(jun);
    await using here = new SpokenChat(jun.person);
    await here.hears(/^Mina, \d\d:\d\d: hello$/);
    await here.say('/mute 8h');
    await here.hears(/^Muted until .*\d\d:\d\d, on all your devices\.$/);
    await here.say('/pin-room', '/q-add addr 서울시 종로구 1');
    await here.hears('Kept: /q addr sends it');
    await here.say('/q addr');
    // Before it was taken there is nothing to delete.
    expect(await saidTo(mina, 3)).toEqual([undefined, 'hello', '서울시 종로구 1']);
    await here.say('/hide');
    await here.hears('Delete “서울시 종로구 1” for you alone, for good? Enter: yes.');
    await here.say('n', '/hide', 'y', '/q');
    await here.hears('Quick replies');
    await here.hears('addr  서울시 종로구 1');

    await using there = new SpokenChat(second.person);
    await there.hears('Room: Mina. pinned. muted.');
    await there.say('/q addr', '/mute off');
    await there.hears('No longer muted.');
    await there.say('/archive');
    await there.hears('Archived: a new message brings it back');
    expect([await here.leave(), await there.leave()]).toEqual([0, 0]);
    // Jun's two machines show the second address alone; for Mina nothing is gone.
    await using again = new SpokenChat(second.person);
    await again.hears('Room: Mina. archived.');
    await again.hears(/^Mina, \d\d:\d\d: hello$/);
    expect(await again.hears(/./)).toMatch(/^you, \d\d:\d\d: 서울시 종로구 1$/);
    expect(await saidTo(mina, 4)).toEqual([undefined, 'hello', '서울시 종로구 1', '서울시 종로구 1']);
  });
});

describe('on a screen', () => {
  screenTest('a draft is there on the other machine, and gone when it was sent', async () => {
    const { mina, jun } = await town.acquainted('hello');
    const second = await town.secondMachine(jun);
    await using here = await chat(jun);
    await here.sees('hello');
    await here.type('half a thought');
    await using there = await chat(second);
    await there.sees('half a thought');
    await there.type(' and a whole');
    await there.sees('half a thought and a whole');
    await there.press('Enter');
    expect(await saidTo(mina, 3)).toEqual([undefined, 'hello', 'half a thought and a whole']);
    await there.sees('Write a message…');
    // Nobody has touched the first machine meanwhile.
    await here.sees('Write a message…');
  });
});
