import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { ChatTown, chat, golden, type Somebody, screenTest } from '../testing/chat-town.ts';
import { SpokenChat } from '../testing/spoken-chat.ts';

// Contacts, requests and blocks, as people meet them in `maru chat`, against a real server.

let town: ChatTown;
beforeAll(async () => {
  town = await ChatTown.start();
});
afterAll(() => town[Symbol.asyncDispose]());

async function contactsOf({ person }: Somebody) {
  const { code, out } = await person.run('contacts', '--json');
  expect(code).toBe(0);
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

const REQUEST = [
  ' Rooms         @jun00 │ Mina @mina00  ● active                         ● online',
  '──────────────────────│─ Mina asks · /accept · /refuse · /block [--report] ─────',
  '───── Requests 1 ─────│',
  ' ● Mina               │',
  '                      │',
  '                      │',
  '                      │',
  '                      │───────────────────────── Today ─────────────────────────',
  '                      │ HH:MM · Mina asked to be contacts: We met at the',
  '                      │ market.',
  '                      │─────────────────────────────────────────────────────────',
  '                      │> Write a message…',
  '                      │ Enter sends · Alt+Enter new line · Alt+↑↓ rooms · /help',
];

const BLOCKED_IN_GROUP = [
  ' Rooms         @jun00 │ # team  2 members, 1 here                      ● online',
  '──────────────────────│─────────────────────────────────────────────────────────',
  ' # team               │───────────────────────── Today ─────────────────────────',
  '                      │ HH:MM · Mina made the group ‘team’',
  '                      │ Mina  HH:MM',
  '                      │ (of somebody you block)',
  '                      │ (of somebody you block)',
  '                      │ 준  HH:MM',
  '                      │ three                                                ✓',
  '                      │─────────────────────────────────────────────────────────',
  '                      │> Write a message…',
  '                      │ Enter sends · Alt+Enter new line · Alt+↑↓ rooms · /help',
];

describe('a stranger', () => {
  screenTest('asks, stands among the requests with what may be done, and is accepted', async () => {
    const both = await town.pair();
    const { mina, jun } = both;
    await using asking = await chat(mina);
    await asking.sees('● online');
    await asking.type(`/request @${jun.handle} We met at the market.`);
    await asking.press('Enter');
    await asking.sees('…');
    await using pane = await chat(jun, '', { rows: 13 });
    await pane.sees('Requests 1');
    await pane.sees('asked to be contacts');
    expect(await pane.settles(golden(both, ...REQUEST))).toBe(golden(both, ...REQUEST));
    expect(await contactsOf(jun)).toMatchObject([
      { handle: mina.handle, state: 'requested-by-them', note: { text: 'We met at the market.' } },
    ]);
    await pane.type('/accept');
    await pane.press('Enter');
    await pane.sees((screen) => !screen.includes('Requests') && screen.includes('준 accepted'));
    await asking.press('M-Down');
    await asking.sees('준 accepted');
    expect(await contactsOf(mina)).toMatchObject([{ handle: jun.handle, state: 'contact' }]);
    await pane.type('/contacts');
    await pane.press('Enter');
    await pane.sees(`Mina @${mina.handle}`);
  });

  screenTest(
    'is blocked: the room is gone, in a group a line each is left, and a tail has nothing',
    async () => {
      const both = await town.pair();
      const { mina, jun } = both;
      await using minas = new SpokenChat(mina.person);
      await minas.hears('Connection: online.');
      await minas.say(`/group team @${jun.handle}`, 'one', 'two', `/dm @${jun.handle}`);
      await minas.hears('Room: 준.');
      await minas.say('hello there');
      await using pane = await chat(jun, `@${mina.handle}`, { rows: 12 });
      await pane.sees('hello there');
      await pane.type('/block');
      await pane.press('Enter');
      await pane.sees('Block Mina?');
      await pane.press('Enter');
      await pane.sees('You block Mina · /unblock');
      await pane.type('/go team');
      await pane.press('Enter');
      await pane.sees('of somebody you block');
      await pane.type('three');
      await pane.press('Enter');
      await pane.sees(/three +✓/);
      expect(await pane.settles(golden(both, ...BLOCKED_IN_GROUP))).toBe(golden(both, ...BLOCKED_IN_GROUP));
      await pane.press('Up', 'Up');
      await pane.sees(/▌two/);
      await minas.say('are you there?');
      await minas.hears('not sent');
      await using tail = jun.person.tail('--json', '--since', 'start');
      const own = (await tail.take(2)).map((line) => JSON.parse(line));
      expect(new Set(own.map(({ own, kind }) => `${own} ${kind}`))).toEqual(
        new Set(['true message', 'true related']),
      );
      const { out } = await jun.person.run('contacts');
      expect(out.split('\n')[1]).toContain(`@${mina.handle}  blocked`);
    },
  );
});

describe('without a server', () => {
  screenTest(
    'a block holds at once and after a restart, and is told to the server first of all',
    async () => {
      const { mina, jun } = await town.acquainted('hello there');
      await using stack = new AsyncDisposableStack();
      const first = stack.use(await chat(jun));
      await first.sees('Requests 1');
      await first.sees('hello there');
      await first.sees('● online');
      await town.stopServer();
      await first.sees('offline, trying again');
      await first.type('/block');
      await first.press('Enter');
      await first.sees('Block Mina?');
      await first.press('Enter');
      await first.sees('You block Mina · /unblock');
      await first.type('/contacts');
      await first.press('Enter');
      await first.sees(`Mina @${mina.handle}  (not told to the server yet)`);
      await first.press('Enter');
      await first.type('/quit');
      await first.press('Enter');
      await first.sees('ended with 0');
      await first[Symbol.asyncDispose]();
      const again = stack.use(await chat(jun));
      const screen = await again.sees('No rooms yet');
      expect(screen).not.toContain('Requests');
      await town.startServer();
      await again.sees('● online');
      // The list shows what was known when it was asked for.
      for (let shown = 'not told'; shown.includes('not told'); ) {
        await again.type('/contacts');
        await again.press('Enter');
        shown = await again.sees('You block');
        // Keys right behind Escape may be read as one with it.
        await again.press('Escape');
        await again.sees((screen) => !screen.includes('You block'));
      }
      expect(await contactsOf(jun)).toMatchObject([{ handle: mina.handle, state: 'blocked' }]);
      expect((await mina.person.run('send', `@${jun.handle}`, 'still?')).code).toBe(1);
    },
  );
});

describe('in lines', () => {
  test('a request is told without its words, the room says what may be done, in Korean too', async () => {
    const { mina, jun } = await town.pair();
    await using juns = new SpokenChat(jun.person, [], { LC_ALL: 'ko_KR.UTF-8' });
    await juns.hears('연결 상태: 연결됨.');
    await mina.person.run('send', `@${jun.handle}`, 'https://example.org/look');
    await juns.hears(/^Mina님의 요청\.$/);
    await juns.say('/이동 mina');
    await juns.hears('Mina님의 첫 메시지 · /수락 · /거절 · /차단 [--신고]');
    await juns.hears('https://example.org/look');
    await juns.say('/거절');
    await juns.hears('Mina');
    await juns.say('/친구');
    await juns.hears('아직 없습니다');
    expect(await contactsOf(jun)).toEqual([]);
    await juns.say('/차단', '', '/친구');
    await juns.hears('차단한 사람');
    await juns.hears(`Mina @${mina.handle}`);
  });

  test('a block is asked about, and ends with /unblock', async () => {
    const { mina, jun } = await town.pair();
    await mina.person.run('send', `@${jun.handle}`, 'hi');
    await using juns = new SpokenChat(jun.person, [`@${mina.handle}`]);
    await juns.hears('Connection: online.');
    await juns.hears('Mina writes');
    await juns.say('/block', '');
    await juns.hears('You block Mina');
    expect(await contactsOf(jun)).toMatchObject([{ state: 'blocked' }]);
    await juns.say('/failed');
    await juns.hears('Nothing was refused.');
    await juns.say('/unblock');
    await juns.say('/contacts');
    await juns.hears('Nobody yet');
    expect(await contactsOf(jun)).toEqual([]);
  });
});

test('maru contacts says when there is nobody, and what is wrong', async () => {
  const { mina } = await town.pair();
  expect(await mina.person.run('contacts')).toMatchObject({
    code: 0,
    out: 'Nobody yet: /request @HANDLE in maru chat asks somebody.\n',
  });
  expect(await mina.person.run('contacts', '--profile', 'nobody')).toMatchObject({ code: 2, out: '' });
});
