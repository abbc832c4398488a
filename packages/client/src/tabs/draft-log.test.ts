import { expect, test } from 'bun:test';
import { StoreFailed } from '../store/store-failed.ts';
import { MY_DEVICE, ROOM } from '../testing/fixtures.ts';
import { goOnline } from '../testing/online-client.ts';
import { TabWorld } from '../testing/tab-world.ts';
import { settle } from '../testing/virtual-clock.ts';

/** How long a transaction takes. */
const SYNC_MS = 3;

/** A tab that is alone and in sync, whose store takes its time. */
async function oneTab() {
  const world = new TabWorld();
  const { clock } = world.server;
  let isKilled = false;
  // A transaction that has not ended with its tab is undone.
  const sync = () =>
    new Promise<void>((done, undone) => clock.after(SYNC_MS, () => (isKilled ? undone() : done())));
  const opening = world.open(true, sync);
  await clock.advance(100);
  const tab = await opening;
  await goOnline(world);
  await clock.advance(300);
  const kill = () => {
    isKilled = true;
    return tab.kill();
  };
  return { ...{ world, clock }, tab: { ...tab, kill } };
}

/** Draft and texts of the room in a tab that is opened now. */
async function after(world: TabWorld) {
  const opening = world.open(false);
  // What the killed tab had begun ends by itself.
  await world.server.clock.advance(100);
  const { client } = await opening;
  await client.open(ROOM);
  await settle();
  const { draft, messages } = client.room(ROOM) ?? {};
  const texts = messages?.flatMap(({ content }) =>
    content !== undefined && 'text' in content ? [content.text] : [],
  );
  return { client, draft: draft?.text, texts };
}

for (const sendsAfter of [undefined, 0, 1, 249, 250, 251, 600])
  test(`[TABS4] whenever a tab is killed, what was written was sent, or is there still; sent after ${sendsAfter} ms`, async () => {
    const outcomes = new Set<string>();
    for (const killedAfter of [0, 1, 2, 3, 4, 5, 6, 7, 300, 600]) {
      const { world, clock, tab } = await oneTab();
      tab.client.settings.setDraft(ROOM, { text: 'written' });
      if (sendsAfter !== undefined) {
        await clock.advance(sendsAfter);
        tab.client.commands.send(ROOM, 'written').catch(() => undefined);
      }
      await clock.advance(killedAfter);
      await tab.kill();
      const { draft, texts } = await after(world);
      const isSent = texts?.includes('written');
      expect({ killedAfter, draft, isSent }).toEqual({
        killedAfter,
        draft: isSent ? undefined : 'written',
        isSent: isSent === true,
      });
      outcomes.add(isSent ? 'sent' : 'there');
    }
    expect([...outcomes]).toEqual(sendsAfter === undefined ? ['there'] : ['there', 'sent']);
  });

test('[TABS4] what a tab without the connection writes right before it is killed goes on in the other', async () => {
  const world = new TabWorld();
  const { clock } = world.server;
  const first = await world.open();
  let isStuck = false;
  const second = await world.open(false, () => (isStuck ? new Promise(() => undefined) : Promise.resolve()));
  await goOnline(world);
  await clock.advance(300);
  isStuck = true;
  second.client.settings.setDraft(ROOM, { text: 'half a sent' });
  expect(first.client.room(ROOM)?.draft).toBeUndefined();
  await second.kill();
  await clock.advance(300);
  expect(first.client.room(ROOM)?.draft?.text).toBe('half a sent');
  await clock.advance(1_000);
  expect(world.notes()).toEqual([]);
});

test('[TABS4] of what was taken away again nothing comes back, and of what is stored no note stays', async () => {
  const { world, clock, tab } = await oneTab();
  tab.client.settings.setDraft(ROOM, { text: 'never mind' });
  await clock.advance(100);
  tab.client.settings.setDraft(ROOM, undefined);
  await clock.advance(1_000);
  expect(world.notes()).toEqual([]);
  tab.client.settings.setDraft(ROOM, { text: 'or is it?' });
  expect(world.notes()).toHaveLength(1);
  await clock.advance(1_000);
  expect(world.notes()).toEqual([]);
  tab.client.settings.setDraft(ROOM, { text: 'or is it not?' });
  const closing = tab.client[Symbol.asyncDispose]();
  await clock.advance(10);
  await closing;
  expect(world.notes()).toEqual([]);
  expect((await after(world)).draft).toBe('or is it not?');
});

test('[TABS4] what was taken away right before the tab is killed stays away', async () => {
  const { world, clock, tab } = await oneTab();
  tab.client.settings.setDraft(ROOM, { text: 'never mind' });
  await clock.advance(1_000);
  tab.client.settings.setDraft(ROOM, undefined);
  await tab.kill();
  expect((await after(world)).draft).toBeUndefined();
});

test('[TABS4] a tab that goes into the background leaves no note behind what it has stored', async () => {
  const { world, clock, tab } = await oneTab();
  tab.client.settings.setDraft(ROOM, { text: 'back in a moment' });
  const flushing = tab.client.settings.flushDraft(ROOM);
  await clock.advance(10);
  await flushing;
  expect(world.notes()).toEqual([]);
});

test('[TABS4] where the store fails what is written is there when it works again', async () => {
  const world = new TabWorld();
  const full = new StoreFailed('full', 'no space');
  let isFull = false;
  const tab = await world.open(true, () => (isFull ? Promise.reject(full) : Promise.resolve()));
  await goOnline(world);
  await world.server.clock.advance(300);
  isFull = true;
  tab.client.settings.setDraft(ROOM, { text: 'before' });
  await world.server.clock.advance(2_000);
  tab.client.settings.setDraft(ROOM, { text: 'before and behind' });
  await tab.client[Symbol.asyncDispose]().catch(() => undefined);
  expect(tab.faults.map(({ code }) => code)).toContain('store-failed');
  expect((await after(world)).draft).toBe('before and behind');
});

test('[TABS4] a note that another version wrote otherwise does no harm', async () => {
  const { world, tab } = await oneTab();
  await tab.kill();
  for (const [n, text] of [
    '',
    '{}',
    '[["room",1]]',
    '[[null,[{},null]]]',
    `[["${MY_DEVICE}",[{"text":1}]]]`,
  ].entries())
    world.note(`tab${n}`, text);
  const { client, draft } = await after(world);
  expect(draft).toBeUndefined();
  expect(client.rooms).toHaveLength(1);
  expect(world.notes()).toEqual([]);
});
