import { expect, test } from 'bun:test';
import type { MaruClient } from '@maru/client';
import { describeInChromium } from '@maru/client/testing/chromium';
import type { RoomId, Seq } from '@maru/protocol';
import { browserWorld } from './browser-world.ts';

/** Messages that are scrolled over. */
const TALK = 300;

async function heard(client: MaruClient, room: RoomId): Promise<(string | undefined)[]> {
  await client.open(room);
  while (client.room(room)?.atStart === false) await client.loadOlder(room);
  return (client.room(room)?.messages ?? [])
    .filter(({ kind }) => kind === 'message')
    .map(({ content }) => (content !== undefined && 'text' in content ? String(content.text) : undefined));
}

describeInChromium(() => {
  test('[TABS1][TABS2][TABS3] what is said in two tabs is heard once and in order, whichever dies', async () => {
    await using world = await browserWorld();
    const { server, other, room, openTab } = world;
    const first = await openTab();
    await first.until('state', [], (state) => state === 'online');
    const second = await openTab();
    await second.until('state', [], (state) => state === 'online');
    await second.call('open', room);
    await second.call('send', room, 'from the second');
    await first.call('open', room);
    await first.call('send', room, 'from the first');
    await second.until('texts', [room], (texts) => texts.at(-1) === 'from the first');
    await second.until('accepted', [], (count) => count === 1);
    expect([first.sockets, second.sockets]).toEqual([1, 0]);

    // In one go with the death of the tab with the connection.
    const last = second.call('send', room, 'as the first dies');
    await first.crash();
    await last;
    await second.call('send', room, 'behind it');
    await second.until('accepted', [], (count) => count === 3);
    expect(second.sockets).toBe(1);

    const third = await openTab();
    await third.call('open', room);
    await server.kill9();
    await second.until('state', [], (state) => state !== 'online');
    await third.call('send', room, 'offline');
    await second.until('texts', [room], (texts) => texts.at(-1) === 'offline');
    await second.call('send', room, 'offline, too');
    await second.crash();
    await third.until('texts', [room], (texts) => texts.includes('offline, too'));
    await third.call('send', room, 'offline still');
    await server.restart();
    await third.call('connect');
    other.connect();
    const said = ['from the second', 'from the first', 'as the first dies', 'behind it'];
    const offline = ['offline', 'offline, too', 'offline still'];
    await third.until('accepted', [], (count) => count === 2);
    await other.until(() => (other.room(room)?.unreadCount ?? 0) >= 7, AbortSignal.timeout(30_000));
    expect(await heard(other, room)).toEqual([...said, ...offline]);
  });

  test('[TABS3] a tab that sleeps with the connection is taken over from, and follows when it wakes', async () => {
    await using world = await browserWorld();
    const { other, room, openTab } = world;
    const first = await openTab();
    await first.until('state', [], (state) => state === 'online');
    const second = await openTab();
    await second.until('state', [], (state) => state === 'online');
    const wake = await first.sleep();
    await second.call('send', room, 'is anybody there?');
    await second.until('accepted', [], (count) => count === 1);
    expect(second.sockets).toBe(1);
    await wake();
    await first.call('open', room);
    await first.call('send', room, 'good morning');
    await first.until('accepted', [], (count) => count === 1);
    await second.call('open', room);
    await second.until('texts', [room], (texts) => texts.at(-1) === 'good morning');
    await other.until(() => other.room(room)?.unreadCount === 2, AbortSignal.timeout(30_000));
    expect(await heard(other, room)).toEqual(['is anybody there?', 'good morning']);
    expect(first.sockets + second.sockets).toBe(2);
  });

  test('[STORE4] a room that was read is opened again, and scrolled over, without asking for it', async () => {
    await using world = await browserWorld();
    const { other, room, openTab } = world;
    const sendings = [];
    for (let n = 1; n <= TALK; n++) sendings.push(await other.commands.send(room, `${n}`));
    await Promise.all(sendings.map((sending) => sending.outcome()));
    const first = await openTab();
    await first.until('state', [], (state) => state === 'online');
    await first.call('open', room);
    await first.call('scrollToStart', room);
    const shown = await first.call('texts', room);
    expect(shown.filter((text) => text !== undefined)).toHaveLength(TALK);
    expect(first.up.filter((frame) => frame.includes('"history"')).length).toBeGreaterThan(0);
    // What is read is told before it ends.
    await first.call('markRead', room, (TALK + 1) as Seq);
    await first.until('unread', [room], (count) => count === 0);
    await first.call('close');
    await first.page.close();

    const again = await openTab();
    await again.call('open', room);
    await again.call('scrollToStart', room);
    await again.until('state', [], (state) => state === 'online');
    expect(await again.call('texts', room)).toEqual(shown);
    expect(again.requests.map((url) => new URL(url).pathname)).toEqual(['/v1/gateway']);
    expect(
      again.up.map((frame) => JSON.parse(frame).kind as string).filter((kind) => kind === 'history'),
    ).toEqual([]);
    expect(again.down.filter((frame) => frame.includes('"kind":"message"'))).toEqual([]);
    // A greeting, and what was missed: nothing.
    const bytes = again.down.reduce((sum, frame) => sum + frame.length, 0);
    expect(bytes).toBeLessThan(2_000);
  });
});
